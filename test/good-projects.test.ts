import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn } from './run.js';

const FIXTURES = new URL('../fixtures/good/', import.meta.url).pathname;

describe('a good project prints nothing', () => {
  test.each(readdirSync(FIXTURES))('%s', async (name) => {
    const { out, code } = await runIn(join(FIXTURES, name), ['--no-config', '--format', 'compact']);
    expect(out.split('\n').filter((line) => !/^No problems in \d+ files?\.$/.test(line))).toEqual(['']);
    expect(code).toBe(0);
  });
});
