import { describe, expect, test } from 'vitest';
import type { Switch, VersionRange } from '../../src/catalog/facts.js';
import { CATALOG, imageFacts, probeFor } from '../../src/catalog/images.js';
import { isSince, isWithin, versionOf } from '../../src/catalog/version.js';
import { clean } from '../../src/source/path.js';

const isVersion = (text: string | undefined): boolean => text === undefined || /^\d+(\.\d+){0,2}$/.test(text);
const isPath = (path: string): boolean => path.startsWith('/') && path === clean(path);
const isVariable = (name: string): boolean => /^[A-Za-z_][\w.]*$/.test(name);

const faultsInSwitch = (given: Switch): readonly string[] => {
  if (given.kind === 'variable') return isVariable(given.name) ? [] : [`variable ${given.name}`];
  if (given.kind === 'option') return given.name.startsWith('-') ? [`option ${given.name}`] : [];
  if (given.kind === 'file') return isPath(given.path) ? [] : [`file ${given.path}`];
  return given.ending === '' ? ['argument'] : [];
};

const faultsInRange = (what: string, { since, until }: VersionRange): readonly string[] =>
  isVersion(since) && isVersion(until) ? [] : [`range of ${what}`];

describe('every entry is well-formed', () => {
  test.each(CATALOG.map((facts) => ({ name: facts.names[0], facts })))('$name', ({ facts }) => {
    const {
      names,
      ports,
      stateful,
      probes = [],
      secrets = [],
      authentication,
      exampleConfig,
      retention,
      sources,
    } = facts;
    const faults = [
      ...names.filter((name) => !/^[a-z0-9][a-z0-9._/-]*$/.test(name)),
      ...sources.filter((source) => !/^https:\/\/[^\s]+$/.test(source)),
      ...ports.filter(({ port }) => !(port > 0 && port < 65_536)).map(({ port }) => `port ${port}`),
      ...stateful.flatMap((one) => [
        ...[one.path, ...(one.except ?? [])].filter((path) => !isPath(path)),
        ...faultsInRange(one.path, one),
      ]),
      ...probes.flatMap((probe) => [
        ...(probe.test.length > 1 ? [] : ['empty probe']),
        ...(probe.test[0] === 'CMD-SHELL' && probe.test.length !== 2 ? ['a line for the shell is one word'] : []),
        // What Compose is not to put in has two dollar signs.
        ...probe.test.filter((word) => word.replaceAll('$$', '').includes('$')),
        ...(probe.startPeriod === undefined || /^\d+s$/.test(probe.startPeriod) ? [] : [probe.startPeriod]),
        ...faultsInRange('probe', probe),
      ]),
      ...secrets.flatMap(({ name, file = 'A_FILE' }) => [name, file].filter((variable) => !isVariable(variable))),
      ...[...(authentication?.closedBy ?? []), ...(authentication?.openedBy ?? [])].flatMap(faultsInSwitch),
      ...(isVersion(authentication?.closedSince) ? [] : ['closedSince']),
      ...(exampleConfig?.paths ?? []).filter((path) => !isPath(path)),
      ...(retention?.boundedBy ?? []).flatMap(faultsInSwitch),
      ...(facts.hasHealthcheck && probes.length > 0 ? ['a probe beside a HEALTHCHECK of its own'] : []),
    ];
    expect(faults).toEqual([]);
    expect(sources.length).toBeGreaterThan(0);
  });

  test('no name stands for two images', () => {
    const names = CATALOG.flatMap((facts) => facts.names);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('more than sixty images beside the runtimes are known', () => {
    expect(CATALOG.filter(({ kind }) => kind !== 'runtime').length).toBeGreaterThanOrEqual(60);
  });
});

describe('an image is found by its reference', () => {
  test.each([
    ['postgres', 'PostgreSQL'],
    ['postgres:16-alpine', 'PostgreSQL'],
    ['docker.io/library/postgres:16', 'PostgreSQL'],
    ['docker.io/postgres@sha256:4a5f', 'PostgreSQL'],
    ['registry.hub.docker.com/library/postgres:15', 'PostgreSQL'],
    ['public.ecr.aws/docker/library/postgres:15', 'PostgreSQL'],
    ['mirror.gcr.io/library/postgres', 'PostgreSQL'],
    ['mirror.gcr.io/grafana/grafana:11.2.0', 'Grafana'],
    ['localhost:5000/library/redis:7', 'Redis'],
    ['arm64v8/redis:7', 'Redis'],
    ['quay.io/prometheus/prometheus:v3.1.0', 'Prometheus'],
    ['docker.elastic.co/elasticsearch/elasticsearch:8.15.0', 'Elasticsearch'],
    ['mcr.microsoft.com/mssql/server:2022-latest', 'SQL Server'],
    // A registry of one's own may hold anything under any name.
    ['localhost:5000/postgres:16', undefined],
    ['registry.acme.com:8443/team/redis', undefined],
    ['acme/postgres', undefined],
    ['', undefined],
  ])('%s', (reference, title) => {
    expect(imageFacts(reference)?.title).toBe(title);
  });
});

describe('a version', () => {
  test.each([
    ['16.3-alpine', [16, 3]],
    ['v3.11.4', [3, 11, 4]],
    ['8', [8]],
    ['2022-latest', [2022]],
    ['latest', undefined],
    ['pg16', undefined],
    ['16beta1', undefined],
    [undefined, undefined],
  ])('is read from the tag %s', (tag, version) => {
    expect(versionOf(tag)).toEqual(version);
  });

  test.each([
    [[16], { until: '18' }, true],
    [[18], { until: '18' }, false],
    [[18, 1], { since: '18' }, true],
    [[3, 5, 2], { until: '3.6' }, true],
    [[3, 6, 0], { until: '3.6' }, false],
    [[3], { until: '3.6' }, false],
    [[3], { since: '3.7' }, true],
    [[2], { since: '3.7' }, false],
    [[10], {}, true],
  ])('%j lies in %j: %s', (version, range, expected) => {
    expect(isWithin(version, range)).toBe(expected);
  });

  test('is at or behind a bound', () => {
    expect([isSince([8], '8'), isSince([7, 17], '8'), isSince([8, 1], '8')]).toEqual([true, false, true]);
  });
});

describe('the probe follows the version', () => {
  test.each([
    ['mongo:4.4', 'mongo'],
    ['mongo:7', 'mongosh'],
    ['mongo', 'mongosh'],
    ['mariadb:10.3', 'mysqladmin'],
    ['mariadb:11.4-noble', 'healthcheck.sh'],
    ['grafana/loki:2.9.10', 'wget'],
    ['grafana/loki:3.6.2', undefined],
    ['grafana/loki:3.7.2', '/usr/bin/loki'],
    ['nats:2.12', undefined],
    ['acme/api:1', undefined],
  ])('%s', (reference, program) => {
    expect(probeFor(reference)?.test[1]).toBe(program);
  });
});
