import { cutNote, cutTo, type EdgeKind, type Graph, type GraphLimits, type NodeKind } from '../graph.js';
import { type Html, html } from './html.js';
import type { Box, LayOut, Placed, Point } from './layout.js';

/** More than this nobody can read, and it takes long to lay out. */
const LIMITS: GraphLimits = { nodes: 200, edges: 400 };

/** What an edge says, for the legend and for those who read the graph as a list. `a` and `b` are its ends. */
const EDGE_WORDS: Readonly<Record<EdgeKind, { readonly legend: string; readonly between: string }>> = {
  depends: { legend: 'starts before', between: 'starts before' },
  member: { legend: 'network and member', between: 'has the member' },
  reachable: { legend: 'needs and reaches', between: 'needs and reaches' },
  blocked: { legend: 'needs, and is blocked', between: 'needs, and cannot reach,' },
  localhost: { legend: 'asks localhost instead', between: 'asks localhost instead of' },
  absent: { legend: 'needs what the stack lacks', between: 'needs, and the stack lacks,' },
  same: { legend: 'the same service', between: 'is the same service as' },
  repeated: { legend: 'the same service, defined anew', between: 'is the same service as, and is defined anew by,' },
};

const NODE_WORDS: Readonly<Record<NodeKind, string>> = {
  service: 'service',
  network: 'network',
  missing: 'missing',
  override: 'changed or completed here',
  duplicate: 'defined once more here',
};

/** Edges without direction. */
const HEADLESS: ReadonlySet<EdgeKind> = new Set(['member', 'same', 'repeated']);

/** Half the width and the length of an arrow's head. */
const HEAD = { half: 3.6, length: 8 } as const;

const coordinates = ([x, y]: Point): string => `${x} ${y}`;

/** The curve of an edge. It ends where its arrow begins. */
const curvePath = (curve: readonly Point[]): string => {
  const [first, ...rest] = curve;
  if (!first) return '';
  // What is left of the groups of three is the tip of the arrow.
  const hasTip = rest.length % 3 !== 0;
  const bent = hasTip ? rest.slice(0, -1) : rest;
  const end = hasTip ? rest.at(-1) : undefined;
  return `M${coordinates(first)}C${bent.map(coordinates).join(' ')}${end ? `L${coordinates(end)}` : ''}`;
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The head of an arrow: it points from one place to another, and ends there. */
const headPath = (from: Point, to: Point): string => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const back: Point = [to[0] - ux * HEAD.length, to[1] - uy * HEAD.length];
  const side = (sign: number): Point => [
    tenth(back[0] - uy * sign * HEAD.half),
    tenth(back[1] + ux * sign * HEAD.half),
  ];
  return `M${coordinates(to)}L${coordinates(side(1))}L${coordinates(side(-1))}Z`;
};

const rectangle = ({ at: [x, y], width, height }: Box, radius: number): Html =>
  html`<rect x="${tenth(x - width / 2)}" y="${tenth(y - height / 2)}" width="${width}" height="${height}" rx="${radius}"/>`;

const label = ([x, y]: Point, text: string): Html => html`<text x="${x}" y="${y}">${text}</text>`;

const svg = ({ title, groups, nodes, edges }: Graph, placed: Placed): Html => {
  const edgeParts = edges.map(({ kind, label: said }, i) => {
    const { curve = [], label: at } = placed.edges[i] ?? {};
    const [before, tip] = curve.slice(-2);
    const head =
      HEADLESS.has(kind) || !before || !tip ? undefined : html`<path class="head" d="${headPath(before, tip)}"/>`;
    return html`<g class="edge ${kind}"><path d="${curvePath(curve)}"/>${head}${at && said ? label(at, said) : undefined}</g>`;
  });
  const groupParts = placed.groups.map(
    (box, i) => html`<g class="group">${rectangle(box, 8)}${label(box.label, groups[i] ?? '')}</g>`,
  );
  const nodeParts = placed.nodes.map((box, i) => {
    const { kind = 'service', label: text = '' } = nodes[i] ?? {};
    return html`<g class="node ${kind}">${rectangle(box, kind === 'network' ? tenth(box.height / 2) : 5)}${label(box.at, text)}</g>`;
  });
  const { width, height } = placed;
  return html`<svg role="img" aria-label="${title}" width="${width + 4}" height="${height + 4}" viewBox="-2 -2 ${width + 4} ${height + 4}">${groupParts}${edgeParts}${nodeParts}</svg>`;
};

/** What the kinds of a graph look like. */
const legend = ({ nodes, edges }: Graph): Html => {
  const nodeKinds = [...new Set(nodes.map(({ kind }) => kind))];
  const edgeKinds = [...new Set(edges.map(({ kind }) => kind))];
  return html`<ul class="legend">${nodeKinds.map(
    (kind) =>
      html`<li><svg class="key" aria-hidden="true" width="26" height="14" viewBox="0 0 26 14"><g class="node ${kind}"><rect x="1.5" y="1.5" width="23" height="11" rx="${kind === 'network' ? 5.5 : 3}"/></g></svg>${NODE_WORDS[kind]}</li>`,
  )}${edgeKinds.map(
    (kind) =>
      html`<li><svg class="key" aria-hidden="true" width="30" height="14" viewBox="0 0 30 14"><g class="edge ${kind}"><path d="M1 7L24 7"/>${HEADLESS.has(kind) ? undefined : html`<path class="head" d="M29 7L21 3.4L21 10.6Z"/>`}</g></svg>${EDGE_WORDS[kind].legend}</li>`,
  )}</ul>`;
};

/** The graph as a list of sentences, for those who do not see it. */
const asList = ({ nodes, edges }: Graph): Html => {
  const names = new Map(
    nodes.map(({ id, label: name, group }) => [id, group === undefined ? name : `${name} in ${group}`]),
  );
  const lines = edges.map(({ from, to, kind, label: said }) => {
    const after = said === undefined || kind === 'blocked' || kind === 'localhost' ? '' : ` (${said})`;
    return html`<li>${names.get(from)} ${EDGE_WORDS[kind].between} ${names.get(to)}${after}</li>`;
  });
  return lines.length === 0 ? html`` : html`<details><summary>The same as a list</summary><ul>${lines}</ul></details>`;
};

/** A graph as a figure: drawn, with a legend, and as a list. */
export const drawing = (whole: Graph, layOut: LayOut): Html => {
  const cut = cutTo(whole, LIMITS);
  const note = cutNote(cut);
  return html`<figure class="graph"><figcaption>${whole.title}</figcaption><div class="scroll" role="group" aria-label="${whole.title}">${svg(cut.graph, layOut(cut.graph))}</div>${note === undefined ? undefined : html`<p class="note">${note}</p>`}${legend(cut.graph)}${asList(cut.graph)}</figure>`;
};
