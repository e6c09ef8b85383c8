import { existsSync, readFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/cli/node-filesystem.js';
import { consolidate } from '../../src/consolidate/consolidate.js';
import { overlayFileSystem } from '../../src/source/filesystem.js';
import { basename, join, relative } from '../../src/source/path.js';
import { FOG_COMPUTE, openOn } from './open.js';

const BEFORE = `${FOG_COMPUTE}/before`;
const AFTER = `${FOG_COMPUTE}/after`;

const SETTINGS = readFileSync(`${FOG_COMPUTE}/fog-lint.yaml`, 'utf8');

/** A decision of the worked example that is another one, or one more. */
type Switch = { readonly name: string; readonly from: string; readonly to: string };

const SWITCHES: readonly Switch[] = [
  { name: 'anchors', from: 'decisions:\n', to: 'decisions:\n  anchors: false\n' },
  { name: 'tuning', from: 'decisions:\n', to: 'decisions:\n  tuning: false\n' },
  { name: 'scrapes', from: 'scrapes: join', to: 'scrapes: keep' },
  { name: 'merge', from: 'merge: [prometheus, grafana]', to: 'merge: false' },
  { name: 'override', from: 'override: docker-compose.dev.yml', to: 'override: false' },
  { name: 'prod-secrets', from: 'secrets: environment', to: 'secrets: files' },
  { name: 'loopback', from: 'loopback: true', to: 'loopback: false' },
  { name: 'await-healthy', from: 'awaitHealthy: true', to: 'awaitHealthy: false' },
  { name: 'secrets', from: 'decisions:\n', to: 'decisions:\n  secrets: false\n' },
  { name: 'move-dev-settings', from: 'decisions:\n', to: 'decisions:\n  moveDevSettings: false\n' },
];

const textAt = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Values of credentials go to `.env`, which no file of the project holds. */
const isShown = (path: string): boolean => !['.env', '.gitignore'].includes(basename(path));

test.each(SWITCHES)('what changes in the canonical files with another answer: $name', async ({ name, from, to }) => {
  expect(SETTINGS.split(from)).toHaveLength(2);
  const settings = new TextEncoder().encode(SETTINGS.replace(from, to));
  const fs = overlayFileSystem(nodeFileSystem, new Map([[`${FOG_COMPUTE}/fog-lint.yaml`, settings]]));
  const { plan, verdict, withdrawn } = consolidate(openOn(fs, BEFORE));
  const kept = withdrawn.map(({ operation: { id }, doubt }) => `withdrawn: ${id} (${doubt.kind})\n`);
  const undone = plan.undone.map(({ id }) => `undone: ${id}\n`);
  const questions = plan.questions.map(({ id }) => `question: ${id}\n`);
  const made = new Map([...plan.changes].map(([path, source]) => [relative(BEFORE, path), source?.text ?? '']));
  const canonical = consolidate(openOn(nodeFileSystem, BEFORE)).plan.changes;
  const names = [...new Set([...made.keys(), ...[...canonical.keys()].map((path) => relative(BEFORE, path))])].sort();
  const patches = names.filter(isShown).flatMap((path) => {
    // A file that neither plan touches is that of before.
    const expected = canonical.has(join(BEFORE, path)) ? textAt(join(AFTER, path)) : textAt(join(BEFORE, path));
    const given = made.get(path) ?? textAt(join(BEFORE, path));
    return expected === given
      ? []
      : [createTwoFilesPatch(`after/${path}`, path, expected, given, '', '', { context: 2 })];
  });
  expect(verdict).toBe('proven');
  const told = [...kept, ...undone, ...questions, ...patches].join('');
  await expect(told).toMatchFileSnapshot(`${FOG_COMPUTE}/answers/${name}.diff`);
});
