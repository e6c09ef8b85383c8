import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../src/report/graph.js';
import { changesHtml } from '../../../src/report/html/diff.js';
import { drawing } from '../../../src/report/html/drawing.js';
import { frame } from '../../../src/report/html/frame.js';
import { html } from '../../../src/report/html/html.js';
import { loadLayOut } from '../../../src/report/html/layout.js';
import { words } from '../../../src/report/html/words.js';
import { sourceOf } from '../../../src/source/source.js';

describe('a template', () => {
  test.each([
    ['a text', '<a href="x">\'&', '&lt;a href=&quot;x&quot;&gt;&#39;&amp;'],
    ['a number', 3, '3'],
    ['nothing', undefined, ''],
    ['a list', ['a', html`<b>${'<'}</b>`, [1]], 'a<b>&lt;</b>1'],
    ['characters that HTML forbids', 'a\0b\u001bc\ufdd0d\ud800e\n\tf', 'a\ufffdb\ufffdc\ufffdd\ufffde\n\tf'],
  ])('puts in %s', (_, content, expected) => {
    expect(html`<p>${content}</p>`.text).toBe(`<p>${expected}</p>`);
  });
});

test.each([
  ['is `a < b` so', 'is <code>a &lt; b</code> so'],
  ['one ` alone', 'one ` alone'],
])('running text: %s', (text, expected) => {
  expect(words(text).text).toBe(expected);
});

