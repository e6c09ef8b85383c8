import { expect, test } from 'vitest';
import { run } from '../run.js';

type Advice = {
  readonly help?: string;
  readonly related: readonly { readonly file?: string; readonly line: number }[];
};

test.each([
  ['redis:latest', 'Name the version that you run now.', []],
  ['redis', 'Name the version that you run now.', []],
  ['${REGISTRY:-docker.io}/redis:latest', 'Name the version that you run now.', []],
  ['redis:${TAG:-latest}', 'Name the version that you run now in TAG, and in its default.', []],
  ['${IMAGE:-redis:latest}', 'Name the version that you run now in IMAGE, and in its default.', []],
  ['redis:${GIVEN}', 'Name the version that you run now in GIVEN.', ['.env:1']],
  ['${NAME}', 'Name the version that you run now in NAME.', ['.env:2']],
])('the advice for %s', async (image, help, places) => {
  const files = { 'compose.yml': `services:\n  db:\n    image: ${image}\n`, '.env': 'GIVEN=latest\nNAME=redis\n' };
  const { out } = await run(['--only', 'latest-tag', '--format', 'json'], files);
  const { findings } = JSON.parse(out) as { readonly findings: readonly Advice[] };
  const found = findings.map((finding) => [finding.help, finding.related.map(({ file, line }) => `${file}:${line}`)]);
  expect(found).toEqual([[help, places]]);
});
