import type { Consolidation } from '../consolidate/consolidate.js';
import { composeCommand } from '../consolidate/layout.js';
import { isSafe, type Operation, type Question } from '../consolidate/operation.js';
import type { Doubt, StackDifference } from '../consolidate/prove.js';
import { mask } from '../lint/mask.js';
import { plainText } from '../model/message.js';
import { formatPath } from '../model/path.js';
import { basename, relative } from '../source/path.js';
import { counted } from './counts.js';
import {
  type Block,
  code,
  type Document,
  joined,
  list,
  listing,
  type Phrase,
  paragraph,
  strong,
  table,
} from './document.js';
import { markdownOf } from './markdown.js';

/** How a value may be shown: credentials in it are masked. */
export type Mask = (text: string) => string;

/** A text with something in the place of a word, wherever it stands with neither a letter nor a digit beside it. */
const withoutWord = (text: string, word: string, by: string): string => {
  if (word === '') return text;
  let shown = '';
  let from = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at)) {
    const end = at + word.length;
    if (/[A-Za-z0-9]/.test(`${text[at - 1] ?? ''}${text[end] ?? ''}`)) {
      at += 1;
      continue;
    }
    shown += text.slice(from, at) + by;
    from = end;
    at = end;
  }
  return shown + text.slice(from);
};

/** Shows texts with every credential masked, wherever it stands as a word of its own, and paths from the folder of the files. */
export const maskFor = ({ analysis }: Consolidation): Mask => {
  const known = analysis.secrets.map((secret) => ({ secret, shown: mask(secret) }));
  const { directory } = analysis.workspace;
  const local = (text: string): string =>
    text
      .replaceAll(`${directory}/`, () => './')
      .split(directory)
      .reduce((before, after) => `${before}${/^(?:$|["\s])/.test(after) ? '.' : directory}${after}`);
  return (text) => known.reduce((shown, { secret, shown: by }) => withoutWord(shown, secret, by), local(text));
};

/** One difference as a line: `services.web.image: "a" → "b"`. */
export const differenceText = ({ path, before, after }: StackDifference, show: Mask): string => {
  const value = (text: string | null): string => (text === null ? 'nothing' : text === '' ? 'there' : show(text));
  return `${formatPath(path)}: ${value(before)} → ${value(after)}`;
};

/** What speaks against a plan, as a line. */
export const doubtText = (doubt: Doubt, show: Mask): string => {
  if (doubt.kind === 'refused') return `${doubt.stack}: ${doubt.message}`;
  if (doubt.kind === 'not-seen')
    return `${doubt.claim.stack}: ${formatPath(doubt.claim.path)} was to change by ${doubt.operation}, and did not`;
  const { difference } = doubt;
  const line = `${difference.stack}: ${differenceText(difference, show)}`;
  return doubt.kind === 'unclaimed'
    ? `${line}, claimed by no operation`
    : `${line}, claimed by ${doubt.operations.join(' and ')}`;
};

const operationRow = (operation: Operation, directory: string, i: number): readonly Phrase[] => {
  const { kind, service, from, to, reason, effect, rule } = operation;
  const name = (path: string | undefined): string =>
    path === undefined ? '' : path.startsWith('/') ? relative(directory, path) : path;
  const files = [...new Set([name(from), name(to)])].filter((text) => text !== '').join(' → ');
  return [
    String(i + 1),
    kind,
    service ?? '',
    files,
    reason,
    effect,
    rule === undefined ? '' : [code(rule)],
    isSafe(operation) ? 'safe' : 'changes a stack',
  ];
};

/** The operations, in the order in which they are done. */
export const planTable = ({ plan, analysis }: Consolidation): readonly Block[] =>
  table(
    'Operations, in the order in which they are done',
    ['#', 'Operation', 'Service', 'Files', 'Reason', 'Effect', 'Rule', 'Safety'],
    plan.operations.map((operation, i) => operationRow(operation, analysis.workspace.directory, i)),
  );

const questionText = ({ text, candidates, default: otherwise, setting }: Question): Phrase => [
  `${text} Until it is answered in `,
  code(setting),
  `: ${otherwise}.`,
  ...(candidates.length === 0 ? [] : [' Candidates: ', ...joined(candidates.map(code), ', '), '.']),
];

/** Questions that nobody has answered yet. */
export const questionList = ({ plan }: Consolidation): readonly Block[] => list(plan.questions.map(questionText));

