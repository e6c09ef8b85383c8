import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inputFor } from '../../src/cli/report.js';
import { consolidationMarkdown, SECTIONS } from '../../src/report/consolidation-report.js';
import { consolidationJson } from '../../src/report/consolidation-report-json.js';
import { FOG_COMPUTE, openFolder } from './open.js';

const REPORTS = new URL('../../reports/', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** After a change on purpose: `npx vitest run test/consolidate/reports.test.ts -u`. */
describe.each(['before', 'after'])('the report on the worked example, %s', (side) => {
  const input = inputFor(openFolder(`${FOG_COMPUTE}/${side}`));

  test('is fresh in reports/, as Markdown', async () => {
    await expect(consolidationMarkdown(input)).toMatchFileSnapshot(`${REPORTS}${side}.md`);
  });

  test('is fresh in reports/, as JSON', async () => {
    await expect(consolidationJson([input], version)).toMatchFileSnapshot(`${REPORTS}${side}.json`);
  });

  test('has all sections, with no text of its own missing', () => {
    for (const { text } of SECTIONS) expect(text(input).trim()).not.toBe('');
  });

  test('shows no credential, and no path of this machine', () => {
    const texts = [consolidationMarkdown(input), consolidationJson([input], version)];
    for (const text of texts) {
      expect(text).not.toContain('fog_password');
      expect(text).not.toMatch(/ADMIN_PASSWORD[=:] ?admin/);
      expect(text).not.toContain(FOG_COMPUTE);
    }
  });
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
