import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Ended, runProgram } from './program.js';

/** The workflow that releases. Only GitHub can run it as a whole; its own commands run here. */

const ROOT = join(import.meta.dirname, '..');

type Step = { readonly run?: string; readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = { readonly needs?: string; readonly permissions: object; readonly steps: readonly Step[] };

const { jobs, permissions } = parse(readFileSync(join(ROOT, '.github', 'workflows', 'release.yml'), 'utf8')) as {
  readonly jobs: Readonly<Record<'check' | 'npm' | 'image', Job>>;
  readonly permissions: object;
};

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Runs the one command of a job that has something in it, as the runner does. */
const runStep = (job: Job, part: string, env: Readonly<Record<string, string>>): Ended => {
  const [step = '', ...others] = job.steps.flatMap(({ run = '' }) => (run.includes(part) ? [run] : []));
  expect(others).toEqual([]);
  return runProgram('bash', ['-e', '-c', step], { cwd: folder, env });
};

test('nothing is published that was not checked, and each job may do what it has to', () => {
  expect(permissions).toEqual({});
  expect(jobs.check.steps.at(-1)?.run).toBe('.ci/run');
  expect([jobs.npm.needs, jobs.image.needs]).toEqual(['check', 'check']);
  expect(jobs.check.permissions).toEqual({ contents: 'read' });
  expect(jobs.npm.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(jobs.image.permissions).toEqual({
    contents: 'read',
    packages: 'write',
    'id-token': 'write',
    attestations: 'write',
  });
});

test('what is published says where it comes from', () => {
  expect(jobs.npm.steps.at(-1)?.run).toBe('npm publish --provenance --access public');
  const image = jobs.image.steps.find(({ uses = '' }) => uses.startsWith('docker/build-push-action@'));
  expect(image?.with).toMatchObject({ push: true, provenance: 'mode=max', sbom: true });
  const attested = jobs.image.steps.find(({ uses = '' }) => uses.startsWith('actions/attest-build-provenance@'));
  expect(attested?.with).toMatchObject({ 'subject-digest': '${{ steps.push.outputs.digest }}' });
});

test('the package names the repository that npm compares its provenance with', () => {
  writeFileSync(join(folder, 'package.json'), '{"name": "a", "version": "1.2.3"}\n');
  const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'Owner/fog-lint' };
  expect(runStep(jobs.npm, 'npm pkg', env)).toMatchObject({ code: 0 });
  expect(manifest().repository).toEqual({ type: 'git', url: 'git+https://github.com/Owner/fog-lint.git' });
});

test('the name of the image has no capital letters', () => {
  const output = join(folder, 'output');
  expect(runStep(jobs.image, 'name=', { GITHUB_REPOSITORY: 'Owner/Fog-Lint', GITHUB_OUTPUT: output }).code).toBe(0);
  expect(readFileSync(output, 'utf8')).toBe('name=ghcr.io/owner/fog-lint\n');
});

describe('a tag', () => {
  test.each([
    ['v1.2.3', true, true],
    ['v1.2.4', false, true],
    ['v1.2', false, false],
    ['v1.3.0', false, false],
  ])('%s', (tag, isVersion, isTold) => {
    writeFileSync(join(folder, 'package.json'), '{"name": "a", "version": "1.2.3"}\n');
    writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.4 - 2026-01-02\n\n## 1.2.3\n');
    const env = { GITHUB_REF_NAME: tag };
    expect(runStep(jobs.check, 'package.json', env).code).toBe(isVersion ? 0 : 1);
    expect(runStep(jobs.check, 'CHANGELOG', env).code).toBe(isTold ? 0 : 1);
  });
});
