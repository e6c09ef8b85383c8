import type { Analysis } from '../consolidate/analysis.js';
import { type UsedVariable, usedVariables } from '../consolidate/env-files.js';
import { rootsOf } from '../consolidate/written.js';
import { mask } from '../lint/mask.js';
import { judgeName } from '../lint/secret-patterns.js';
import { type LayoutNode, layoutOf } from '../parse/layout.js';
import { lineStartAt, nextLineAt } from '../source/lines.js';
import type { Source } from '../source/source.js';
import type { ConsolidationInput } from './consolidation-input.js';
import type { Mask } from './consolidation-plan.js';
import { type Block, code, heading, listing, type Piece, paragraph, table } from './document.js';
import { variableValue } from './variable-value.js';

/** Variables that the Compose files of an analysis put in. */
const variablesIn = ({ workspace }: Analysis): readonly UsedVariable[] =>
  usedVariables(workspace.files.flatMap(rootsOf));

/** The same variables with what stands in for them as it may be shown. */
export const shownVariables = (analysis: Analysis, show: Mask): readonly UsedVariable[] =>
  variablesIn(analysis).map((variable) => {
    const { name, fallback } = variable;
    if (!fallback) return variable;
    return { ...variable, fallback: judgeName(name) === 'secret' ? mask(fallback) : show(fallback) };
  });

const variableTable = (analysis: Analysis, show: Mask): readonly Block[] => {
  const variables = table(
    'Variables that the Compose files put in',
    ['Variable', 'Without it', 'Secret', 'Used by'],
    shownVariables(analysis, show).map(({ name, fallback, isAmbiguous, users }) => [
      [code(name)],
      isAmbiguous ? 'differs from place to place' : fallback === undefined ? 'nothing' : [code(fallback)],
      judgeName(name) === 'secret' ? 'yes' : 'no',
      users.join(', '),
    ]),
  );
  return variables.length === 0 ? [paragraph('The files ask for no variable.')] : variables;
};

const serviceVariables = ({ before, name, show }: ConsolidationInput): readonly Block[] =>
  table(
    'Variables of the services',
    ['Service', 'Variable', 'Values'],
    before.inventory.variables.map(({ service, name: variable, values }) => [
      service,
      [code(variable)],
      [...values].flatMap(([file, { value }], i): readonly Piece[] => [
        ...(i === 0 ? [] : [{ kind: 'break' } as const]),
        code(show(variableValue(before.subject, variable, value))),
        ` (${name(file)})`,
      ]),
    ]),
  );

/** All variables: those that services get, and those that the Compose files ask for, today and afterwards. */
export const variableInventory = (input: ConsolidationInput): readonly Block[] => [
  heading(3, 'Of the services, today'),
  ...serviceVariables(input),
  heading(3, 'Of the Compose files, today'),
  ...variableTable(input.before, input.show),
  heading(3, 'Of the Compose files, afterwards'),
  ...variableTable(input.after, input.show),
];

/** An anchor of a file, where it stands, and how often it is used. */
export type Anchor = { readonly name: string; readonly file: string; readonly text: string; readonly uses: number };

const walk = (
  node: LayoutNode,
  visit: (node: LayoutNode, start: number, end: number) => void,
  start: number,
  end: number,
): void => {
  visit(node, start, end);
  for (const item of node.items) walk(item.value, visit, item.start, item.end);
};

const anchorsIn = (source: Source): readonly Anchor[] => {
  const found: { name: string; start: number; end: number }[] = [];
  const uses = new Map<string, number>();
  for (const root of layoutOf(source))
    walk(
      root,
      (node, start, end) => {
        if (node.kind === 'alias') uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
        for (const { text } of node.properties)
          if (text.startsWith('&')) found.push({ name: text.slice(1), start, end });
      },
      root.start,
      root.end,
    );
  return found.map(({ name, start, end }) => ({
    name,
    file: source.path,
    text: source.text.slice(lineStartAt(source, start), nextLineAt(source, end)),
    uses: uses.get(name) ?? 0,
  }));
};

/** Anchors of all files of an analysis. */
export const anchorsOf = ({ workspace }: Analysis): readonly Anchor[] =>
  workspace.files.flatMap(({ source }) => anchorsIn(source));

/** Anchors as they are afterwards, each with its text. One inside of another is named, not repeated. */
export const anchorReference = ({ after, name, show }: ConsolidationInput): readonly Block[] => {
  const anchors = anchorsOf(after);
  if (anchors.length === 0) return [paragraph('There are no anchors.')];
  const outer = anchors.filter(
    ({ text, file }) =>
      !anchors.some((other) => other.file === file && other.text !== text && other.text.includes(text)),
  );
  return [
    ...table(
      'Anchors, and how often they are used',
      ['Anchor', 'File', 'Used'],
      anchors.map((anchor) => [[code(`&${anchor.name}`)], name(anchor.file), `${anchor.uses} times`]),
    ),
    ...outer.flatMap(({ text }) => listing('yaml', show(text))),
  ];
};
