import { expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import type { RuleMeta } from '../../src/lint/rule.js';
import { rulePage } from '../../src/lint/rule-page.js';
import { settingsSchema } from '../../src/workspace/settings-schema.js';

const META: RuleMeta = {
  id: 'loud-name',
  severity: 'warning',
  preset: 'strict',
  fix: 'unsafe',
  since: '0.2.0',
  summary: 'A name is in capitals',
  description: 'Docker takes small letters only.',
  source: 'compose-spec 05-services.md',
  bad: { 'compose.yml': 'services: {WEB: {image: nginx}}\n', '.env': 'A=1\n' },
  good: 'services: {web: {image: nginx}}\n',
  fixSafety: 'Containers get other names.',
  options: { volumeNaming: 'counts for volumes.' },
  whenOff: 'Never.',
};

const PAGE = `# loud-name

A name is in capitals.

| level | presets | fix | since |
| --- | --- | --- | --- |
| warning | strict, all | unsafe: the behaviour changes, and the fix says how | 0.2.0 |

Docker takes small letters only.

## Found

\`compose.yml\`

\`\`\`yaml
services: {WEB: {image: nginx}}
\`\`\`

\`.env\`

\`\`\`ini
A=1
\`\`\`

## Not found

\`compose.yml\`

\`\`\`yaml
services: {web: {image: nginx}}
\`\`\`

## Fix safety

Containers get other names.

## Options

- \`rules: {loud-name: off}\` in the settings, or another level instead of warning: \`info\`, \`warning\`, \`error\`.
- \`volumeNaming\`: counts for volumes.

## When to switch it off

Never.

## Source

compose-spec 05-services.md
`;

test('a page says all that is known about a rule', () => {
  expect(rulePage(META)).toBe(PAGE);
});

test('a rule without a fix has no section about its safety', () => {
  const { fixSafety: _, ...facts } = META;
  const page = rulePage({ ...facts, fix: 'none' });
  expect(page).toContain('| warning | strict, all | none: the message says what to do | 0.2.0 |');
  expect(page).not.toContain('## Fix safety');
});

test('options of rules are keys of the settings', () => {
  const { properties } = settingsSchema([]) as { readonly properties: object };
  const named = rules.flatMap(({ meta }) => Object.keys(meta.options ?? {}));
  expect(named).not.toEqual([]);
  expect(named.filter((key) => !(key in properties))).toEqual([]);
});

test('every rule with a fix explains its safety', () => {
  const withFix = rules.filter(({ meta }) => meta.fix !== 'none');
  expect(withFix).not.toEqual([]);
  expect(withFix.filter(({ meta }) => !meta.fixSafety?.endsWith('.'))).toEqual([]);
});
