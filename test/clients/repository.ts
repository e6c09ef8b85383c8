import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ended, runProgram } from '../program.js';

/** A git repository that a test makes. */
export type Repository = {
  readonly path: string;
  /** Writes files by their paths in it. */
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Runs a program in it, without what git or the user's settings say elsewhere. */
  readonly run: (command: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Ended;
  /** Runs git in it. @throws {Error} when it fails. */
  readonly git: (...args: readonly string[]) => string;
};

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

/** What a program finds in its environment only because a test run by npm has started it. */
const OURS =
  /^(?:npm_(?!config_(?:registry|cache|userconfig|cafile)$)|GIT_(?!SSL_)|VITEST|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$)/i;

/** The environment as a user's shell has it: how the network is reached, but nothing of npm, git or the tests. */
const surroundings = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || OURS.test(name) ? [] : [[name, value] as const],
    ),
  );

/** A new repository without commits, in the folder for what is temporary. */
export const newRepository = (): Repository => {
  const path = mkdtempSync(join(tmpdir(), 'fog-lint-repository-'));
  const run: Repository['run'] = (command, args, env = {}) =>
    runProgram(command, args, { cwd: path, env: { ...surroundings(), ...IDENTITY, NO_COLOR: '1', ...env } });
  const git: Repository['git'] = (...args) => {
    const { code, out, err } = run('git', args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${err}`);
    return out.trim();
  };
  git('init', '-qb', 'main');
  return {
    path,
    run,
    git,
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
  };
};
