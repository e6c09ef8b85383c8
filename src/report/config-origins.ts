import stringWidth from 'string-width';
import type { Origin, Value, VariableSource } from '../model/value.js';
import { positionAt } from '../source/lines.js';
import { relative } from '../source/path.js';
import type { Span } from '../source/source.js';
import type { Tree } from './config-tree.js';
import { toYaml } from './config-yaml.js';
import { originText } from './origin-words.js';

/** Column that comments start in, unless all lines are shorter; behind longer lines they follow at once. */
const COMMENT_COLUMN = 56;

/** Marks the place of a comment; no line of YAML holds it. */
const MARK = /^(.*) # \0(\d+)$/s;

/**
 * The YAML of a model with a comment behind each value that says where it came from. It loads as the same model.
 * @param withEscapes What is done to the YAML, but not to the comments.
 */
export const commentedYaml = (tree: Tree, cwd: string, withEscapes: (text: string) => string): string => {
  const comments: string[] = [];
  const marked = withEscapes(toYaml(tree, ({ value }) => `\0${comments.push(originText(value, cwd)) - 1}`));
  const lines = marked.split('\n').map((line) => {
    const [, text = line, index] = MARK.exec(line) ?? [];
    return { text, width: stringWidth(text), comment: index === undefined ? undefined : comments[Number(index)] };
  });
  const widths = lines.flatMap(({ width, comment }) =>
    comment === undefined || width > COMMENT_COLUMN ? [] : [width],
  );
  const column = widths.reduce((most, width) => Math.max(most, width), 0);
  return lines
    .map(({ text, width, comment }) =>
      comment === undefined ? text : `${text}${' '.repeat(Math.max(0, column - width))} # ${comment}`,
    )
    .join('\n');
};

/** A place in JSON: lines and columns count from 1, ends are exclusive. */
export const placeData = ({ source, start, end }: Span, cwd: string): object => {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  const file = relative(cwd, source.path);
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
};

const sourceData = (source: VariableSource, cwd: string): object =>
  source.kind === 'env-file' ? { kind: source.kind, ...placeData(source.at, cwd) } : { kind: source.kind };

const stepData = (origin: Origin, cwd: string): object => {
  const { kind } = origin;
  if (origin.kind === 'default') return { kind, source: origin.source };
  if (origin.kind === 'environment') return { kind, name: origin.name, source: sourceData(origin.source, cwd) };
  const at = placeData(origin.at, cwd);
  if (origin.kind === 'aliased' || origin.kind === 'inherited') return { kind, via: origin.via, ...at };
  if (origin.kind === 'overrode') return { kind, ...at, lost: placeData(origin.lost, cwd) };
  if (origin.kind !== 'interpolated') return { kind, ...at };
  const variables = origin.variables.map((use) => ({
    name: use.name,
    outcome: use.outcome,
    ...(use.source ? { source: sourceData(use.source, cwd) } : {}),
    ...placeData(use.at, cwd),
  }));
  return { kind, ...at, variables };
};

/** The steps of a value's history for programs, oldest first; values of variables are not among them. */
export const stepsData = (value: Value | undefined, cwd: string): readonly object[] =>
  value?.origins.map((origin) => stepData(origin, cwd)) ?? [{ kind: 'default', source: 'docker compose prints it' }];

const originsData = (tree: Tree, cwd: string): object => {
  const steps = stepsData(tree.value, cwd);
  if (tree.kind === 'leaf') return { steps };
  if (tree.kind === 'list') return { steps, items: tree.items.map((item) => originsData(item, cwd)) };
  const entries = tree.entries.map(({ key, tree: inner }) => [key, originsData(inner, cwd)] as const);
  return { steps, entries: Object.fromEntries(entries) };
};

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

/**
 * The JSON of a model beside the origins of its values, as `{ "model": …, "origins": … }`. Each node of the second tree has
 * `steps`, and `entries` or `items` where the model has a mapping or a list.
 * @param model The model as it is printed alone.
 */
export const jsonWithOrigins = (model: string, tree: Tree, cwd: string): string =>
  `{\n  "model": ${indented(model)},\n  "origins": ${indented(JSON.stringify(originsData(tree, cwd), null, 2))}\n}\n`;
