import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The version that fog-lint is compared with. */
const VERSION = '3.1.0';

/** The program of dclint, which is installed on first use into the system's folder for temporary files, not into the project. */
export const installDclint = (): string => {
  const folder = join(tmpdir(), `fog-lint-bench-dclint-${VERSION}`);
  const program = join(folder, 'node_modules', 'dclint', 'bin', 'dclint.cjs');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', [...args, `dclint@${VERSION}`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dclint ${VERSION} cannot be installed: ${stderr}`);
  return program;
};
