import { basename } from '../source/path.js';
import { changedFiles } from './consolidation-changes.js';
import { duplicationReport } from './consolidation-duplication.js';
import { dependencyGraphs, layoutGraphs } from './consolidation-graphs.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { duplicationText, metricsText } from './consolidation-metrics.js';
import { networksText } from './consolidation-networks.js';
import { layoutText, migrationText, riskText, usageText } from './consolidation-outcome.js';
import { planTable, proofText, questionList } from './consolidation-plan.js';
import { anchorReference, variableInventory } from './consolidation-reference.js';
import { serviceMatrix, servicesText } from './consolidation-services.js';
import { counted } from './counts.js';
import { type Block, type Document, heading, list } from './document.js';
import { markdownOf } from './markdown.js';

const findingCounts = ({ findings }: ConsolidationInput): string => {
  const of = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  return `${counted(of('error'), 'error')}, ${counted(of('warning'), 'warning')}, ${counted(of('info'), 'note')}`;
};

const VERDICTS = { empty: 'nothing to do', proven: 'proven on every stack', unproven: 'not proven' } as const;

const summary = (input: ConsolidationInput): readonly Block[] => {
  const { before, after, consolidation, name } = input;
  const { files, services } = before.inventory;
  const twice = services.filter(({ files: held }) => [...held.values()].includes('duplicate')).map((row) => row.name);
  const { operations, questions } = consolidation.plan;
  return list([
    `${counted(files.length, 'Compose file')}: ${files.map(({ path }) => name(path)).join(', ')}`,
    `${counted(services.length, 'service')}, ${twice.length === 0 ? 'none defined twice' : `${twice.join(' and ')} defined twice`}`,
    duplicationText(before),
    findingCounts(input),
    `the plan: ${counted(operations.length, 'operation')}, ${counted(questions.length, 'open question')}; ${VERDICTS[consolidation.verdict]}`,
    ...(consolidation.verdict === 'proven' ? [`afterwards ${duplicationText(after)}`] : []),
  ]);
};

/** The sections of the report, in their order: each with its heading, and what makes its blocks. */
export const SECTIONS: readonly {
  readonly title: string;
  readonly blocks: (input: ConsolidationInput) => readonly Block[];
}[] = [
  { title: 'Summary', blocks: summary },
  { title: 'Service matrix', blocks: (input) => [...serviceMatrix(input), ...layoutGraphs(input)] },
  { title: 'Dependency graph', blocks: dependencyGraphs },
  { title: 'Services', blocks: servicesText },
  { title: 'Networks and communication', blocks: networksText },
  { title: 'Duplication and conflicts', blocks: duplicationReport },
  {
    title: 'Proposed layout',
    blocks: (input) => [
      ...planTable(input.consolidation),
      ...questionList(input.consolidation),
      heading(3, 'Proof'),
      ...proofText(input.consolidation),
      ...changedFiles(input.consolidation),
      ...layoutText(input),
    ],
  },
  { title: 'Usage', blocks: usageText },
  { title: 'Migration plan', blocks: migrationText },
  { title: 'Risks', blocks: riskText },
  { title: 'Success metrics', blocks: metricsText },
  { title: 'Variables', blocks: variableInventory },
  { title: 'Anchors', blocks: anchorReference },
];

/** The consolidation analysis of one folder. */
export const consolidationDocument = (input: ConsolidationInput): Document => ({
  title: `Docker Compose consolidation of ${basename(input.before.workspace.directory)}`,
  sections: SECTIONS.map(({ title, blocks }) => ({ title, blocks: blocks(input) })),
});

/** The consolidation analysis of one folder as Markdown. */
export const consolidationMarkdown = (input: ConsolidationInput): string =>
  markdownOf(consolidationDocument(input), true);
