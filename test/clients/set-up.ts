import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isImageWanted, isInstalled, onPath, prefixOf } from './install.js';
import { DEBIAN, DEBIAN_ON_DEMAND, NPM, type NpmName, type NpmPackages } from './programs.js';

/**
 * Installs, before the first test, the programs of others that are not there yet: those of Debian in one go, and beside them the
 * packages of npm, a few at a time, since most of it is waiting. Run by itself it does the same: `.ci/run` has it done while it
 * looks at other things.
 */

type Ended = { readonly status: number | null; readonly err: string };

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, err }));
  });

/** Says in the log, and not only in the number of skipped tests, what could not be proven. */
const missing = (what: string, why: string): void => {
  process.stderr.write(`\nNOT RUN: ${what} cannot be had here: ${why.trim().split('\n').at(-1)}\n`);
};

const apt = (...args: readonly string[]): Promise<Ended> =>
  run('apt-get', ['-o', 'DPkg::Lock::Timeout=500', '-y', '-q', ...args], {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
  });

const installDebian = async (): Promise<void> => {
  const wanted = Object.entries({ ...DEBIAN, ...(isImageWanted ? DEBIAN_ON_DEMAND : {}) });
  const absent = wanted.filter(([program]) => onPath(program) === undefined);
  if (absent.length === 0) return;
  const isAllowed = onPath('apt-get') !== undefined && process.getuid?.() === 0;
  const packages = absent.flatMap(([, pack]) => pack.split(' '));
  let why = 'it is not installed';
  if (isAllowed && (await apt('install', ...packages)).status !== 0) {
    await apt('update');
    // One package that there is not would keep all others away.
    if ((await apt('install', ...packages)).status !== 0)
      for (const pack of packages) why = (await apt('install', pack)).err || why;
  }
  for (const [program] of absent) if (onPath(program) === undefined) missing(program, why);
};

const installNpm = async (name: NpmName): Promise<void> => {
  const prefix = prefixOf(name);
  if (isInstalled(prefix)) return;
  const { specs, overrides = {} }: NpmPackages = NPM[name];
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'package.json'), JSON.stringify({ private: true, overrides }));
  const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', ...specs];
  const { status, err } = await run('npm', args);
  if (status !== 0) missing(specs.join(', '), err);
};

/** How many packages of npm are installed side by side. */
const SIDE_BY_SIDE = 3;

/** Called by vitest once for all files. */
export const setup = async (): Promise<void> => {
  const names = (Object.keys(NPM) as NpmName[]).values();
  const installSome = async (): Promise<void> => {
    for (const name of names) await installNpm(name);
  };
  await Promise.all([installDebian(), ...Array.from({ length: SIDE_BY_SIDE }, installSome)]);
};

if (import.meta.filename === process.argv[1]) await setup();
