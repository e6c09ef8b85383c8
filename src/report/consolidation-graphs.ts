import type { Analysis } from '../consolidate/analysis.js';
import type { Presence } from '../consolidate/inventory.js';
import type { Reach, Topology } from '../lint/topology.js';
import { listed } from '../source/listed.js';
import type { ConsolidationInput } from './consolidation-input.js';
import type { Block } from './document.js';
import type { EdgeKind, Graph, GraphEdge, GraphNode, NodeKind } from './graph.js';

/** Today and, where the plan is proven, afterwards. */
const sidesOf = ({ before, after, consolidation }: ConsolidationInput): readonly (readonly [string, Analysis])[] => [
  ['Today', before],
  ...(consolidation.verdict === 'proven' ? [['Afterwards', after] as const] : []),
];

/** Who starts after whom; services without dependencies stand alone. */
const dependencyGraph = ({ inventory }: Analysis, side: string): Graph => ({
  title: `${side}, which services start before which`,
  groups: [],
  nodes: inventory.services.map(({ name }): GraphNode => ({ id: name, label: name, kind: 'service' })),
  edges: inventory.dependencies.map(({ from, to, condition }): GraphEdge => {
    return { from: to, to: from, kind: 'depends', label: condition.replace('service_', '') };
  }),
});

/** A service that is named and defined nowhere has a node, too. */
const withMissing = <G extends Omit<Graph, 'title'>>(graph: G): G => {
  const known = new Set(graph.nodes.map(({ id }) => id));
  const missing = new Set(graph.edges.flatMap(({ from, to }) => [from, to]).filter((id) => !known.has(id)));
  const nodes = [...missing].map((id): GraphNode => ({ id, label: id, kind: 'missing' }));
  return { ...graph, nodes: [...graph.nodes, ...nodes] };
};

export const dependencyGraphs = (input: ConsolidationInput): readonly Block[] =>
  sidesOf(input).map(([side, analysis]) => ({ kind: 'graph', graph: withMissing(dependencyGraph(analysis, side)) }));

const NODE_OF: Readonly<Record<Presence, NodeKind>> = {
  defined: 'service',
  override: 'override',
  duplicate: 'duplicate',
};

/** The files that each service lives in, and which parts are of one service. */
const layoutGraph = ({ inventory }: Analysis, side: string, name: (path: string) => string): Graph => {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const { name: service, files } of inventory.services) {
    let earlier: string | undefined;
    for (const [path, presence] of files) {
      const id = JSON.stringify([path, service]);
      nodes.push({ id, label: service, kind: NODE_OF[presence], group: name(path) });
      if (earlier !== undefined)
        edges.push({ from: earlier, to: id, kind: presence === 'duplicate' ? 'repeated' : 'same' });
      earlier = id;
    }
  }
  return {
    title: `${side}, the files that each service lives in`,
    groups: inventory.files.map(({ path }) => name(path)),
    nodes,
    edges,
  };
};

export const layoutGraphs = (input: ConsolidationInput): readonly Block[] =>
  sidesOf(input).map(([side, analysis]) => ({ kind: 'graph', graph: layoutGraph(analysis, side, input.name) }));

const EDGE_OF: Readonly<Record<Reach, EdgeKind>> = {
  reachable: 'reachable',
  separate: 'blocked',
  absent: 'absent',
  localhost: 'localhost',
};

/** Reaches from the best to the worst: two needs for one service are drawn as the worse. */
const ORDER: readonly Reach[] = ['reachable', 'absent', 'localhost', 'separate'];

/** What is written at an edge that leads nowhere. */
const LABELS: Readonly<Partial<Record<Reach, string>>> = { separate: 'blocked', localhost: 'localhost' };

const needEdges = ({ needs }: Topology): readonly GraphEdge[] => {
  const worst = new Map<string, Topology['needs'][number]>();
  for (const need of needs) {
    const key = JSON.stringify([need.from, need.to]);
    const known = worst.get(key);
    if (!known || ORDER.indexOf(need.reach) > ORDER.indexOf(known.reach)) worst.set(key, need);
  }
  return [...worst.values()].map(({ from, to, reach }) => {
    const label = LABELS[reach];
    return { from, to, kind: EDGE_OF[reach], ...(label === undefined ? {} : { label }) };
  });
};

/** What is drawn of a stack: its networks with their members, and who needs to reach whom. */
const networkGraph = (analysis: Analysis, topology: Topology): Omit<Graph, 'title'> => {
  const services = analysis.subject.stacks.find(({ name }) => name === topology.stack)?.services.keys() ?? [];
  const networkId = (name: string): string => JSON.stringify(['network', name]);
  return withMissing({
    groups: [],
    nodes: [
      ...topology.networks.map(({ name }): GraphNode => ({ id: networkId(name), label: name, kind: 'network' })),
      ...[...services].map((name): GraphNode => ({ id: name, label: name, kind: 'service' })),
    ],
    edges: [
      ...topology.networks.flatMap(({ name, members }) =>
        members.map((member): GraphEdge => ({ from: networkId(name), to: member, kind: 'member' })),
      ),
      ...needEdges(topology),
    ],
  });
};

/**
 * Networks of every stack; stacks that look alike are drawn once.
 * @param side When that is: today or afterwards.
 */
export const networkGraphs = (analysis: Analysis, side: string): readonly Block[] => {
  const drawn = new Map<string, { graph: Omit<Graph, 'title'>; stacks: string[] }>();
  for (const topology of analysis.topologies.filter(({ networks }) => networks.length > 0)) {
    const graph = networkGraph(analysis, topology);
    const key = JSON.stringify(graph);
    drawn.set(key, { graph, stacks: [...(drawn.get(key)?.stacks ?? []), topology.stack] });
  }
  return [...drawn.values()].map(({ graph, stacks }) => {
    const which = `${stacks.length === 1 ? 'stack' : 'stacks'} ${listed(stacks)}`;
    return { kind: 'graph', graph: { ...graph, title: `${side}, networks of the ${which} and who reaches whom` } };
  });
};
