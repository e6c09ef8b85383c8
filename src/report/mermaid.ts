import {
  type CutGraph,
  cutNote,
  cutTo,
  type EdgeKind,
  type Graph,
  type GraphLimits,
  type NodeKind,
  shortLabel,
} from './graph.js';

/** What code hosts draw: Mermaid's own bounds (`maxEdges`, `maxTextSize`), which GitHub and GitLab leave as they are. */
export const MERMAID_BOUNDS = { edges: 500, characters: 50_000 } as const;

/** Where drawing starts: more nodes than this nobody can read. */
const LIMITS: GraphLimits = { nodes: 250, edges: MERMAID_BOUNDS.edges - 1 };

/** Characters that can stand in a quoted label as they are. The others are written as Mermaid's numeric entities. */
const PLAIN = /[\p{L}\p{N}\p{M} ._,/()+=@~?!\u2013\u2026-]/u;

/** A label in quotes: no text in it ends the quotes, becomes markup or a keyword. */
const quoted = (label: string): string => {
  return `"${[...shortLabel(label)].map((char) => (PLAIN.test(char) ? char : `#${char.codePointAt(0) ?? 0};`)).join('') || ' '}"`;
};

const SHAPES: Readonly<Record<NodeKind, (label: string) => string>> = {
  service: (label) => `[${label}]`,
  network: (label) => `([${label}])`,
  missing: (label) => `[${label}]:::missing`,
  override: (label) => `[${label}]:::override`,
  duplicate: (label) => `[${label}]:::duplicate`,
};

const CLASSES: Readonly<Partial<Record<NodeKind, string>>> = {
  missing: 'stroke-dasharray:2 4',
  override: 'stroke-dasharray:6 3',
  duplicate: 'stroke:#d1242f,stroke-width:3px',
};

const ARROWS: Readonly<Record<EdgeKind, string>> = {
  depends: '-->',
  member: '---',
  reachable: '-->',
  blocked: '-.->',
  localhost: '-.->',
  absent: '-.->',
  same: '-.-',
  repeated: '===',
};

const linesOf = ({ groups, nodes, edges }: Graph): readonly string[] => {
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const nodeLine = ({ id, label, kind }: Graph['nodes'][number]): string =>
    `${ids.get(id)}${SHAPES[kind](quoted(label))}`;
  const grouped = groups.flatMap((group, i) => [
    `  subgraph g${i}[${quoted(group)}]`,
    ...nodes.filter((node) => node.group === group).map((node) => `    ${nodeLine(node)}`),
    '  end',
  ]);
  const loose = nodes.filter(({ group }) => group === undefined).map((node) => `  ${nodeLine(node)}`);
  const lines = edges.map(({ from, to, kind, label }) => {
    const said = label === undefined ? '' : `|${quoted(label)}|`;
    return `  ${ids.get(from)} ${ARROWS[kind]}${said} ${ids.get(to)}`;
  });
  const used = new Set(nodes.map(({ kind }) => kind));
  const classes = Object.entries(CLASSES).flatMap(([kind, style]) =>
    [...used].some((each) => each === kind) ? [`  classDef ${kind} ${style}`] : [],
  );
  return ['graph LR', ...grouped, ...loose, ...lines, ...classes];
};

/** A graph in Mermaid's words, and what is said under it where it had to be cut. */
export type Mermaid = { readonly text: string; readonly note: string | undefined };

/** Draws as much of a graph as code hosts do. Names are any text: quotes, brackets, keywords, control characters. */
export const mermaidOf = (graph: Graph): Mermaid => {
  const draw = (limits: GraphLimits): { cut: CutGraph; text: string } => {
    const cut = cutTo(graph, limits);
    return { cut, text: `${linesOf(cut.graph).join('\n')}\n` };
  };
  let limits = LIMITS;
  let drawn = draw(limits);
  while (drawn.text.length > MERMAID_BOUNDS.characters) {
    limits = { nodes: Math.floor(limits.nodes / 2), edges: Math.floor(limits.edges / 2) };
    drawn = draw(limits);
  }
  return { text: drawn.text, note: cutNote(drawn.cut) };
};
