import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { inputFor } from '../../src/cli/report.js';
import { levelsFor } from '../../src/lint/levels.js';
import { lint } from '../../src/lint/run.js';
import type { ConsolidationInput } from '../../src/report/consolidation-input.js';
import { consolidationMarkdown, SECTIONS } from '../../src/report/consolidation-report.js';
import { consolidationJson } from '../../src/report/consolidation-report-json.js';
import { consolidationPage } from '../../src/report/html/consolidation-page.js';
import { sarifReport } from '../../src/report/sarif.js';
import type { Workspace } from '../../src/workspace/workspace.js';
import { FOG_COMPUTE, openFolder } from './open.js';

const REPORTS = new URL('../../reports/', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What the rules say about one side, as SARIF. */
const sarifOf = (workspace: Workspace): string => {
  const levels = levelsFor(workspace.settings, { only: new Set(), rules: new Map() });
  return sarifReport({
    version,
    cwd: workspace.root,
    results: [lint(workspace, { rules, levels })],
    rules: rules.map(({ meta }) => meta),
    ruleLink: (id) => `rules/${id}.md`,
  });
};

const pageOf = (input: ConsolidationInput): Promise<string> =>
  consolidationPage(
    [input],
    rules.map(({ meta }) => meta),
    version,
  );

/** After a change on purpose: `npx vitest run test/consolidate/reports.test.ts -u`. */
describe.each(['before', 'after'])('the report on the worked example, %s', (side) => {
  const workspace = openFolder(`${FOG_COMPUTE}/${side}`);
  const input = inputFor(workspace);

  test('is fresh in reports/, as Markdown', async () => {
    await expect(consolidationMarkdown(input)).toMatchFileSnapshot(`${REPORTS}${side}.md`);
  });

  test('is fresh in reports/, as JSON', async () => {
    await expect(consolidationJson([input], version)).toMatchFileSnapshot(`${REPORTS}${side}.json`);
  });

  test('is fresh in reports/, as SARIF', async () => {
    await expect(sarifOf(workspace)).toMatchFileSnapshot(`${REPORTS}${side}.sarif`);
  });

  test('has all sections, with no text of its own missing', () => {
    for (const { blocks } of SECTIONS) expect(blocks(input)).not.toEqual([]);
  });

  test('shows no credential, and no path of this machine', async () => {
    const texts = [
      consolidationMarkdown(input),
      consolidationJson([input], version),
      sarifOf(workspace),
      await pageOf(input),
    ];
    for (const text of texts) {
      expect(text).not.toContain('fog_password');
      expect(text).not.toMatch(/ADMIN_PASSWORD[=:] ?admin/);
      expect(text).not.toContain(FOG_COMPUTE);
    }
  });
});

test('the page on the worked example is fresh in reports/', async () => {
  const page = await pageOf(inputFor(openFolder(`${FOG_COMPUTE}/before`)));
  await expect(page).toMatchFileSnapshot(`${REPORTS}fog-compute.html`);
});

test('the figures of the analysis are those of the files', () => {
  const text = readFileSync(`${REPORTS}before.md`, 'utf8');
  expect(text).toContain(
    '17 of 170 settings (10 %) repeat an earlier file; with repetitions inside families of services it is 43 (25.3 %)',
  );
  expect(text).toContain(
    '**prometheus**, docker-compose.yml and docker-compose.betanet.yml: 3 of 12 distinct settings are the same.',
  );
  expect(text).toContain(
    '**grafana**, docker-compose.yml and docker-compose.betanet.yml: 4 of 18 distinct settings are the same.',
  );
});
