import type { ImageFacts } from './facts.js';

/** What collects, keeps and passes on logs and traces. */
export const LOGS_AND_TRACES: readonly ImageFacts[] = [
  {
    names: ['grafana/loki'],
    title: 'Loki',
    kind: 'monitoring',
    ports: [
      { port: 3100, use: 'web' },
      { port: 9095, use: 'cluster' },
    ],
    stateful: [{ path: '/loki', keeps: 'data', isConfigured: true }],
    // From 3.6 to 3.7 there is nothing in the image that could probe.
    probes: [
      { test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:3100/ready'], startPeriod: '30s', until: '3.6' },
      { test: ['CMD', '/usr/bin/loki', '-health'], startPeriod: '30s', since: '3.7' },
    ],
    exampleConfig: {
      paths: ['/etc/loki/local-config.yaml'],
      option: 'config.file',
      does: 'keeps its logs in a folder of the container, and never deletes them',
    },
    retention: {
      otherwise: 'its logs for ever',
      boundedBy: [
        { kind: 'option', name: 'compactor.retention-enabled' },
        { kind: 'option', name: 'table-manager.retention-deletes-enabled' },
      ],
      words: ['retention_enabled', 'retention_deletes_enabled'],
      isInFile: true,
    },
    sources: [
      'https://github.com/grafana/loki/blob/main/cmd/loki/Dockerfile',
      'https://github.com/grafana/loki/issues/20149',
      'https://github.com/grafana/loki/pull/20590',
      'https://grafana.com/docs/loki/latest/operations/storage/retention/',
    ],
  },
  {
    // From 3.3.1 on wget is gone from the image.
    names: ['grafana/promtail'],
    title: 'Promtail',
    kind: 'monitoring',
    ports: [{ port: 9080, use: 'metrics' }],
    stateful: [],
    exampleConfig: {
      paths: ['/etc/promtail/config.yml'],
      option: 'config.file',
      does: 'reads /var/log of its own container',
    },
    hostUse: ['docker', 'files'],
    sources: [
      'https://github.com/grafana/loki/pull/15101',
      'https://grafana.com/docs/loki/latest/send-data/promtail/installation/',
    ],
  },
  {
    // The image holds Tempo and nothing else.
    names: ['grafana/tempo'],
    title: 'Tempo',
    kind: 'monitoring',
    ports: [
      { port: 3200, use: 'web' },
      { port: 4317, use: 'web' },
      { port: 4318, use: 'web' },
    ],
    isBare: true,
    stateful: [{ path: '/var/tempo', keeps: 'cache' }],
    sources: [
      'https://github.com/grafana/tempo/blob/main/cmd/tempo/Dockerfile',
      'https://github.com/grafana/tempo/issues/6536',
    ],
  },
  {
    names: ['grafana/alloy'],
    title: 'Grafana Alloy',
    kind: 'monitoring',
    ports: [{ port: 12345, use: 'admin' }],
    stateful: [],
    hostUse: ['docker', 'files', 'processes', 'network'],
    sources: ['https://grafana.com/docs/alloy/latest/set-up/install/docker/'],
  },
  {
    names: ['jaegertracing/all-in-one', 'cr.jaegertracing.io/jaegertracing/all-in-one'],
    title: 'Jaeger',
    kind: 'monitoring',
    ports: [
      { port: 16686, use: 'web' },
      { port: 4317, use: 'web' },
      { port: 4318, use: 'web' },
      { port: 14268, use: 'web' },
    ],
    stateful: [],
    retention: {
      otherwise: 'all traces in memory',
      boundedBy: [
        { kind: 'variable', name: 'SPAN_STORAGE_TYPE' },
        { kind: 'variable', name: 'MEMORY_MAX_TRACES' },
        { kind: 'option', name: 'memory.max-traces' },
      ],
      words: [],
      isInFile: false,
      until: '2',
    },
    sources: [
      'https://www.jaegertracing.io/docs/1.62/cli/#jaeger-all-in-one-memory',
      'https://www.jaegertracing.io/docs/1.62/deployment/',
    ],
  },
  {
    names: ['jaegertracing/jaeger', 'cr.jaegertracing.io/jaegertracing/jaeger'],
    title: 'Jaeger',
    kind: 'monitoring',
    ports: [
      { port: 16686, use: 'web' },
      { port: 4317, use: 'web' },
      { port: 4318, use: 'web' },
    ],
    stateful: [],
    sources: ['https://www.jaegertracing.io/docs/latest/getting-started/'],
  },
  {
    names: ['openzipkin/zipkin', 'ghcr.io/openzipkin/zipkin'],
    title: 'Zipkin',
    kind: 'monitoring',
    ports: [{ port: 9411, use: 'web' }],
    stateful: [],
    hasHealthcheck: true,
    sources: ['https://github.com/openzipkin/zipkin/blob/master/docker/Dockerfile'],
  },
  {
    // Made from scratch: nothing in it could probe.
    names: [
      'otel/opentelemetry-collector-contrib',
      'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib',
    ],
    title: 'OpenTelemetry Collector',
    kind: 'monitoring',
    ports: [
      { port: 4317, use: 'web' },
      { port: 4318, use: 'web' },
      { port: 8888, use: 'metrics' },
      { port: 55679, use: 'admin' },
    ],
    isBare: true,
    stateful: [],
    exampleConfig: {
      paths: ['/etc/otelcol-contrib/config.yaml'],
      option: 'config',
      does: 'writes what it gets to its log and sends it nowhere',
    },
    hostUse: ['docker', 'files'],
    sources: [
      'https://github.com/open-telemetry/opentelemetry-collector-releases/blob/main/distributions/otelcol-contrib/Dockerfile',
    ],
  },
  {
    names: [
      'otel/opentelemetry-collector',
      'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector',
    ],
    title: 'OpenTelemetry Collector',
    kind: 'monitoring',
    ports: [
      { port: 4317, use: 'web' },
      { port: 4318, use: 'web' },
      { port: 8888, use: 'metrics' },
      { port: 55679, use: 'admin' },
    ],
    isBare: true,
    stateful: [],
    exampleConfig: {
      paths: ['/etc/otelcol/config.yaml'],
      option: 'config',
      does: 'writes what it gets to its log and sends it nowhere',
    },
    sources: [
      'https://github.com/open-telemetry/opentelemetry-collector-releases/blob/main/distributions/otelcol/config.yaml',
    ],
  },
];
