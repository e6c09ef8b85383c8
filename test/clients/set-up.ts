import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fromOtherDebian,
  isImageWanted,
  isInstalled,
  type OtherName,
  onPath,
  otherPrefix,
  prefixOf,
} from './install.js';
import { DEBIAN, DEBIAN_ON_DEMAND, NOWHERE, NPM, type NpmName, type NpmPackages, OTHER_DEBIAN } from './programs.js';

/**
 * Installs, before the first test, the programs of others that are not there yet: those of Debian in one go, and beside them the
 * packages of npm, a few at a time, since most of it is waiting. Run by itself it does the same: `.ci/run` has it done while it
 * looks at other things.
 */

type Ended = { readonly status: number | null; readonly out: string; readonly err: string };

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
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

/** The address of Debian's packages, as apt knows it; undefined where this is no Debian. */
const debianAddress = async (): Promise<string | undefined> => {
  if (onPath('apt-get') === undefined) return undefined;
  const { out } = await run('apt-get', ['indextargets', '--format', '$(ORIGIN) $(REPO_URI)', 'Created-By: Packages']);
  return /^Debian (\S+\/debian\/?)$/m.exec(out)?.[1];
};

const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Puts a program of another release of Debian into a folder of its own; the packages of this machine stay as they are. */
const installOther = async (name: OtherName): Promise<void> => {
  if (fromOtherDebian(name)) return;
  const { release, package: pack } = OTHER_DEBIAN[name];
  const { prefix, root } = otherPrefix(name);
  const said = (why: string): void => missing(`${pack} of Debian ${release}`, why);
  const address = await debianAddress();
  if (address === undefined) return said('this is no Debian');
  for (const folder of ['root', 'lists/partial', 'cache/archives/partial'])
    mkdirSync(join(prefix, folder), { recursive: true });
  writeFileSync(join(prefix, 'status'), '');
  writeFileSync(join(prefix, 'sources.list'), `deb [signed-by=${KEYS}] ${address} ${release} main\n`);
  const options = [
    `Dir::Etc::sourcelist=${prefix}/sources.list`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State=${prefix}`,
    `Dir::State::status=${prefix}/status`,
    `Dir::Cache=${prefix}/cache`,
    'APT::Sandbox::User=root',
  ].map((option) => `-o${option}`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', '--download-only', pack]]) {
    const { status, err } = await run('apt-get', [...options, ...args]);
    if (status !== 0) return said(err);
  }
  const archives = join(prefix, 'cache', 'archives');
  for (const file of readdirSync(archives).filter((each) => each.endsWith('.deb'))) {
    const { status, err } = await run('dpkg', ['-x', join(archives, file), root]);
    if (status !== 0) return said(err);
  }
  if (!fromOtherDebian(name)) said(`${OTHER_DEBIAN[name].path} is not in it`);
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
  const others = (Object.keys(OTHER_DEBIAN) as OtherName[]).map(installOther);
  for (const [what, instead] of Object.entries(NOWHERE)) missing(what, instead);
  await Promise.all([installDebian(), ...others, ...Array.from({ length: SIDE_BY_SIDE }, installSome)]);
};

if (import.meta.filename === process.argv[1]) await setup();
