import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main.js';
import { nodeIo } from '../../src/cli/node-io.js';

/** Runs fog-lint in a folder of the disk, for real. */
export const runFor = async (
  args: readonly string[],
  cwd: string,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  let [out, err] = ['', ''];
  const io = {
    ...nodeIo(),
    cwd,
    env: {},
    write: (text: string) => {
      out += text;
    },
    warn: (text: string) => {
      err += text;
    },
    exitCode: 0,
  };
  await main(args, io);
  return { code: io.exitCode, out, err };
};

/** A new folder of the disk, the root of a repository, with some files: texts by their paths. */
export const repositoryOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-set-'));
  mkdirSync(join(folder, '.git'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};
