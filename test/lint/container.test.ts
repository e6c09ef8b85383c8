import { describe, expect, test } from 'vitest';
import { argumentsOf, optionOf } from '../../src/lint/container.js';
import type { Mapping, Origins, Value } from '../../src/model/value.js';

const ORIGINS: Origins = [{ kind: 'default', source: 'test' }];

/** A resolved service with the given words of entrypoint and command. */
const service = (words: Readonly<Record<'entrypoint' | 'command', readonly string[]>>): Mapping => {
  const list = (texts: readonly string[]): Value => ({
    kind: 'sequence',
    items: texts.map((value) => ({ kind: 'scalar', value, origins: ORIGINS })),
    origins: ORIGINS,
  });
  return {
    kind: 'mapping',
    entries: new Map(Object.entries(words).map(([key, texts]) => [key, { value: list(texts) }])),
    origins: ORIGINS,
  };
};

describe('words of a command', () => {
  test.each([
    [
      ['redis-server', '--requirepass', 'x'],
      ['redis-server', '--requirepass', 'x'],
    ],
    [
      ['sh', '-c', 'redis-server --requirepass "$PASS"; true'],
      ['sh', '-c', 'redis-server', '--requirepass', '$PASS', 'true'],
    ],
    [["bash -c 'exec  server'"], ['bash', '-c', 'exec', 'server']],
    [['""'], []],
    [[], []],
  ])('of %j', (command, words) => {
    expect(argumentsOf(service({ entrypoint: [], command }))).toEqual(words);
  });

  test('begin with those of the entrypoint', () => {
    expect(argumentsOf(service({ entrypoint: ['/start.sh'], command: ['serve'] }))).toEqual(['/start.sh', 'serve']);
  });

  test('take no time to speak of, whatever their quotes', () => {
    const start = performance.now();
    argumentsOf(service({ entrypoint: [], command: [`${'"'.repeat(100_000)}x`] }));
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('an option', () => {
  test.each([
    [['--config.file=/etc/a.yml'], 'config.file', '/etc/a.yml'],
    [['-config.file', '/etc/a.yml'], 'config.file', '/etc/a.yml'],
    [['--auth'], 'auth', ''],
    [['--auth', '--bind_ip_all'], 'auth', ''],
    [['--storage=a=b'], 'storage', 'a=b'],
    [['auth'], 'auth', undefined],
    [['--authentication'], 'auth', undefined],
    [['mongod --auth'], 'auth', ''],
  ])('in %j: %s', (command, name, value) => {
    expect(optionOf(service({ entrypoint: [], command }), name)).toBe(value);
  });
});
