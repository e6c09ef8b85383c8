import { basename } from '../source/path.js';
import { duplicationReport } from './consolidation-duplication.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { duplicationText, metricsText } from './consolidation-metrics.js';
import { networksText } from './consolidation-networks.js';
import { layoutText, migrationText, riskText, usageText } from './consolidation-outcome.js';
import { planTable, proofText, questionList } from './consolidation-plan.js';
import { anchorReference, variableInventory } from './consolidation-reference.js';
import { dependencyGraph, serviceMatrix, servicesText } from './consolidation-services.js';
import { counted } from './counts.js';
import { paragraphs } from './markdown-table.js';

/** The heading of a section, and what makes its text. */
export type Section = { readonly title: string; readonly text: (input: ConsolidationInput) => string };

const findingCounts = ({ findings }: ConsolidationInput): string => {
  const of = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  return `${counted(of('error'), 'error')}, ${counted(of('warning'), 'warning')}, ${counted(of('info'), 'note')}`;
};

const summary = (input: ConsolidationInput): string => {
  const { before, after, consolidation, name } = input;
  const { files, services } = before.inventory;
  const twice = services.filter(({ files: held }) => [...held.values()].includes('duplicate')).map((row) => row.name);
  const { operations, questions } = consolidation.plan;
  return paragraphs(
    [
      `- ${counted(files.length, 'Compose file')}: ${files.map(({ path }) => name(path)).join(', ')}`,
      `- ${counted(services.length, 'service')}, ${twice.length === 0 ? 'none defined twice' : `${twice.join(' and ')} defined twice`}`,
      `- ${duplicationText(before)}`,
      `- ${findingCounts(input)}`,
      `- the plan: ${counted(operations.length, 'operation')}, ${counted(questions.length, 'open question')}; ${consolidation.verdict === 'unproven' ? 'not proven' : consolidation.verdict === 'empty' ? 'nothing to do' : 'proven on every stack'}`,
      ...(consolidation.verdict === 'proven' ? [`- afterwards ${duplicationText(after)}`] : []),
      '',
    ].join('\n'),
  );
};

/** The sections of the report, in their order. */
export const SECTIONS: readonly Section[] = [
  { title: 'Summary', text: summary },
  { title: 'Service matrix', text: serviceMatrix },
  { title: 'Dependency graph', text: dependencyGraph },
  { title: 'Services', text: servicesText },
  { title: 'Networks and communication', text: networksText },
  { title: 'Duplication and conflicts', text: duplicationReport },
  {
    title: 'Proposed layout',
    text: (input) =>
      paragraphs(
        planTable(input.consolidation),
        questionList(input.consolidation),
        '### Proof',
        proofText(input.consolidation),
        layoutText(input),
      ),
  },
  { title: 'Usage', text: usageText },
  { title: 'Migration plan', text: migrationText },
  { title: 'Risks', text: (input) => riskText(input) || 'The plan changes nothing that runs.' },
  { title: 'Success metrics', text: metricsText },
  { title: 'Variables', text: variableInventory },
  { title: 'Anchors', text: anchorReference },
];

/** The consolidation analysis of one folder as Markdown. */
export const consolidationMarkdown = (input: ConsolidationInput): string =>
  paragraphs(
    `# Docker Compose consolidation of ${basename(input.before.workspace.directory)}`,
    ...SECTIONS.map(({ title, text }, i) => paragraphs(`## ${i + 1}. ${title}`, text(input))),
  );
