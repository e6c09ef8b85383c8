import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/report/graph.js';
import { MERMAID_BOUNDS, mermaidOf } from '../../src/report/mermaid.js';

const graphOf = (names: readonly string[], edges: Graph['edges'] = []): Graph => ({
  title: 'Names',
  groups: [],
  nodes: names.map((name) => ({ id: name, label: name, kind: 'service' })),
  edges,
});

test('names, kinds, groups and edges have their forms', () => {
  const graph: Graph = {
    title: 'All forms',
    groups: ['a.yml', 'b.yml'],
    nodes: [
      { id: 'web', label: 'web', kind: 'service', group: 'a.yml' },
      { id: 'web2', label: 'web', kind: 'override', group: 'b.yml' },
      { id: 'net', label: 'front', kind: 'network' },
      { id: 'gone', label: 'gone', kind: 'missing' },
    ],
    edges: [
      { from: 'web2', to: 'web', kind: 'same' },
      { from: 'net', to: 'web', kind: 'member' },
      { from: 'web', to: 'gone', kind: 'blocked', label: 'blocked' },
    ],
  };
  expect(mermaidOf(graph)).toEqual({
    text: `graph LR
  subgraph g0["a.yml"]
    n0["web"]
  end
  subgraph g1["b.yml"]
    n1["web"]:::override
  end
  n2(["front"])
  n3["gone"]:::missing
  n1 -.- n0
  n2 --- n0
  n0 -.->|"blocked"| n3
  classDef missing stroke-dasharray:2 4
  classDef override stroke-dasharray:6 3
`,
    note: undefined,
  });
});

test.each([
  ['a keyword', 'end', 'end'],
  ['an icon', 'fa:fa-ban', 'fa#58;fa-ban'],
  ['quotes', 'a"b', 'a#34;b'],
  ['brackets', '[a]({b})', '#91;a#93;(#123;b#125;)'],
  ['markup', '<script>', '#60;script#62;'],
  ['an entity', '&lt;#35;', '#38;lt#59;#35;35#59;'],
  ['backticks', '`**a**`', '#96;#42;#42;a#42;#42;#96;'],
  ['a line break', 'a\nb', 'a#10;b'],
  ['other scripts', 'сервис 数据库 é', 'сервис 数据库 é'],
  ['nothing', '', ' '],
  ['a long name', 'x'.repeat(100), `${'x'.repeat(79)}…`],
])('%s in a name', (_, name, label) => {
  expect(mermaidOf(graphOf([name])).text).toBe(`graph LR\n  n0["${label}"]\n`);
});

test('names that differ by signs only have nodes of their own', () => {
  expect(mermaidOf(graphOf(['a-b', 'a_b', 'a.b'])).text).toBe('graph LR\n  n0["a-b"]\n  n1["a_b"]\n  n2["a.b"]\n');
});

describe('a graph that no code host draws is cut, and says so', () => {
  const names = Array.from({ length: 400 }, (_, i) => `service-${i}`);

  test('by its edges', () => {
    const few = names.slice(0, 40);
    const all = few.flatMap((from) => few.map((to) => ({ from, to, kind: 'reachable' as const })));
    const { text, note } = mermaidOf(graphOf(few, all));
    expect(text.match(/-->/g)).toHaveLength(MERMAID_BOUNDS.edges - 1);
    expect(note).toBe('The graph is too large to be drawn as a whole: it shows 40 of 40 nodes and 499 of 1600 edges.');
  });

  test('by its text', () => {
    const long = names.map((name) => `${name}${'"'.repeat(70)}`);
    const { text, note } = mermaidOf(graphOf(long));
    expect(text.length).toBeLessThanOrEqual(MERMAID_BOUNDS.characters);
    expect(note).toBe('The graph is too large to be drawn as a whole: it shows 125 of 400 nodes and 0 of 0 edges.');
  });
});
