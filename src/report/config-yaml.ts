import { resolvePlain } from '../parse/scalar.js';
import { formatFloat } from '../resolve/number.js';
import type { Leaf, Tree } from './config-tree.js';

/** What go-yaml looks at to choose a notation for a text. */
type Analysis = {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
  readonly multiline: boolean;
};

const BREAK = /[\n\r\u0085\u2028\u2029]/;
/** Characters that are written as escapes; astral ones are among them, as go-yaml does not hold them for printable. */
const UNPRINTABLE = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const TAB_ONLY = /[^\n\t\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

const startsLikeSyntax = (text: string): boolean =>
  text.startsWith('---') ||
  text.startsWith('...') ||
  /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
  /^[?:-]([ \t\n\r]|$)/.test(text);

const analyse = (text: string): Analysis => {
  const multiline = BREAK.test(text);
  const special = TAB_ONLY.test(text);
  const breakSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const spaceBreak = / [\n\r\u0085\u2028\u2029]/.test(text);
  const edges = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/.test(text);
  const syntax = startsLikeSyntax(text) || /:([ \t\n\r]|$)/.test(text) || /[ \t\n\r\u0085\u2028\u2029]#/.test(text);
  const odd = breakSpace || spaceBreak || special || text.includes('\t');
  return {
    multiline,
    plain: !edges && !odd && !multiline && !syntax,
    single: !odd,
    block: text !== '' && !text.endsWith(' ') && !spaceBreak && !special,
  };
};

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

const doubleQuoted = (text: string): string => {
  // Behind a byte order mark at its start, go-yaml escapes every character.
  const isMarked = text.startsWith('\ufeff');
  let result = '';
  for (const char of text) {
    const isPlain = !isMarked && char !== '"' && char !== '\\' && !UNPRINTABLE.test(char) && !BREAK.test(char);
    if (isPlain) {
      result += char;
      continue;
    }
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
    const hex =
      code.length <= 2
        ? `x${code.padStart(2, '0')}`
        : code.length <= 4
          ? `u${code.padStart(4, '0')}`
          : `U${code.padStart(8, '0')}`;
    result += NAMED_ESCAPES[char] ?? `\\${hex}`;
  }
  return `"${result}"`;
};

const OLD_BOOLEANS: ReadonlySet<string> = new Set(
  ['y', 'yes', 'on', 'n', 'no', 'off'].flatMap((word) => [
    word,
    word.toUpperCase(),
    word[0]?.toUpperCase() + word.slice(1),
  ]),
);

/** Whether a text would be read as something else without quotes, by YAML 1.1 or 1.2. */
const isAmbiguous = (text: string): boolean => {
  const { value, form } = resolvePlain(text);
  if (typeof value !== 'string' || form !== undefined) return true;
  return OLD_BOOLEANS.has(text) || /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
};

const literal = (text: string, indent: string): string => {
  const hint = /^[ \n\r]/.test(text) ? '2' : '';
  const chomp = !/[\n\r]$/.test(text) ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
};

/** Behind a line separator of Unicode, go-yaml indents as on a new line. */
const singleQuoted = (text: string, indent: string): string =>
  `'${text.replaceAll("'", "''").replace(/([\u2028\u2029])(?![\u2028\u2029]|$)/g, `$1${indent}`)}'`;

const textNotation = (text: string, indent: string, isKey: boolean): string => {
  const { plain, single, block, multiline } = analyse(text);
  if (text.includes('\n') && !isKey) return block ? literal(text, indent) : doubleQuoted(text);
  if (multiline && isKey) return doubleQuoted(text);
  if (!isAmbiguous(text) && text !== '') {
    if (plain) return text;
    return single ? singleQuoted(text, indent) : doubleQuoted(text);
  }
  return doubleQuoted(text);
};

const scalar = (tree: Leaf, indent: string): string => {
  const { content, value } = tree;
  if (typeof content === 'string') {
    const isTimestamp = value?.kind === 'scalar' && value.form === 'timestamp';
    return isTimestamp ? content : textNotation(content, indent, false);
  }
  if (typeof content !== 'number') return String(content);
  if (Number.isNaN(content)) return '.nan';
  if (!Number.isFinite(content)) return content > 0 ? '.inf' : '-.inf';
  const isFloat = tree.single || (value?.kind === 'scalar' && value.form === 'float');
  return isFloat ? formatFloat(content, 'general', tree.single) : String(content);
};

/** A comment to put behind a value's line, or nothing. */
export type Comment = (tree: Tree) => string | undefined;

const withComment = (text: string, comment: string | undefined): string => {
  if (comment === undefined) return text;
  const line = text.indexOf('\n');
  return line < 0 ? `${text} # ${comment}` : `${text.slice(0, line)} # ${comment}${text.slice(line)}`;
};

/** A value behind `key:` or `-`: on the same line, or on lines of its own. */
const nested = (tree: Tree, indent: string, comment: Comment, inList: boolean): string => {
  if (tree.kind === 'leaf') return ` ${withComment(scalar(tree, indent), comment(tree))}`;
  const isEmpty = tree.kind === 'map' ? tree.entries.length === 0 : tree.items.length === 0;
  if (isEmpty) return ` ${withComment(tree.kind === 'map' ? '{}' : '[]', comment(tree))}`;
  const body = block(tree, indent, comment);
  return inList ? ` ${body.slice(indent.length)}` : `${withComment('', comment(tree))}\n${body}`;
};

const keyNotation = (key: string, indent: string): string => {
  const notation = textNotation(key, indent, true);
  return new TextEncoder().encode(key).length > 128 || /\n/.test(key) ? `? ${notation}\n${indent}:` : `${notation}:`;
};

const block = (tree: Tree, indent: string, comment: Comment): string => {
  const inner = `${indent}  `;
  if (tree.kind === 'map')
    return tree.entries
      .map(({ key, tree: value }) => `${indent}${keyNotation(key, indent)}${nested(value, inner, comment, false)}`)
      .join('\n');
  if (tree.kind === 'list')
    return tree.items.map((item) => `${indent}-${nested(item, inner, comment, true)}`).join('\n');
  return indent + scalar(tree, indent);
};

/** A tree as go-yaml prints it, two spaces deep, with an optional comment behind each value. */
export const toYaml = (tree: Tree, comment: Comment = () => undefined): string => {
  if (tree.kind === 'map' && tree.entries.length === 0) return '{}\n';
  return `${block(tree, '', comment)}\n`;
};
