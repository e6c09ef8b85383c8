import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

/**
 * A block of code of a guide in `docs/`, so that what a reader copies is what a test runs.
 * @param file Name of the file that the guide says the block is: the last one that it names in backticks above it.
 * @throws {Error} when there is no such block.
 */
export const blockOf = (guide: string, file: string): string => {
  const text = readFileSync(join(DOCS, guide), 'utf8');
  let named = '';
  for (const [, block, name] of text.matchAll(/^```[a-z]*\n([\s\S]*?)^```$|`([^`\n]+)`/gm)) {
    if (name !== undefined) named = name;
    else if (named === file && block !== undefined) return block;
  }
  throw new Error(`${guide} has no ${file}`);
};