const pairRows = ({ plan, analysis, proof }: Consolidation): readonly (readonly Phrase[])[] =>
  plan.layout.pairs.map(({ name, before, after, standsIn }) => {
    const { directory } = analysis.workspace;
    const replacement = plan.layout.pairs.find((pair) => pair.name === standsIn);
    const differences = proof.differences.filter(({ stack }) => stack === (standsIn ?? name)).length;
    const now = composeCommand((replacement ?? { after }).after, directory);
    const replaced = proof.replaced.find(({ stack }) => stack === name);
    const result =
      standsIn === undefined
        ? differences === 0
          ? 'equal'
          : counted(differences, 'difference')
        : `gives way to ${standsIn}: ${counted(replaced?.differences.length ?? 0, 'difference')} today already`;
    return [name, [code(composeCommand(before, directory))], [code(now)], result];
  });

const differenceRows = (consolidation: Consolidation, show: Mask): readonly (readonly string[])[] => {
  const rows = new Map<string, { line: string; stacks: string[]; operation: string }>();
  for (const difference of consolidation.proof.differences) {
    const line = differenceText(difference, show);
    const key = JSON.stringify([line, difference.operation]);
    const row = rows.get(key) ?? { line, stacks: [], operation: difference.operation };
    row.stacks.push(difference.stack);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ line, stacks, operation }) => [stacks.join(', '), line, operation]);
};

const VERDICTS: Readonly<Record<Consolidation['verdict'], Block>> = {
  empty: paragraph('There is nothing to do.'),
  proven: paragraph(
    'Every stack was resolved before and after. Each difference belongs to one operation, and each operation shows all the differences that it claims.',
  ),
  unproven: paragraph('The plan is ', strong('not proven'), ', and nothing is written.'),
};

/** The proof: what takes the place of each stack, and every setting that changes. */
export const proofText = (consolidation: Consolidation): readonly Block[] => {
  const show = maskFor(consolidation);
  const { plan, proof, verdict, withdrawn } = consolidation;
  const said = (text: string, items: readonly Phrase[]): readonly Block[] =>
    items.length === 0 ? [] : [paragraph(text), ...list(items)];
  return [
    VERDICTS[verdict],
    ...(verdict === 'unproven' ? list(proof.doubts.map((doubt) => doubtText(doubt, show))) : []),
    ...(verdict === 'empty'
      ? []
      : table('Stacks today and afterwards', ['Stack', 'Today', 'Afterwards', 'Result'], pairRows(consolidation))),
    ...(verdict === 'proven'
      ? table(
          'Differences, each with the operation that it belongs to',
          ['Stacks', 'Difference', 'Operation'],
          differenceRows(consolidation, show),
        )
      : []),
    ...said(
      'Decided, and not done, because no edit of the text as it is written is certain; it has to be done by hand:',
      plan.undone.map(({ id, reason }) => `${id}: ${reason}`),
    ),
    ...said(
      'Left out, because the plan was not proven with it:',
      withdrawn.map(({ operation, doubt }) => `${operation.id}: ${doubtText(doubt, show)}`),
    ),
  ];
};

/** What is left to do by hand, as commands. */
export const manualText = ({ plan }: Consolidation): readonly Block[] => {
  const commands = plan.operations.flatMap(({ id, manual }) =>
    manual.length === 0 ? [] : [`# ${plainText(id)}`, ...manual],
  );
  return commands.length === 0 ? [] : listing('bash', `${commands.join('\n')}\n`);
};

/** `fog-lint consolidate`: plan, questions, proof, files, what is done by hand. */
export const planDocument = (consolidation: Consolidation): Document => {
  const { plan, analysis } = consolidation;
  const { directory } = analysis.workspace;
  const files = [...plan.changes].map(([path, source]) => [code(relative(directory, path)), source ? '' : ' goes']);
  const hasSecrets = plan.operations.some(({ rule }) => rule === 'hardcoded-secret');
  const sections = [
    {
      title: 'Plan',
      blocks: plan.operations.length === 0 ? [paragraph('There is nothing to do.')] : planTable(consolidation),
    },
    { title: 'Questions', blocks: questionList(consolidation) },
    { title: 'Proof', blocks: proofText(consolidation) },
    {
      title: 'Files',
      blocks: [
        ...list(files),
        ...(hasSecrets
          ? [
              paragraph(
                'Credentials go to `.env`, which git ignores; where there is none yet, it is readable for its owner only. Whoever has the history of the repository has them still: change them.',
              ),
            ]
          : []),
      ],
    },
    { title: 'By hand', blocks: manualText(consolidation) },
  ];
  return {
    title: `Consolidation of ${basename(directory)}`,
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  };
};

/** `fog-lint consolidate` as Markdown. */
export const planMarkdown = (consolidation: Consolidation): string => markdownOf(planDocument(consolidation), false);