/** HTML with a line for each line, row, cell that it starts. */
const asLines = (text: string): string =>
  text.replace(/(?=<(?:div|p|pre|span class="line|tr|tbody|td)\b)/g, '\n').trim();

test('source lines stand around the places, marked, with notes and without credentials', () => {
  const source = sourceOf(
    '/a/compose.yml',
    'services:\n  a:\n    image: x\n    x: 1\n    y: 2\n    z: 3\n    KEY: hidden\n',
  );
  const at = (text: string) => {
    const start = source.text.indexOf(text);
    return { source, start, end: start + text.length };
  };
  const text = frame(
    [
      { at: at('image'), message: '', isPrimary: true },
      { at: at('hidden'), message: 'it is `here`', isPrimary: false },
    ],
    (path) => path.slice(3),
    [at('hidden')],
  ).text;
  expect(asLines(text)).toMatchInlineSnapshot(`
    "<div class="frame">
    <p class="place">compose.yml:3:5</p>
    <pre>
    <span class="line"><span class="number">2</span><span>  a:</span></span>
    <span class="line"><span class="number">3</span><span>    <mark>image</mark>: x</span></span>
    <span class="line"><span class="number">4</span><span>    x: 1</span></span>
    <span class="line"><span class="number">5</span><span>    y: 2</span></span>
    <span class="line"><span class="number">6</span><span>    z: 3</span></span>
    <span class="line"><span class="number">7</span><span>    KEY: <mark class="related">••••••</mark></span></span>
    <span class="line note"><span class="number"></span><span>it is <code>here</code></span></span></pre></div>"
  `);
});

describe('files side by side', () => {
  const file = { name: 'compose.yml', formerName: undefined };

  test('show what changes with the lines around it', () => {
    const before = 'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nversion: "3"\nimage: example/web:latest\n';
    const after = 'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nimage: example/web:1.2\nnew: <1>\n';
    expect(asLines(changesHtml([{ ...file, before, after }]).text)).toMatchInlineSnapshot(`
      "<details class="change" open><summary>compose.yml</summary><table class="diff"><caption class="hidden">compose.yml, line by line</caption><colgroup><col class="number"><col><col class="number"><col></colgroup><thead>
      <tr><th scope="colgroup" colspan="2">Today</th><th scope="colgroup" colspan="2">Afterwards</th></tr></thead>
      <tbody>
      <tr class="same">
      <td class="number old">3</td>
      <td class="old">c: 1</td>
      <td class="number new">3</td>
      <td class="new">c: 1</td></tr>

      <tr class="same">
      <td class="number old">4</td>
      <td class="old">d: 1</td>
      <td class="number new">4</td>
      <td class="new">d: 1</td></tr>

      <tr class="same">
      <td class="number old">5</td>
      <td class="old">e: 1</td>
      <td class="number new">5</td>
      <td class="new">e: 1</td></tr>

      <tr>
      <td class="number old del">6</td>
      <td class="old del"><del>version: &quot;3&quot;</del></td>
      <td class="number new ins">6</td>
      <td class="new ins"><ins>image: example/web:1.2</ins></td></tr>

      <tr>
      <td class="number old del">7</td>
      <td class="old del"><del>image: example/web:latest</del></td>
      <td class="number new ins">7</td>
      <td class="new ins"><ins>new: &lt;1&gt;</ins></td></tr>
      </tbody></table></details>"
    `);
  });

  test.each([
    ['compose.yml is new', { ...file, before: undefined, after: 'a\n' }],
    ['compose.yml goes', { ...file, before: 'a\n', after: undefined }],
    ['dev.yml becomes compose.yml', { ...file, formerName: 'dev.yml', before: 'a\n', after: 'b\n' }],
  ])('say that %s', (title, changed) => {
    expect(changesHtml([changed]).text).toContain(`<summary>${title}</summary>`);
  });
});

describe('a graph', async () => {
  const layOut = await loadLayOut();
  const graph: Graph = {
    title: 'Two & a network',
    groups: [],
    nodes: [
      { id: 'net', label: 'front', kind: 'network' },
      { id: 'a', label: '</svg><b>', kind: 'service' },
      { id: 'b', label: 'b\\N"', kind: 'missing' },
    ],
    edges: [
      { from: 'net', to: 'a', kind: 'member' },
      { from: 'a', to: 'b', kind: 'blocked', label: 'blocked' },
    ],
  };

  test('is drawn, explained and told as a list', () => {
    expect(drawing(graph, layOut).text.replace(/(?=<(?:g|li|div|ul|details)\b)/g, '\n')).toMatchInlineSnapshot(`
      "<figure class="graph"><figcaption>Two &amp; a network</figcaption>
      <div class="scroll" role="group" aria-label="Two &amp; a network"><svg role="img" aria-label="Two &amp; a network" width="333" height="35.2" viewBox="-2 -2 333 35.2">
      <g class="edge member"><path d="M61.1 16.8C68.8 16.8 77.4 16.8 86.1 16.8L97.4 16.8"/></g>
      <g class="edge blocked"><path d="M191.1 16.8C214.2 16.8 241.7 16.8 263.4 16.8L274.8 16.8"/><path class="head" d="M274.8 16.8L266.8 20.4L266.8 13.2Z"/><text x="232.8" y="8.4">blocked</text></g>
      <g class="node network"><rect x="0" y="2.4" width="60.8" height="28.8" rx="14.4"/><text x="30.4" y="16.8">front</text></g>
      <g class="node service"><rect x="97.9" y="2.4" width="92.9" height="28.8" rx="5"/><text x="144.3" y="16.8">&lt;/svg&gt;&lt;b&gt;</text></g>
      <g class="node missing"><rect x="275" y="2.4" width="54" height="28.8" rx="5"/><text x="302" y="16.8">b\\N&quot;</text></g></svg></div>
      <ul class="legend">
      <li><svg class="key" aria-hidden="true" width="26" height="14" viewBox="0 0 26 14">
      <g class="node network"><rect x="1.5" y="1.5" width="23" height="11" rx="5.5"/></g></svg>network</li>
      <li><svg class="key" aria-hidden="true" width="26" height="14" viewBox="0 0 26 14">
      <g class="node service"><rect x="1.5" y="1.5" width="23" height="11" rx="3"/></g></svg>service</li>
      <li><svg class="key" aria-hidden="true" width="26" height="14" viewBox="0 0 26 14">
      <g class="node missing"><rect x="1.5" y="1.5" width="23" height="11" rx="3"/></g></svg>missing</li>
      <li><svg class="key" aria-hidden="true" width="30" height="14" viewBox="0 0 30 14">
      <g class="edge member"><path d="M1 7L24 7"/></g></svg>network and member</li>
      <li><svg class="key" aria-hidden="true" width="30" height="14" viewBox="0 0 30 14">
      <g class="edge blocked"><path d="M1 7L24 7"/><path class="head" d="M29 7L21 3.4L21 10.6Z"/></g></svg>needs, and is blocked</li></ul>
      <details><summary>The same as a list</summary>
      <ul>
      <li>front has the member &lt;/svg&gt;&lt;b&gt;</li>
      <li>&lt;/svg&gt;&lt;b&gt; needs, and cannot reach, b\\N&quot;</li></ul></details></figure>"
    `);
  });

  test('is laid out with its groups from left to right, each in a column', () => {
    const { groups, nodes } = layOut({
      title: '',
      groups: ['a.yml', 'b.yml', 'c.yml'],
      nodes: ['a.yml', 'b.yml', 'c.yml'].flatMap((group) =>
        ['web', 'db'].map((label) => ({ id: `${group} ${label}`, label, kind: 'service' as const, group })),
      ),
      edges: [{ from: 'a.yml web', to: 'c.yml web', kind: 'same' }],
    });
    const [a, b, c] = groups.map(({ at: [x] }) => x);
    expect([a, b, c]).toEqual([a, b, c].sort((left = 0, right = 0) => left - right));
    expect(nodes.map(({ at: [x] }) => x)).toEqual([a, a, b, b, c, c]);
  });

  test('that is too large is cut, and says so', () => {
    const nodes = Array.from({ length: 300 }, (_, i) => ({ id: `${i}`, label: `${i}`, kind: 'service' as const }));
    const text = drawing({ ...graph, nodes, edges: [] }, layOut).text;
    expect(text.match(/<g class="node service"><rect [^>]*><\/rect>|<text /g)).toHaveLength(200);
    expect(text).toContain('it shows 200 of 300 nodes and 0 of 0 edges.');
  });
});
