import { textsIn } from '../model/service.js';
import { eachScalar, get, itemsOf, placeOfValue, textOf } from '../model/value.js';
import { declaredVariables } from '../resolve/declared-variables.js';
import { type Assignment, parseDotenv } from '../resolve/dotenv.js';
import { isInside, join, relative } from '../source/path.js';
import type { Source, Span } from '../source/source.js';
import { EXAMPLES } from '../workspace/examples.js';
import type { FileSubject, WorkspaceSubject } from './subjects.js';

/** The file that shows which variables a project's `.env` has. `own`: names that its own values refer to. */
export type EnvExample = {
  readonly source: Source;
  /** Its name, from the folder of the Compose files. */
  readonly name: string;
  readonly assignments: readonly Assignment[];
  readonly own: ReadonlySet<string>;
};

/** A reference without a text to stand in for a missing value: `$NAME`, `${NAME}`, `${NAME:?…}`. `$$` is a dollar sign. */
const NEED = /\$\$|\$\{([A-Za-z_]\w*)(?:\}|:?\?)|\$([A-Za-z_]\w*)/g;

/** Any reference: `$NAME`, `${NAME`. */
const REFERENCE = /\$\{?([A-Za-z_]\w*)/g;

/** Names of the variables that a text refers to, with a default or without. */
export const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);

/** The example beside the Compose files; undefined where there is none that can be read. */
export const envExampleOf = ({ directory, read }: WorkspaceSubject): EnvExample | undefined => {
  for (const name of EXAMPLES) {
    const source = read(join(directory, name));
    if (!source) continue;
    const { assignments, faults } = parseDotenv(source, () => undefined, new Map());
    const own = new Set(referencesIn(source.text));
    return faults.length === 0 ? { source, name, assignments, own } : undefined;
  }
  return undefined;
};

/** Variables that the files need a value for, each with the first value that does. */
export const neededVariables = (files: readonly FileSubject[]): ReadonlyMap<string, Span> => {
  const found = new Map<string, Span>();
  for (const { roots } of files)
    for (const root of roots)
      eachScalar(root, (value) => {
        const text = textOf(value);
        const at = text?.includes('$') ? placeOfValue(value) : undefined;
        if (text === undefined || !at) return;
        for (const [, braced, plain] of text.matchAll(NEED)) {
          const name = braced ?? plain;
          if (name !== undefined && !found.has(name)) found.set(name, at);
        }
      });
  return found;
};

/** Names that services take from the environment without a `$`: variables without a value. */
const passedThrough = ({ roots }: FileSubject): readonly string[] =>
  roots.flatMap((root) => {
    const services = get(root, 'services');
    if (services?.kind !== 'mapping') return [];
    return [...services.entries.values()].flatMap(({ value }) =>
      [get(value, 'environment'), get(value, 'build', 'args')].flatMap((variables) =>
        variables?.kind === 'mapping'
          ? [...variables.entries].flatMap(([name, entry]) => (textOf(entry.value) === undefined ? [name] : []))
          : textsIn(variables).filter((text) => !text.includes('=')),
      ),
    );
  });

/** Names of all variables that the files use, whether or not they have a default. */
export const usedVariables = (files: readonly FileSubject[]): ReadonlySet<string> =>
  new Set(
    files.flatMap((file) => [
      ...file.roots.flatMap((root) => [...declaredVariables(root).keys()]),
      ...passedThrough(file),
    ]),
  );

/** Whether containers may see the env files of the folder: by `env_file`, or since the folder is mounted or built. */
export const givesAway = ({ stacks, directory }: WorkspaceSubject): boolean =>
  stacks.some(({ services }) =>
    [...services.values()].some(({ value }) => {
      const paths = [
        ...itemsOf(get(value, 'volumes')).flatMap((mount) => textOf(get(mount, 'source')) ?? []),
        textOf(get(value, 'build', 'context')) ?? '',
      ];
      const isRead = itemsOf(get(value, 'env_file')).some((file) => isBeside(textOf(get(file, 'path')), directory));
      return isRead || paths.some((path) => path.startsWith('/') && isInside(path, directory));
    }),
  );

/** Whether a path is one of an env file of a folder. */
const isBeside = (path: string | undefined, directory: string): boolean =>
  path !== undefined && /^\.?env\b[^/]*$/.test(relative(directory, path));
