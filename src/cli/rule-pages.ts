import { uriOf } from '../editor/places.js';
import { dirname, join } from '../source/path.js';
import type { Io } from './io.js';

/** Where the pages of the rules lie, seen from the folder of the program: of what is built, and of its source. */
const FOLDERS = ['../rules', '../../rules'] as const;

/**
 * Addresses of the rules' pages, which come with the package: they are those of this very version, and open without a network.
 * @returns A function from the id of a rule; it gives undefined where there are no pages.
 */
export const rulePages = ({ fs }: Pick<Io, 'fs'>): ((id: string) => string | undefined) => {
  const program = fs.real(process.argv[1] ?? '') ?? '/';
  const folder = FOLDERS.map((name) => join(dirname(program), name)).find(
    (path) => fs.kind(join(path, 'schema.md')) === 'file',
  );
  return (id) => (folder === undefined ? undefined : uriOf(join(folder, `${id}.md`)));
};
