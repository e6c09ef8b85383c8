import type { ImageFacts } from './facts.js';

/** Reverse proxies and web servers. What they answer depends on their configuration: few have a probe that always works. */
export const PROXIES: readonly ImageFacts[] = [
  {
    names: ['nginx', 'bitnami/nginx', 'bitnamilegacy/nginx', 'openresty/openresty'],
    title: 'nginx',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
      { port: 8080, use: 'web' },
      { port: 8443, use: 'web' },
    ],
    stateful: [],
    sources: [
      'https://hub.docker.com/_/nginx',
      'https://github.com/nginx/docker-nginx/blob/master/stable/debian/Dockerfile',
    ],
  },
  {
    names: ['nginxinc/nginx-unprivileged', 'quay.io/nginx/nginx-unprivileged'],
    title: 'nginx',
    kind: 'proxy',
    ports: [{ port: 8080, use: 'web' }],
    stateful: [],
    sources: ['https://github.com/nginx/docker-nginx-unprivileged'],
  },
  {
    names: ['traefik'],
    title: 'Traefik',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
      {
        port: 8080,
        use: 'admin',
        openedBy: [
          { kind: 'option', name: 'api.insecure', values: ['', 'true'] },
          { kind: 'variable', name: 'TRAEFIK_API_INSECURE', values: ['true'] },
        ],
      },
    ],
    stateful: [],
    probes: [
      { test: ['CMD', 'traefik', 'healthcheck', '--ping'], needs: '`--ping` among the options of the service, too' },
    ],
    hostUse: ['docker'],
    sources: [
      'https://doc.traefik.io/traefik/operations/cli/#healthcheck',
      'https://doc.traefik.io/traefik/operations/api/#insecure',
      'https://github.com/traefik/traefik-library-image/blob/master/v3.7/alpine/Dockerfile',
    ],
  },
  {
    names: ['caddy'],
    title: 'Caddy',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
      { port: 443, protocol: 'udp', use: 'web' },
      { port: 2019, use: 'admin' },
    ],
    stateful: [{ path: '/data', keeps: 'cache' }],
    probes: [
      {
        test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:2019/config/'],
        needs: 'the admin endpoint, which is on unless the Caddyfile says otherwise',
      },
    ],
    sources: [
      'https://hub.docker.com/_/caddy',
      'https://github.com/caddyserver/caddy-docker/blob/master/Dockerfile.tmpl',
      'https://caddyserver.com/docs/api',
    ],
  },
  {
    // It comes without a configuration, and does not start without one.
    names: ['haproxy', 'haproxytech/haproxy-alpine', 'haproxytech/haproxy-debian'],
    title: 'HAProxy',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
    ],
    stateful: [],
    sources: ['https://hub.docker.com/_/haproxy'],
  },
  {
    names: ['envoyproxy/envoy', 'envoyproxy/envoy-alpine', 'envoyproxy/envoy-distroless'],
    title: 'Envoy',
    kind: 'proxy',
    ports: [
      { port: 10000, use: 'web' },
      { port: 9901, use: 'admin' },
    ],
    stateful: [],
    exampleConfig: {
      paths: ['/etc/envoy/envoy.yaml'],
      option: 'c',
      does: 'passes everything on to www.envoyproxy.io',
    },
    sources: ['https://www.envoyproxy.io/docs/envoy/latest/start/docker'],
  },
  {
    names: ['httpd'],
    title: 'Apache HTTP Server',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
    ],
    stateful: [],
    sources: ['https://hub.docker.com/_/httpd'],
  },
  {
    names: ['nginxproxy/nginx-proxy', 'jwilder/nginx-proxy'],
    title: 'nginx-proxy',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
    ],
    stateful: [],
    hostUse: ['docker'],
    sources: ['https://github.com/nginx-proxy/nginx-proxy'],
  },
  {
    names: ['jc21/nginx-proxy-manager'],
    title: 'Nginx Proxy Manager',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 443, use: 'web' },
      { port: 81, use: 'admin' },
    ],
    stateful: [{ path: '/data', keeps: 'data' }],
    probes: [{ test: ['CMD', '/usr/bin/check-health'] }],
    sources: ['https://nginxproxymanager.com/advanced-config/', 'https://nginxproxymanager.com/setup/'],
  },
  {
    names: ['kong', 'kong/kong-gateway'],
    title: 'Kong',
    kind: 'proxy',
    ports: [
      { port: 8000, use: 'web' },
      { port: 8443, use: 'web' },
      { port: 8001, use: 'admin' },
      { port: 8444, use: 'admin' },
      { port: 8002, use: 'admin' },
    ],
    stateful: [],
    probes: [{ test: ['CMD', 'kong', 'health'] }],
    secrets: [{ name: 'KONG_PG_PASSWORD', file: 'KONG_PG_PASSWORD_FILE' }],
    sources: [
      'https://hub.docker.com/_/kong',
      'https://github.com/Kong/docker-kong/blob/master/compose/docker-compose.yml',
    ],
  },
  {
    names: ['varnish'],
    title: 'Varnish',
    kind: 'proxy',
    ports: [
      { port: 80, use: 'web' },
      { port: 8443, use: 'web' },
    ],
    stateful: [],
    sources: ['https://hub.docker.com/_/varnish'],
  },
];
