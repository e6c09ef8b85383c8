import type { Analysis } from '../consolidate/analysis.js';
import type { Reach, Topology } from '../lint/topology.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { block, paragraphs, table } from './markdown-table.js';

const SIGNS: Readonly<Record<Reach, string>> = {
  reachable: '✅ reachable',
  separate: '❌ blocked: no network in common',
  absent: '➖ not in the stack',
  localhost: '⚠️ sent to localhost, the container itself',
};

const identifier = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '_');

/** Networks of a stack, each with its members, as a Mermaid graph; a member of several is drawn in the first one. */
const networkGraph = ({ networks }: Topology): string => {
  const drawn = new Set<string>();
  const lines = networks.flatMap(({ name, members }) => {
    const own = members.filter((member) => !drawn.has(member));
    for (const member of own) drawn.add(member);
    return [
      `  subgraph n_${identifier(name)}["${name}"]`,
      `    a_${identifier(name)}(( ))`,
      ...own.map((member) => `    ${identifier(member)}["${member}"]`),
      '  end',
    ];
  });
  const shared = networks.flatMap(({ name, members }) =>
    members
      .filter((member) => networks.find((network) => network.members.includes(member))?.name !== name)
      .map((member) => `  ${identifier(member)} --- a_${identifier(name)}`),
  );
  return block('mermaid', ['graph LR', ...lines, ...shared, ''].join('\n'));
};

const networkTable = ({ topologies }: Analysis): string =>
  table(
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
export const matrixTable = ({ communication, topologies }: Analysis): string => {
  const stacks = topologies.map(({ stack }) => stack);
  return table(
    ['From', 'To', 'Purpose', ...stacks],
    communication.map(({ from, to, purposes, reach }) => [
      from,
      to,
      purposes.join(', '),
      ...stacks.map((stack) => {
        const how = reach.get(stack);
        return how === undefined ? '-' : SIGNS[how];
      }),
    ]),
  );
};

const side = (analysis: Analysis, title: string): string =>
  paragraphs(
    `### ${title}`,
    networkTable(analysis),
    ...analysis.topologies.map((topology) =>
      topology.networks.length === 0 ? '' : `Stack ${topology.stack}:\n\n${networkGraph(topology)}`,
    ),
    '**Communication matrix:** what each service needs to reach, by its dependencies, variables, commands, and the configuration mounted into it.',
    matrixTable(analysis),
  );

/** Networks and the communication matrix, today and afterwards. */
export const networksText = ({ before, after, consolidation }: ConsolidationInput): string =>
  paragraphs(side(before, 'Today'), consolidation.verdict === 'proven' ? side(after, 'Afterwards') : '');
