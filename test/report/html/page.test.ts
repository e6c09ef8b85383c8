import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { run } from '../../run.js';
import { HOSTILE_FILES } from './hostile.js';

const COMMANDS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['report', ['report', '--format', 'html']],
  ['consolidate', ['consolidate', '--format', 'html']],
  ['lint', ['--format', 'html']],
];

const BASE = 'services:\n  web:\n    image: example/web:1\n    restart: always\n';
const FILES = {
  'compose.yaml': `version: "3"\n${BASE}`,
  'compose.prod.yaml': 'services:\n  web:\n    restart: always\n    environment: {A: b}\n',
};

/** Everything that the tags of a page say, one after the other: what stands between them is text. */
const tagsOf = (page: string): readonly string[] =>
  [...page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>').matchAll(/<[^>]*>/g)].map(([tag]) => tag);

describe.each(COMMANDS)('the page of %s', (_, args) => {
  test('is one file with a policy that allows its own style and script alone', async () => {
    const { out, err } = await run(args, FILES);
    expect(err).toBe('');
    const hashOf = (name: string): string => {
      const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(out)?.[1] ?? '';
      return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
    };
    expect(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(out)?.[1]).toBe(
      `default-src &#39;none&#39;; style-src ${hashOf('style')}; script-src ${hashOf('script')}; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
    );
    const tags = tagsOf(out);
    expect(tags.filter((tag) => /^<(?:script|style)/.test(tag))).toEqual(['<style>', '<script>']);
    expect(tags.filter((tag) => /\s(?:style|on\w+)=/.test(tag))).toEqual([]);
    const addresses = tags.flatMap((tag) => [...tag.matchAll(/\s(?:href|src|action|data|xlink:href)="([^"]*)"/g)]);
    expect(addresses.map(([, to = '']) => to).filter((to) => !to.startsWith('#'))).toEqual(['data:,']);
  });

  test('leads nowhere but to places that it has, each of which it has once', async () => {
    const { out } = await run(args, FILES);
    const ids = [...out.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of out.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('shows what is hostile by its letters, and no credential', async () => {
    const { out, err } = await run(args, HOSTILE_FILES);
    expect(err).toBe('');
    const tags = tagsOf(out);
    expect(tags.filter((tag) => /^<(?:script|style|img)/.test(tag))).toEqual(['<style>', '<script>']);
    expect(tags.filter((tag) => /\son\w+=/.test(tag.replaceAll(/"[^"]*"/g, '""')))).toEqual([]);
    expect(out).toContain('&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;');
    expect(out).toContain('&amp;lt;b&amp;gt;');
    expect(out).not.toContain('correct-horse-battery');
  });

  test('is the same each time', async () => {
    expect((await run(args, HOSTILE_FILES)).out).toBe((await run(args, HOSTILE_FILES)).out);
  });
});

test('a page on several folders has a part for each', async () => {
  const { out } = await run(['report', '-r', '--format', 'html'], { 'a/compose.yaml': BASE, 'b/compose.yaml': BASE });
  expect([...out.matchAll(/<h1>(.*)<\/h1>/g)].map(([, title]) => title)).toEqual([
    'Docker Compose consolidation of a',
    'Docker Compose consolidation of b',
  ]);
  expect(out).toContain('<h2 id="1-summary">');
  expect(out).toContain('<h2 id="2-summary">');
});

test('a page without findings says so', async () => {
  const { code, out } = await run(['--no-config', '--only', 'port-collision', '--format', 'html'], {
    'compose.yaml': BASE,
  });
  expect(code).toBe(0);
  expect(out).toContain('<p>No problems in 1 file.</p>');
  expect(out).toContain('<p>There are no findings.</p>');
});
