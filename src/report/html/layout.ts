import type { Graph } from '../graph.js';

/** A place in a drawing, in points from its upper left corner. */
export type Point = readonly [x: number, y: number];

/** A box by its middle and its size. */
export type Box = { readonly at: Point; readonly width: number; readonly height: number };

/** Where everything of a graph goes: nodes, edges and groups in the order of the graph. */
export type Placed = {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Box[];
  readonly groups: readonly (Box & { readonly label: Point })[];
  /** A Bézier curve: its first point, then three for each part of it; where its label goes. */
  readonly edges: readonly { readonly curve: readonly Point[]; readonly label: Point | undefined }[];
};

/** Lays graphs out. */
export type LayOut = (graph: Graph) => Placed;

/** Points in an inch, the unit of Graphviz's sizes. */
const INCH = 72;

/** A text as Graphviz reads it: neither escapes nor entities in it. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    // Graphviz stops at control characters.
    .replace(/\p{Cc}/gu, ' ')}"`;

/** Edges, from which on a graph is drawn in haste: more of them can take Graphviz minutes, and nobody follows their curves. */
const MANY_EDGES = 150;

/** Straight edges, and a tenth of the rounds in which Graphviz makes them shorter. */
const HASTE = ' splines=line nslimit=0.1 nslimit1=0.1 mclimit=0.05';

/**
 * A graph in Graphviz's words: nodes and groups by number, labels only for their sizes. Letters are measured a seventh larger
 * than they are drawn, since not every machine has the fonts that Graphviz knows. Groups stand side by side in their order:
 * edges that are not drawn lead from each to the next.
 */
const dotOf = ({ groups, nodes, edges }: Graph): string => {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const inGroup = (group: string | undefined): Graph['nodes'] => nodes.filter((node) => node.group === group);
  const node = ({ id, label, kind }: Graph['nodes'][number]): string =>
    `${ids.get(id)} [label=${quoted(label === '' ? ' ' : label)}${kind === 'network' ? ' margin="0.2,0.04"' : ''}];`;
  return [
    'digraph {',
    `graph [rankdir=LR newrank=true ranksep=0.5 nodesep=0.16 fontname="Helvetica-Bold" fontsize=15${edges.length > MANY_EDGES ? HASTE : ''}];`,
    'node [shape=box fontname="Helvetica" fontsize=16 margin="0.12,0.04" height=0.4];',
    'edge [fontname="Helvetica" fontsize=14];',
    ...groups.map(
      (group, i) =>
        `subgraph cluster_${i} { label=${quoted(group)}; margin=14; {rank=same; ${inGroup(group).map(node).join(' ')}} }`,
    ),
    ...inGroup(undefined).map(node),
    ...edges.map(
      ({ from, to, label }, i) => `${ids.get(from)} -> ${ids.get(to)} [id=e${i} label=${quoted(label ?? '')}];`,
    ),
    ...groups.slice(1).flatMap((group, i) => {
      const [first] = inGroup(groups[i]);
      return inGroup(group).map(({ id }) => `${ids.get(first?.id ?? id)} -> ${ids.get(id)} [style=invis];`);
    }),
    '}',
  ].join('\n');
};

type Laid = {
  readonly bb: string;
  readonly objects?: readonly {
    readonly name: string;
    readonly pos?: string;
    readonly width?: string;
    readonly height?: string;
    readonly bb?: string;
    readonly lp?: string;
  }[];
  readonly edges?: readonly { readonly id?: string; readonly pos?: string; readonly lp?: string }[];
};

/** `12.345` as a number of points, to a tenth: what is drawn does not depend on the last digits. */
const round = (value: number): number => Math.round(value * 10) / 10;

const numbers = (text: string): readonly number[] => text.split(/[\s,]+/).map(Number);

const placedFrom = ({ bb, objects = [], edges = [] }: Laid, graph: Graph): Placed => {
  const [, , width = 0, height = 0] = numbers(bb);
  // Graphviz counts upwards, pages count downwards.
  const point = (x = 0, y = 0): Point => [round(x), round(height - y)];
  const pointIn = (text: string): Point => point(...numbers(text));
  const byName = new Map(objects.map((object) => [object.name, object]));
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  return {
    width: round(width),
    height: round(height),
    nodes: graph.nodes.map((_, i) => {
      const { pos = '0,0', width: wide = '0', height: high = '0' } = byName.get(`n${i}`) ?? {};
      return { at: pointIn(pos), width: round(Number(wide) * INCH), height: round(Number(high) * INCH) };
    }),
    groups: graph.groups.map((_, i) => {
      const { bb: box = '0,0,0,0', lp = '0,0' } = byName.get(`cluster_${i}`) ?? {};
      const [left = 0, low = 0, right = 0, top = 0] = numbers(box);
      return {
        at: point((left + right) / 2, (low + top) / 2),
        width: round(right - left),
        height: round(top - low),
        label: pointIn(lp),
      };
    }),
    edges: graph.edges.map((_, i) => {
      const { pos = '', lp } = byId.get(`e${i}`) ?? {};
      const points = pos.split(' ').filter((part) => part !== '');
      const tip = points.find((part) => part.startsWith('e,'));
      const curve = points.filter((part) => part !== tip).map(pointIn);
      return {
        curve: tip === undefined ? curve : [...curve, pointIn(tip.slice(2))],
        label: lp === undefined ? undefined : pointIn(lp),
      };
    }),
  };
};

/**
 * Loads Graphviz, which is large, and gives what lays graphs out with it: its `dot`, from left to right. The same graph is
 * always laid out the same way.
 */
export const loadLayOut = async (): Promise<LayOut> => {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  return (graph) => placedFrom(JSON.parse(graphviz.layout(dotOf(graph), 'json', 'dot')) as Laid, graph);
};
