import type { Fault } from '../../src/model/fault.js';
import { type ComposePath, formatPath } from '../../src/model/path.js';
import type { Origin, Value } from '../../src/model/value.js';
import type { ParsedFile } from '../../src/parse/parse.js';
import { positionAt } from '../../src/source/lines.js';
import type { Span } from '../../src/source/source.js';

const position = ({ source }: Span, offset: number): string => {
  const { line, column } = positionAt(source, offset);
  return `${line}:${column}`;
};

const range = (at: Span): string => `${position(at, at.start)}-${position(at, at.end)}`;

const dataOf = (value: Value): string => {
  if (value.kind !== 'scalar') return value.kind;
  const { value: data, form } = value;
  const text = typeof data === 'string' ? JSON.stringify(data) : typeof data === 'bigint' ? `${data}n` : String(data);
  return form === undefined ? text : `${text} (${form})`;
};

const originOf = (origin: Origin): string => {
  if (origin.kind === 'written') return range(origin.at);
  return origin.kind === 'aliased' ? `${origin.via === '*' ? 'by *' : 'by <<'} ${range(origin.at)}` : origin.kind;
};

const lines = (value: Value, path: ComposePath, key: Span | undefined): readonly string[] => {
  const name = formatPath(path) || '.';
  const where = key ? ` @${position(key, key.start)}` : '';
  const own = `${name}${where} = ${dataOf(value)}, ${value.origins.map(originOf).join(', ')}`;
  if (value.kind === 'sequence')
    return [own, ...value.items.flatMap((item, i) => lines(item, [...path, i], undefined))];
  if (value.kind === 'scalar') return [own];
  return [own, ...[...value.entries].flatMap(([name, entry]) => lines(entry.value, [...path, name], entry.key))];
};

/** A fault with its place, its further places and its help, as lines. */
export const faultLines = ({ rule, severity, message, at, help, notes = [] }: Fault): readonly string[] => [
  `${at ? range(at) : '-'} ${severity}: ${message} [${rule}]`,
  ...notes.map((note) => `  ${range(note.at)} ${note.message}`),
  ...(help === undefined ? [] : [`  help: ${help}`]),
];

/** Everything that a parsed file says, line by line: its documents with the places of keys and values, its faults. */
export const rendered = ({ documents, faults }: ParsedFile): string => {
  const parts = documents.flatMap(({ root, tagged }, i) => [
    `document ${i + 1}`,
    ...lines(root, [], undefined),
    ...tagged.map(({ tag, path, at }) => `${tag} ${formatPath(path)}, ${range(at)}`),
    '',
  ]);
  return `${[...parts, 'faults', ...faults.flatMap(faultLines)].join('\n')}\n`;
};
