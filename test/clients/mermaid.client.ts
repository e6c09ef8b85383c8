import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { nodeIo } from '../../src/cli/node-io.js';
import { mermaidOf } from '../../src/report/mermaid.js';
import { ATTACK, HOSTILE_FILES } from '../report/html/hostile.js';
import { run } from '../run.js';
import { chromium } from './chromium.js';
import { fromNpm } from './install.js';

/**
 * The graphs of the Markdown report, read and drawn by Mermaid itself: of the worked example, of hostile names, and of every
 * set of files in the folder that FOG_LINT_CORPUS names, by default the one beside the project, where there is one.
 */

const ROOT = join(import.meta.dirname, '..', '..');
const CORPUS = process.env['FOG_LINT_CORPUS'] ?? join(ROOT, '..', 'shared', 'corpus', 'wild');

type Mermaid = { readonly parse: (text: string) => Promise<unknown> };

/** Mermaid, which wants a page around it; undefined where it cannot be had. */
const mermaid = async (prefix: string): Promise<Mermaid> => {
  const packages = createRequire(join(prefix, 'package.json'));
  const { JSDOM } = packages('jsdom') as { readonly JSDOM: new (page: string) => { readonly window: object } };
  const { window } = new JSDOM('');
  Object.assign(globalThis, { window, document: (window as { readonly document: object }).document });
  const file = pathToFileURL(join(prefix, 'node_modules', 'mermaid', 'dist', 'mermaid.core.mjs')).href;
  return ((await import(/* @vite-ignore */ file)) as { readonly default: Mermaid }).default;
};

const packages = fromNpm('mermaid');
const reader = packages === undefined ? undefined : await mermaid(packages);

/** The Mermaid graphs of a Markdown report. */
const graphsIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, graph = '']) => graph);

/** What fog-lint reports on a folder of the disk; nothing where there is nothing to report on. */
const reportOn = async (cwd: string): Promise<string> => {
  let out = '';
  const io = { ...nodeIo(), cwd, env: {}, write: (text: string) => (out += text), warn: () => undefined, exitCode: 0 };
  await main(['report', '-r'], io);
  return out;
};

const faultsOf = async (graphs: readonly string[]): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const graph of graphs)
    try {
      await reader?.parse(graph);
    } catch (error) {
      faults.push(`${error instanceof Error ? error.message : String(error)}\n${graph}`);
    }
  return faults;
};

/** Names that would end a label, a node or a graph, or that Mermaid knows as words of its own. */
const NAMES = [
  'end',
  'graph',
  'subgraph',
  'style',
  'click',
  'default',
  'o',
  'x-y',
  '"',
  '`',
  '`**bold**`',
  '[a](b)',
  '{{a}}',
  '|a|',
  '%% a comment',
  '%%{init: {"theme": "dark"}}%%',
  '---',
  '-->',
  ';',
  '#quot;',
  '&amp;',
  '<b>a</b>',
  'a\nb',
  'a\\nb',
  '$$x^2$$',
  'fa:fa-ban',
  '1. a list',
  'http://example.org/a?b=c&d',
  'данные',
  '数据库 🐘',
  ' ',
  '',
  ATTACK,
];

const hostile = mermaidOf({
  title: 'Hostile names',
  groups: NAMES,
  nodes: NAMES.map((name, i) => ({ id: name, label: name, kind: i % 2 === 0 ? 'service' : 'network', group: name })),
  edges: NAMES.map((name, i) => ({
    from: name,
    to: NAMES[(i + 1) % NAMES.length] ?? '',
    kind: 'blocked',
    label: name,
  })),
});

describe.skipIf(!reader)('Mermaid', () => {
  test('refuses what is no graph', async () => {
    expect(await faultsOf(['graph LR\n  a[ --> b\n'])).toHaveLength(1);
  });

  test.each(['before', 'after'])('reads the graphs of the worked example, %s', async (side) => {
    const graphs = graphsIn(await reportOn(join(ROOT, 'fixtures', 'fog-compute', side)));
    expect(graphs.length).toBeGreaterThan(3);
    expect(await faultsOf(graphs)).toEqual([]);
  });

  test('reads graphs of hostile names', async () => {
    const { out } = await run(['report'], HOSTILE_FILES);
    expect(graphsIn(out).length).toBeGreaterThan(3);
    expect(await faultsOf([...graphsIn(out), hostile.text])).toEqual([]);
  });

  const sets = existsSync(CORPUS) ? readdirSync(CORPUS).sort() : [];
  if (sets.length === 0)
    process.stderr.write('\nNOT RUN: Mermaid on a corpus: there is none here, and FOG_LINT_CORPUS names no other.\n');
  test.runIf(sets.length > 0)('reads the graphs of every set of a corpus', async () => {
    let count = 0;
    for (const name of sets) {
      const graphs = graphsIn(await reportOn(join(CORPUS, name)));
      count += graphs.length;
      expect({ name, faults: await faultsOf(graphs) }).toEqual({ name, faults: [] });
    }
    process.stderr.write(`Mermaid read ${count} graphs of ${sets.length} sets.\n`);
    expect(count).toBeGreaterThan(sets.length);
  });
});

const client = packages === undefined ? undefined : await chromium();
afterAll(() => client?.browser.close());

describe.skipIf(!client)('Mermaid in Chromium', () => {
  test('draws names by their letters, and runs nothing', async () => {
    if (!client || packages === undefined) return;
    const context = await client.browser.newContext({
      colorScheme: 'light',
      viewport: { width: 1200, height: 800 },
      offline: true,
    });
    const page = await context.newPage();
    await page.goto('about:blank');
    await page.addScriptTag({ path: join(packages, 'node_modules', 'mermaid', 'dist', 'mermaid.min.js') });
    const drawn = await page.evaluate(async (text: string) => {
      const { mermaid, document } = globalThis as unknown as {
        mermaid: {
          initialize: (settings: object) => void;
          render: (id: string, text: string) => Promise<{ svg: string }>;
        };
        document: {
          body: { innerHTML: string; querySelectorAll: (selector: string) => Iterable<{ textContent: string }> };
          title: string;
        };
      };
      mermaid.initialize({ startOnLoad: false });
      document.body.innerHTML = (await mermaid.render('graph', text)).svg;
      const labels = [...document.body.querySelectorAll('.node .nodeLabel')].map(({ textContent }) =>
        textContent.replace(/\s+/g, ' ').trim(),
      );
      return { labels, title: document.title };
    }, hostile.text);
    const shown = NAMES.map((name) => [...name.replace(/\s+/g, ' ').trim()]).map((letters) =>
      (letters.length > 80 ? [...letters.slice(0, 79), '…'] : letters).join(''),
    );
    expect(drawn).toEqual({ labels: shown, title: '' });
    await context.close();
  });
});
