import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fogLint } from '../program.js';
import { HOSTILE_FILES } from '../report/html/hostile.js';
import { type BrowserPage, chromium } from './chromium.js';

/** The pages as Chromium shows them. With FOG_LINT_SCREENSHOTS they are kept as pictures in that folder. */

const ROOT = join(import.meta.dirname, '..', '..');
const BEFORE = join(ROOT, 'fixtures', 'fog-compute', 'before');
const SCREENSHOTS = process.env['FOG_LINT_SCREENSHOTS'];

const client = await chromium();
const folder = mkdtempSync(join(tmpdir(), 'fog-lint-page-'));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await client?.browser.close();
});

/** Writes a page that fog-lint makes in a folder. */
const pageIn = (cwd: string, name: string, args: readonly string[]): string => {
  const path = join(folder, `${name}.html`);
  const { out, err } = fogLint([...args, '--format', 'html'], { cwd });
  if (err !== '') throw new Error(err);
  writeFileSync(path, out);
  return path;
};

const hostile = (): string => {
  const files = join(folder, 'hostile');
  for (const [name, text] of Object.entries(HOSTILE_FILES)) {
    mkdirSync(dirname(join(files, name)), { recursive: true });
    writeFileSync(join(files, name), text);
  }
  return files;
};

const PAGES: Readonly<Record<string, () => string>> = {
  report: () => join(ROOT, 'reports', 'fog-compute.html'),
  plan: () => pageIn(BEFORE, 'plan', ['consolidate']),
  findings: () => pageIn(BEFORE, 'findings', []),
  'report-on-several-folders': () => pageIn(join(ROOT, 'fixtures', 'report'), 'several', ['report', '-r']),
  'report-on-hostile-files': () => pageIn(hostile(), 'hostile-report', ['report']),
  'plan-for-hostile-files': () => pageIn(hostile(), 'hostile-plan', ['consolidate']),
  'findings-in-hostile-files': () => pageIn(hostile(), 'hostile-findings', []),
};

const made = new Map<string, string>();
const urlOf = (name: string): string => {
  const path = made.get(name) ?? PAGES[name]?.() ?? '';
  made.set(name, path);
  return pathToFileURL(path).href;
};

/** A page that is open, and what it has said and asked for so far. */
type Open = {
  readonly page: BrowserPage;
  readonly said: readonly string[];
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
};

const open = async (name: string, colorScheme: 'light' | 'dark' = 'light', width = 1280): Promise<Open> => {
  if (!client) throw new Error('there is no browser');
  // A page that was made with a request in it would still show it: requests count before they fail.
  const context = await client.browser.newContext({ colorScheme, viewport: { width, height: 900 }, offline: true });
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => said.push(message.text?.() ?? ''));
  page.on('pageerror', (error) => said.push(error.message ?? ''));
  page.on('request', (request) => asked.push(request.url?.() ?? ''));
  await page.goto(urlOf(name));
  return { page, said, asked, close: () => context.close() };
};

/** What Chromium still paints at once. */
const PICTURE_HEIGHT = 4000;

/** The whole page in pictures below each other, `<path>-01.png` and so on: one of all of it takes longer than Chromium waits. */
const keepPictures = async (page: BrowserPage, width: number, path: string): Promise<void> => {
  await page.setViewportSize({ width, height: PICTURE_HEIGHT });
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  for (let top = 0, number = 1; top < height; top += PICTURE_HEIGHT, number++) {
    await page.evaluate(`scrollTo(0, ${top})`);
    await page.screenshot({ path: `${path}-${String(number).padStart(2, '0')}.png` });
  }
};

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

