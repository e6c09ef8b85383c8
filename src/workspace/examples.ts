import type { FileSystem } from '../source/filesystem.js';
import { oncePer, oncePerText } from '../source/once.js';
import { basename, dirname, join } from '../source/path.js';

const WORDS = ['example', 'sample', 'template', 'dist', 'default', 'defaults'] as const;

/** Names of examples of an env file, the usual ones first: `.env.example`, `env.example`, `web.example.env` … */
const examplesOf = (name: string): readonly string[] => {
  const bare = name.replace(/^\./, '');
  const stem = name.endsWith('.env') ? name.slice(0, -'.env'.length) : undefined;
  return [
    ...WORDS.map((word) => `${name}.${word}`),
    ...(bare === name ? [] : WORDS.map((word) => `${bare}.${word}`)),
    ...WORDS.flatMap((word) => [`${name}-${word}`, `${name}_${word}`]),
    ...(stem === undefined ? [] : WORDS.flatMap((word) => [`${stem}.${word}.env`, `${stem}${word}.env`])),
  ];
};

/** Names of files that stand in for a `.env` that is not there, as in a fresh clone. */
export const EXAMPLES: readonly string[] = examplesOf('.env');

const exampleOf = (path: string, fs: FileSystem): string | undefined => {
  if (fs.kind(path) !== undefined) return undefined;
  const [name, folder] = [basename(path), dirname(path)];
  const names = name === '.env' ? EXAMPLES : examplesOf(name);
  return names.map((example) => join(folder, example)).find((example) => fs.kind(example) === 'file');
};

/** Finds the example beside an env file, which stands in for it where it is not there; absolute. Each is looked for once. */
export const examplesIn = oncePer((fs: FileSystem) => oncePerText((path) => exampleOf(path, fs)));
