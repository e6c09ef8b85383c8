import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The built command line. `npm test` builds it first. */
export const PROGRAM = join(ROOT, 'dist', 'cli.cjs');

/** What a process left behind. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a program to its end. Its environment is only what is given, beside the path to programs. */
export const runProgram = (
  command: string,
  args: readonly string[],
  { cwd = ROOT, env = {}, input = '' }: { cwd?: string; env?: Readonly<Record<string, string>>; input?: string } = {},
): Ended => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
};

/** Runs the built fog-lint in a process of its own, as a user would. */
export const fogLint = (args: readonly string[], options: Parameters<typeof runProgram>[2] = {}): Ended =>
  runProgram(process.execPath, [PROGRAM, ...args], options);
