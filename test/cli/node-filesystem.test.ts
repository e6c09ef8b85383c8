import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/cli/node-filesystem.js';

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('who may read a file of the disk', () => {
  test.each([
    [0o644, true],
    [0o640, false],
    [0o600, false],
  ])('with the mode %o', (mode, expected) => {
    const path = join(folder, `${mode}.env`);
    writeFileSync(path, '');
    chmodSync(path, mode);
    expect(nodeFileSystem.isOpenToAll(path)).toBe(expected);
  });

  test('nobody, where there is none', () => {
    expect(nodeFileSystem.isOpenToAll(join(folder, 'missing.env'))).toBe(false);
  });
});
