import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The rooms of `src/` in the order in which they may use each other: each imports only from those before it. */
export const ROOMS = [
  'source',
  'model',
  'parse',
  'schema',
  'resolve',
  'workspace',
  'catalog',
  'lint',
  'fix',
  'consolidate',
  'report',
  'editor',
  'cli',
  'action',
  'dev',
] as const;

/** Rooms that `rules/` may use. */
const FOR_RULES: readonly string[] = ['source', 'model', 'catalog', 'lint'];

/** Rooms that may import the generated registry of rules. */
const USES_REGISTRY: readonly string[] = ['cli', 'dev'];

/** Rooms that run in a process: the command line, the Action of GitHub, what developers run. */
const ABOVE: readonly string[] = ['cli', 'action', 'dev'];

/** What only some rooms may import from outside the project. */
const GUARDED: readonly { readonly module: RegExp; readonly rooms: readonly string[] }[] = [
  { module: /^yaml$/, rooms: ['parse'] },
  { module: /^node:/, rooms: ABOVE },
];

/** Names of the surroundings that rooms below the command line must not touch. */
const SURROUNDINGS = /\b(?:process\.|Date\.now\(|new Date\(\)|console\.|globalThis\.|fetch\()/;

export type Module = { readonly path: string; readonly text: string };

const importsOf = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g,
    ),
  ].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');

const roomOf = (path: string): string => {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top !== 'src') return top;
  return rest.length === 0 ? '(top)' : second;
};

const mayImport = (from: string, to: string, target: string): boolean => {
  if (from === to || from === '(top)') return true;
  if (from === 'rules') return FOR_RULES.includes(to);
  if (to === 'rules') return USES_REGISTRY.includes(from) && target === 'rules/index.ts';
  const rooms: readonly string[] = ROOMS;
  return rooms.indexOf(to) >= 0 && rooms.indexOf(to) < rooms.indexOf(from);
};

/**
 * Everything in which modules do not keep to the plan of the house: imports upward, packages and parts of Node in the wrong
 * room, the surroundings of the process touched below the command line.
 */
export const trespasses = (modules: readonly Module[]): readonly string[] => {
  const found: string[] = [];
  for (const { path, text } of modules) {
    const room = roomOf(path);
    if (room !== 'rules' && room !== '(top)' && !(ROOMS as readonly string[]).includes(room))
      found.push(`${path}: there is no room "${room}"`);
    for (const name of importsOf(text)) {
      if (name.startsWith('.')) {
        const target = join(dirname(path), name).replace(/\.js$/, '.ts');
        const to = roomOf(target);
        if (!mayImport(room, to, target)) found.push(`${path} imports ${target}`);
        continue;
      }
      const guard = GUARDED.find(({ module }) => module.test(name));
      if (guard && !guard.rooms.includes(room)) found.push(`${path} imports ${name}`);
    }
    if (!ABOVE.includes(room) && SURROUNDINGS.test(text)) found.push(`${path} touches its surroundings`);
  }
  return found;
};

/** All modules of `src/` and `rules/`. */
export const allModules = (root: string): readonly Module[] =>
  ['src', 'rules'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') })),
  );
