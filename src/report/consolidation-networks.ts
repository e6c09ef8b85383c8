import type { Analysis } from '../consolidate/analysis.js';
import type { Reach } from '../lint/topology.js';
import { networkGraphs } from './consolidation-graphs.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { type Block, heading, type Mark, mark, paragraph, strong, table } from './document.js';

const SIGNS: Readonly<Record<Reach, readonly [Mark, string]>> = {
  reachable: ['good', 'reachable'],
  separate: ['bad', 'blocked: no network in common'],
  absent: ['none', 'not in the stack'],
  localhost: ['caution', 'sent to localhost, the container itself'],
};

const networkTable = ({ topologies }: Analysis): readonly Block[] =>
  table(
    'Networks of every stack',
    ['Stack', 'Network', 'Driver', 'Subnet', 'Services'],
    topologies.flatMap(({ stack, networks }) =>
      networks.map(({ name, driver, subnets, isExternal, members }) => [
        stack,
        `${name}${isExternal ? ' (external)' : ''}`,
        driver,
        subnets.join(', ') || 'assigned',
        members.join(', '),
      ]),
    ),
  );

/** Who needs whom, for what, and how it fares in each stack. */
export const matrixTable = ({ communication, topologies }: Analysis): readonly Block[] => {
  const stacks = topologies.map(({ stack }) => stack);
  return table(
    'Who needs to reach whom',
    ['From', 'To', 'Purpose', ...stacks],
    communication.map(({ from, to, purposes, reach }) => [
      from,
      to,
      purposes.join(', '),
      ...stacks.map((stack) => {
        const how = reach.get(stack);
        return how === undefined ? '-' : [mark(...SIGNS[how])];
      }),
    ]),
  );
};

const side = (analysis: Analysis, title: string): readonly Block[] => [
  heading(3, title),
  ...networkTable(analysis),
  ...networkGraphs(analysis, title),
  paragraph(
    strong('Communication matrix:'),
    ' what each service needs to reach, by its dependencies, variables, commands, and the configuration mounted into it.',
  ),
  ...matrixTable(analysis),
];

/** Networks and the communication matrix, today and afterwards. */
export const networksText = ({ before, after, consolidation }: ConsolidationInput): readonly Block[] => [
  ...side(before, 'Today'),
  ...(consolidation.verdict === 'proven' ? side(after, 'Afterwards') : []),
];
