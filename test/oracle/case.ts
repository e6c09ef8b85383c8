import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the files of a case are loaded: what `docker compose` is told, and the environment it finds. */
export type CaseArgs = {
  /** The `-f` arguments in order; none for the default lookup. */
  readonly files: readonly string[];
  /** Variables added to an environment that has `PATH` and `HOME` only. */
  readonly env: Readonly<Record<string, string>>;
  readonly profiles: readonly string[];
  /** The `-p` argument, or null for none. */
  readonly projectName: string | null;
  readonly envFiles: readonly string[];
  readonly projectDirectory: string | null;
  readonly allResources: boolean;
  /** Flags of `config` itself, such as `--no-interpolate`. */
  readonly configFlags: readonly string[];
  /** Services to keep. */
  readonly services: readonly string[];
};

export const DEFAULT_ARGS: CaseArgs = {
  files: [],
  env: {},
  profiles: [],
  projectName: 'case',
  envFiles: [],
  projectDirectory: null,
  allResources: false,
  configFlags: [],
  services: [],
};

/** A folder of input files, how they are loaded, and its path below the folder of all cases. */
export type Case = { readonly name: string; readonly folder: string; readonly args: CaseArgs };

/** Our own cases, with what docker compose answers to them. */
export const FIXTURES = new URL('../../fixtures/resolve', import.meta.url).pathname;

/** The home of every case; it does not exist. */
export const HOME = '/home/user';

const argsIn = (folder: string): CaseArgs => {
  const path = join(folder, 'case.json');
  if (!existsSync(path)) return DEFAULT_ARGS;
  const { args } = JSON.parse(readFileSync(path, 'utf8')) as { readonly args: Partial<CaseArgs> };
  return { ...DEFAULT_ARGS, ...args };
};

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** All cases `<area>/<case>` below a folder. A `case.json` in a case tells its arguments; without one it has the defaults. */
export const casesIn = (root: string): readonly Case[] =>
  foldersIn(root).flatMap((area) =>
    foldersIn(join(root, area)).map((name) => {
      const folder = join(root, area, name);
      return { name: `${area}/${name}`, folder, args: argsIn(folder) };
    }),
  );
