import type { Fix, FixVariable } from '../lint/rule.js';
import { applyEdits, compatible } from '../source/edit.js';
import { decode, encode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { assignedIn, assignmentText } from './dotenv-text.js';
import { editsByFile } from './file-edits.js';

/** New bytes of files by absolute path. */
export type Changes = ReadonlyMap<string, Uint8Array>;

/** The changes that fixes ask for, or why they cannot be made. */
export type Assembled =
  | { readonly kind: 'changes'; readonly changes: Changes }
  | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): Assembled => ({ kind: 'refused', why });

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

const bytesAt = (fs: FileSystem, path: string): Uint8Array | undefined => {
  if (fs.kind(path) === undefined) return undefined;
  return fs.read(path);
};

/** The text with a line added at its end, in the way its lines are broken. */
const withLine = (text: string, line: string): string => {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || /\n$/.test(text) ? '' : lineBreak}${line}${lineBreak}`;
};

/** Why fixes cannot be made, thrown inside of this module only. */
class Refusal extends Error {}

/** Adds the variables to env files and their names to the examples beside them. */
const addVariable = (texts: Map<string, string>, textAt: (path: string) => string, variable: FixVariable): void => {
  const { name, value, file, example } = variable;
  const given = assignedIn(textAt(file), name);
  if (given !== undefined && given !== value) throw new Refusal(`${name} has another value in ${file} already`);
  if (given === undefined) {
    const line = assignmentText(name, value);
    if (line === undefined) throw new Refusal(`no env file can hold the value of ${name}`);
    texts.set(file, withLine(textAt(file), line));
  }
  if (assignedIn(textAt(example), name) === undefined) texts.set(example, withLine(textAt(example), `${name}=`));
};

/** Texts that grow by lines: env files, `.gitignore`. */
const addLines = (fixes: readonly Fix[], fs: FileSystem, changes: Map<string, Uint8Array>): void => {
  const texts = new Map<string, string>();
  const textAt = (path: string): string => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const bytes = changes.get(path) ?? bytesAt(fs, path);
    if (!bytes) return '';
    const { source, badByte } = decode(path, bytes);
    if (badByte !== undefined || source.encoding !== 'utf-8') throw new Refusal(`${path} is no plain UTF-8`);
    return source.text;
  };
  for (const variable of fixes.flatMap(({ variables = [] }) => variables)) addVariable(texts, textAt, variable);
  for (const { file, line } of fixes.flatMap(({ lines = [] }) => lines))
    if (!textAt(file).split(/\r?\n/).includes(line)) texts.set(file, withLine(textAt(file), line));
  for (const [path, text] of texts) changes.set(path, encode(text, 'utf-8'));
};

const addFiles = (fixes: readonly Fix[], fs: FileSystem, changes: Map<string, Uint8Array>): void => {
  for (const { path, text } of fixes.flatMap(({ files = [] }) => files)) {
    const bytes = encode(text, 'utf-8');
    const made = changes.get(path);
    if (fs.kind(path) !== undefined) throw new Refusal(`${path} is there already`);
    if (made && !sameBytes(made, bytes)) throw new Refusal(`${path} would be made twice`);
    changes.set(path, bytes);
  }
};

const addEdits = (fixes: readonly Fix[], fs: FileSystem, changes: Map<string, Uint8Array>): void => {
  for (const [path, { source, edits }] of editsByFile(fixes)) {
    const bytes = bytesAt(fs, path);
    if (!bytes || !sameBytes(bytes, encode(source.text, source.encoding)))
      throw new Refusal(`${path} has bytes that are not valid, which would be lost`);
    if (!compatible(edits)) throw new Refusal('its edits collide');
    changes.set(path, encode(applyEdits(source, edits), source.encoding));
  }
};

/** What the files of `fs` become when the fixes are applied together. */
export const assemble = (fixes: readonly Fix[], fs: FileSystem): Assembled => {
  const changes = new Map<string, Uint8Array>();
  try {
    addFiles(fixes, fs, changes);
    addEdits(fixes, fs, changes);
    addLines(fixes, fs, changes);
  } catch (error) {
    if (error instanceof Refusal) return refused(error.message);
    if (error instanceof FileError) return refused(`${error.path}: ${error.reason}`);
    throw error;
  }
  return { kind: 'changes', changes };
};
