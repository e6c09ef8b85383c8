/** What a node stands for; it decides how it is drawn. */
export type NodeKind = 'service' | 'network' | 'missing' | 'override' | 'duplicate';

/**
 * What an edge says. `member`: a service is on a network; `same` and `repeated`: two files have a part of one service, or the
 * later defines it anew. These have no direction; the others lead from one service to another.
 */
export type EdgeKind = 'depends' | 'member' | 'reachable' | 'blocked' | 'localhost' | 'absent' | 'same' | 'repeated';

export type GraphNode = {
  /** Unique in its graph. */
  readonly id: string;
  readonly label: string;
  readonly kind: NodeKind;
  /** The group that it is drawn in. */
  readonly group?: string;
};

export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly label?: string;
};

/** A drawing, whatever it is drawn with. Labels are any text. */
export type Graph = {
  /** What is seen, as a sentence without its full stop. */
  readonly title: string;
  /** Names of the groups, in their order. */
  readonly groups: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

/** How much is drawn at most. */
export type GraphLimits = { readonly nodes: number; readonly edges: number };

/** A graph with as many nodes and edges as may be drawn, the first ones, and how many are left out. */
export type CutGraph = { readonly graph: Graph; readonly nodesLeft: number; readonly edgesLeft: number };

/** Characters of a label; names are shorter. */
const LONGEST_LABEL = 80;

/** A label as it is drawn: no longer than names are. */
export const shortLabel = (label: string): string => {
  const characters = [...label.slice(0, 2 * LONGEST_LABEL)];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : label;
};

/** Cuts a graph to what can be drawn. Edges of nodes that are left out are left out, too. */
export const cutTo = (graph: Graph, limits: GraphLimits): CutGraph => {
  const nodes = graph.nodes.slice(0, limits.nodes).map((node) => ({ ...node, label: shortLabel(node.label) }));
  const kept = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges
    .filter(({ from, to }) => kept.has(from) && kept.has(to))
    .slice(0, limits.edges)
    .map((edge) => (edge.label === undefined ? edge : { ...edge, label: shortLabel(edge.label) }));
  const used = new Set(nodes.map(({ group }) => group));
  return {
    graph: { ...graph, groups: graph.groups.filter((group) => used.has(group)), nodes, edges },
    nodesLeft: graph.nodes.length - nodes.length,
    edgesLeft: graph.edges.length - edges.length,
  };
};

/** What is said under a graph that is cut; undefined for one that is whole. */
export const cutNote = ({ graph, nodesLeft, edgesLeft }: CutGraph): string | undefined =>
  nodesLeft + edgesLeft === 0
    ? undefined
    : `The graph is too large to be drawn as a whole: it shows ${graph.nodes.length} of ${graph.nodes.length + nodesLeft} nodes and ${graph.edges.length} of ${graph.edges.length + edgesLeft} edges.`;
