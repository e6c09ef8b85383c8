import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor, type VisitorObject } from 'oxc-parser';

/** A regular expression that stands in the program; one that is put together at run time has its code instead of a source. */
export type Found = { readonly file: string; readonly line: number } & (
  | { readonly kind: 'literal'; readonly source: string; readonly flags: string }
  | { readonly kind: 'made'; readonly code: string }
);

type Call = Parameters<NonNullable<VisitorObject['NewExpression' | 'CallExpression']>>[0];

/** Regular expressions of one file: literals, and what is passed to `RegExp`. */
export const regexesIn = (file: string, text: string): readonly Found[] => {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Found[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const made = (node: Call): void => {
    if (node.callee.type === 'Identifier' && node.callee.name === 'RegExp')
      found.push({ kind: 'made', file, line: lineOf(node.start), code: text.slice(node.start, node.end) });
  };
  new Visitor({
    Literal: (node) => {
      if (!('regex' in node)) return;
      const { pattern, flags } = node.regex;
      found.push({ kind: 'literal', file, line: lineOf(node.start), source: pattern, flags });
    },
    NewExpression: made,
    CallExpression: made,
  }).visit(program);
  return found;
};

const ROOT = join(import.meta.dirname, '..', '..');

/** Regular expressions of what is published, the generated validators of the schemas left out. */
export const regexesOfProgram = (): readonly Found[] =>
  ['src', 'rules'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|mjs)$/.test(name) && !/^dev\/|generated/.test(name))
      .sort()
      .flatMap((name) => regexesIn(join(folder, name), readFileSync(join(ROOT, folder, name), 'utf8'))),
  );