const violationsOf = async (page: BrowserPage, axe: string): Promise<readonly string[]> => {
  await page.evaluate(readFileSync(axe, 'utf8'));
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** Themes and widths; every page in two of them, the one that has everything in all. */
const LOOKS = [
  ['light', 1440],
  ['dark', 390],
  ['dark', 1440],
  ['light', 800],
] as const;
const looksOf = (name: string) => LOOKS.slice(0, name === 'report' ? LOOKS.length : 2);

describe.skipIf(!client)('a page in Chromium', () => {
  test.each(Object.keys(PAGES).flatMap((name) => looksOf(name).map((look) => [name, ...look] as const)))(
    '%s, %s, %i wide: hinders nobody, says nothing, asks for nothing, fits',
    async (name, scheme, width) => {
      const { page, said, asked, close } = await open(name, scheme, width);
      const title = await page.evaluate<string>('document.title');
      await page.evaluate("document.querySelector('[data-fold=open]').click()");
      expect(await violationsOf(page, client?.axe ?? '')).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect({ said, asked }).toEqual({ said: [], asked: [urlOf(name)] });
      expect(await page.evaluate<string>('document.title')).toBe(title);
      expect(title).not.toBe('owned');
      if (SCREENSHOTS !== undefined) await keepPictures(page, width, join(SCREENSHOTS, `${name}-${scheme}-${width}`));
      await close();
    },
  );

  test('its policy keeps scripts, styles and requests out that it does not hold', async () => {
    const { page, said, close } = await open('report');
    await page.evaluate(`(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(script);
      document.body.setAttribute('style', 'display: none');
      const image = new Image();
      image.src = 'https://example.org/x.png';
      await fetch('https://example.org/').catch(() => {});
    })()`);
    expect(await page.evaluate<string>('document.title')).toBe('Docker Compose consolidation of before');
    expect(await page.evaluate<string>('getComputedStyle(document.body).display')).not.toBe('none');
    for (const kind of ['script-src', 'style-src', 'img-src', 'connect'])
      expect(said.some((line) => line.includes(kind))).toBe(true);
    await close();
  });

  test('on paper there is everything, in light colours, and no controls', async () => {
    const { page, close } = await open('report', 'dark');
    await page.emulateMedia({ media: 'print' });
    const facts = await page.evaluate(`({
      controls: [...document.querySelectorAll('nav, .filters, .folds')].filter((each) => each.checkVisibility()).length,
      folded: [...document.querySelectorAll('details:not([open])')].length,
      hidden: [...document.querySelectorAll('details > :not(summary)')].filter((each) => !each.checkVisibility({ contentVisibilityAuto: true })).length,
      paper: getComputedStyle(document.body).backgroundColor,
    })`);
    expect(facts).toEqual({ controls: 0, folded: expect.any(Number), hidden: 0, paper: 'rgb(255, 255, 255)' });
    expect(facts).not.toMatchObject({ folded: 0 });
    await close();
  });
});

describe.skipIf(!client)('by keyboard alone', () => {
  let opened: Open | undefined;
  const page = (): BrowserPage => {
    if (!opened) throw new Error('no page is open');
    return opened.page;
  };
  beforeAll(async () => {
    opened = await open('report');
  });
  afterAll(() => opened?.close());

  /** Goes forward until the control that a selector names has the focus. */
  const reach = async (selector: string): Promise<void> => {
    for (let i = 0; i < 80; i += 1) {
      if (await page().evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      await page().keyboard.press('Tab');
    }
    throw new Error(`${selector} is not reached`);
  };

  /** Where the keyboard is after a fresh start at the top of the page. */
  const fromTop = (): Promise<unknown> => page().evaluate("document.querySelector('.skip').focus()");

  /** What is shown: the count that is told, and the severities, rules, files and stacks of the findings in sight. */
  const shown = (): Promise<{
    said: string;
    severities: string[];
    rules: string[];
    files: string[];
    stacks: string[];
  }> =>
    page().evaluate(`(() => {
      const all = [...document.querySelectorAll('.finding')].filter((each) => each.checkVisibility());
      const each = (name) => [...new Set(all.map(({ dataset }) => dataset[name]))].sort();
      return { said: document.querySelector('.filters output').value, severities: each('severity'), rules: each('rule'), files: each('file'), stacks: each('stacks') };
    })()`);

  const total = (): Promise<number> => page().evaluate("document.querySelectorAll('.finding').length");

  test('the first step skips to the report', async () => {
    await page().keyboard.press('Tab');
    await page().keyboard.press('Enter');
    expect(await page().evaluate('document.activeElement.id')).toBe('content');
  });

  test('severities are taken out', async () => {
    await reach('input[value=warning]');
    await page().keyboard.press('Space');
    await reach('input[value=info]');
    await page().keyboard.press('Space');
    const { said, severities } = await shown();
    expect(severities).toEqual(['error']);
    expect(said).toMatch(new RegExp(`^[1-9]\\d* of ${await total()} findings$`));
  });

  test('a rule is chosen, and all are shown again', async () => {
    await reach('select[name=rule]');
    await page().keyboard.type('port-coll');
    expect((await shown()).rules).toEqual(['port-collision']);
    await reach('button[type=reset]');
    await page().keyboard.press('Enter');
    await expect.poll(async () => (await shown()).said).toBe(`${await total()} of ${await total()} findings`);
  });

  test.each([
    ['file', 'docker-compose.dev', 'files', ['docker-compose.dev.yml']],
    ['stack', 'betanet-a', 'stacks', expect.arrayContaining([expect.stringContaining('"betanet-alone"')])],
  ] as const)('a %s is chosen', async (name, typed, kind, expected) => {
    await fromTop();
    await reach(`select[name=${name}]`);
    await page().keyboard.type(typed);
    const found = await shown();
    expect(found[kind]).toEqual(expected);
    if (kind === 'stacks') for (const stacks of found.stacks) expect(JSON.parse(stacks)).toContain('betanet-alone');
    await reach('button[type=reset]');
    await page().keyboard.press('Enter');
  });

  test('a finding is folded and unfolded', async () => {
    await fromTop();
    await reach('.finding summary');
    const isOpen = (): Promise<boolean> => page().evaluate("document.querySelector('.finding details').open");
    expect(await isOpen()).toBe(true);
    await page().keyboard.press('Enter');
    expect(await isOpen()).toBe(false);
  });

  test('what is wider than the page can be scrolled', async () => {
    const facts = await page().evaluate(
      "[...document.querySelectorAll('.scroll')].map((box) => [box.checkVisibility() && box.scrollWidth > box.clientWidth, box.tabIndex === 0])",
    );
    expect(facts).toEqual((facts as [boolean, boolean][]).map(([isWide]) => [isWide, isWide]));
  });
});
