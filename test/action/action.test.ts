import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SUMMARY_LIMIT } from '../../src/action/summary.js';
import { runProgram } from '../program.js';
import { run } from '../run.js';
import { read, removeSteps, step } from './step.js';

const ROOT = join(import.meta.dirname, '..', '..');
const BAD = 'services:\n  web:\n    image: nginx\n    portz: []\n';
const GOOD = 'services:\n  web:\n    image: nginx:1.27\n    healthcheck: {test: [CMD, "true"]}\n';

afterAll(removeSteps);

type Log = { readonly runs: readonly [{ readonly results: readonly unknown[] }] };
const resultsIn = (sarif: string): readonly unknown[] => (JSON.parse(sarif) as Log).runs[0].results;

describe('a run', () => {
  test('that finds something annotates, sums up, sets outputs and fails', async () => {
    const files = { 'compose.yml': BAD, 'deploy/compose.yml': GOOD };
    const { code, err, commands, outputs, summary, workspace } = step(files, {
      inputs: { 'sarif-file': 'out/a.sarif' },
    });
    const reportAs = async (format: string): Promise<string> => (await run(['-r', '-f', format], files)).out;
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(commands).toEqual((await reportAs('github')).split('\n').filter((line) => line.startsWith('::')));
    expect(summary).toBe(await reportAs('markdown'));
    const sarif = join(workspace, 'out', 'a.sarif');
    expect(resultsIn(readFileSync(sarif, 'utf8'))).toEqual(resultsIn(await reportAs('sarif')));
    expect(outputs).toEqual({
      problems: '3',
      errors: '1',
      warnings: '1',
      infos: '1',
      fixable: '0',
      files: '2',
      'sarif-file': sarif,
    });
  });

  test('that finds nothing passes', () => {
    const { code, commands, outputs, summary } = step({ 'compose.yml': GOOD });
    expect({ code, commands, summary, problems: outputs['problems'] }).toEqual({
      code: 0,
      commands: [],
      summary: '# fog-lint\n\n## Summary\n\nNo problems in 1 file.\n',
      problems: '0',
    });
  });

  test('sets every output that action.yml names', () => {
    const { outputs } = step({ 'compose.yml': GOOD }, { inputs: { 'fix-diff': 'true' } });
    const { outputs: named } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { readonly outputs: object };
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(named).sort());
  });

  test.each([
    ['warning', 1],
    ['error', 0],
    ['never', 0],
  ])('fails on %s: %d', (failOn, code) => {
    expect(step({ 'compose.yml': GOOD.replace(':1.27', '') }, { inputs: { 'fail-on': failOn } }).code).toBe(code);
  });

  test('lints the files that are named, with the settings that are named, in the folder that is named', () => {
    const settings = 'rules: {latest-tag: "off", missing-healthcheck: "off"}\n';
    const { code, commands } = step(
      { 'sub/a b.yml': BAD, 'sub/compose.yml': BAD, 'sub/lint.yaml': settings },
      { inputs: { files: 'a b.yml\n', config: 'lint.yaml', 'working-directory': 'sub' } },
    );
    expect(code).toBe(1);
    expect(commands.map((line) => /file=([^,]*),.*\((.*)\)::/.exec(line)?.slice(1))).toEqual([['a b.yml', 'schema']]);
  });

  test('the patch is an output and a file, and changes nothing', () => {
    const text = `version: "3.8"\n${GOOD}`;
    const { outputs, workspace, code } = step({ 'compose.yml': text }, { inputs: { 'fix-diff': 'true' } });
    expect(code).toBe(0);
    expect(read(join(workspace, 'compose.yml'))).toBe(text);
    expect(read(outputs['patch-file'] ?? '')).toBe(outputs['patch']);
    runProgram('git', ['init', '-q', workspace]);
    expect(runProgram('git', ['-C', workspace, 'apply', outputs['patch-file'] ?? ''])).toMatchObject({ code: 0 });
    expect(read(join(workspace, 'compose.yml'))).toBe(GOOD);
  });

  test('the log has the report in the format that is asked for', async () => {
    const { out } = step({ 'compose.yml': BAD }, { inputs: { format: 'compact' } });
    expect(out).toContain((await run(['-f', 'compact'], { 'compose.yml': BAD })).out);
  });

  test.each(['html', 'github', 'junit'])('the format %s can be asked for, too', (format) => {
    const { code, commands } = step({ 'compose.yml': BAD }, { inputs: { format } });
    expect({ code, annotations: commands.length }).toEqual({ code: 1, annotations: 3 });
  });
});

test('annotations are first on the lines that a pull request has changed', () => {
  const base = 'services:\n  a: {image: nginx}\n  b: {image: nginx}\n';
  const prepare = (workspace: string): Readonly<Record<string, string>> => {
    const git = (...args: readonly string[]): string => {
      const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
      return runProgram('git', ['-C', workspace, ...identity, ...args]).out.trim();
    };
    const commit = (text: string): string => {
      writeFileSync(join(workspace, 'compose.yml'), text);
      git('add', '-A');
      git('commit', '-qm', 'c');
      return git('rev-parse', 'HEAD');
    };
    git('init', '-q');
    const shas = [commit(base), commit(base.replace('b: {image: nginx', 'b: {image: httpd'))];
    const event = join(workspace, '.git', 'event.json');
    writeFileSync(event, JSON.stringify({ pull_request: { base: { sha: shas[0] }, head: { sha: shas[1] } } }));
    return { GITHUB_EVENT_PATH: event };
  };
  const { commands } = step({}, { prepare });
  const warnings = commands.filter((line) => line.startsWith('::warning'));
  expect(warnings.map((line) => /line=(\d+)/.exec(line)?.[1])).toEqual(['3', '2']);
});

describe('nothing to lint', () => {
  test.each([
    [{}, 'no Compose file here%0AName files or folders, or add -r to search below.'],
    [{ files: 'deploy/*.yml' }, 'deploy/*.yml: no such file'],
  ])('is an error: %j', (inputs: Readonly<Record<string, string>>, message) => {
    const { code, commands, outputs } = step({ 'README.md': '' }, { inputs });
    expect({ code, commands, outputs }).toEqual({
      code: 1,
      commands: [`::error title=fog-lint::fog-lint: ${message}`],
      outputs: {},
    });
  });

  test.each([[{}], [{ files: 'deploy/*.yml\ndocs' }]])('passes where that is allowed: %j', (inputs: object) => {
    const { code, commands, outputs } = step(
      { 'docs/README.md': '' },
      { inputs: { ...inputs, 'allow-no-files': 'true' } },
    );
    expect({ code, commands, files: outputs['files'] }).toEqual({ code: 0, commands: [], files: '0' });
  });

  test('a file that is named has to be there all the same', () => {
    const { code, commands } = step({}, { inputs: { files: 'compose.yml', 'allow-no-files': 'true' } });
    expect({ code, commands }).toEqual({
      code: 1,
      commands: ['::error title=fog-lint::fog-lint: compose.yml: no such file'],
    });
  });
});

describe('nothing that a workflow or a pull request writes is more than data', () => {
  test.each([
    [{ files: '--fix\n--format=json=stolen' }, 'fog-lint: --fix: no such file'],
    [{ files: '$(touch ran)\n`touch ran`\n; touch ran' }, 'fog-lint: $(touch ran): no such file'],
    [{ config: '--fix' }, 'fog-lint: --config --fix: no such file'],
    [{ 'fail-on': 'error --fix' }, 'input "fail-on": "error --fix" is none of error, warning, info and never'],
    [{ 'working-directory': '..' }, 'input "working-directory": .. is outside of the workspace'],
    [{ 'working-directory': 'compose.yml' }, 'input "working-directory": compose.yml is no folder'],
    [{ 'sarif-file': '../out.sarif' }, 'input "sarif-file": ../out.sarif is outside of the workspace'],
    [{ 'fix-diff': '1' }, 'input "fix-diff": "1" is neither true nor false'],
  ])('%j', (inputs: Readonly<Record<string, string>>, message) => {
    const text = `version: "3"\n${GOOD}`;
    const { code, commands, workspace } = step({ 'compose.yml': text }, { inputs });
    expect({ code, commands: commands.map((line) => line.split('%0A')[0]) }).toEqual({
      code: 1,
      commands: [`::error title=fog-lint::${message}`],
    });
    expect(read(join(workspace, 'compose.yml'))).toBe(text);
    expect(existsSync(join(workspace, 'ran')) || existsSync(join(workspace, 'stolen'))).toBe(false);
  });

  test('links do not lead the SARIF report out of the workspace', () => {
    const outside = (workspace: string): string => join(workspace, '..', 'outside');
    const prepare = (workspace: string): Readonly<Record<string, string>> => {
      mkdirSync(outside(workspace));
      symlinkSync(outside(workspace), join(workspace, 'out'));
      symlinkSync(join(outside(workspace), 'b.sarif'), join(workspace, 'b.sarif'));
      return {};
    };
    const below = step({ 'compose.yml': GOOD }, { inputs: { 'sarif-file': 'out/a.sarif' }, prepare });
    expect(below.commands).toEqual([
      '::error title=fog-lint::input "sarif-file": out/a.sarif is outside of the workspace',
    ]);
    const itself = step({ 'compose.yml': GOOD }, { inputs: { 'sarif-file': 'b.sarif' }, prepare });
    expect(itself.code).toBe(0);
    expect(read(join(itself.workspace, 'b.sarif'))).toContain('"version": "2.1.0"');
    expect(existsSync(join(outside(itself.workspace), 'b.sarif'))).toBe(false);
  });

  test.each(['pretty', 'compact', 'github', 'junit'])('lines of files are no commands: %s', (format) => {
    const files = { '::error::forged.yml': 'services: {"a\\n::warning::forged": {portz: 1}}\n' };
    const { commands, out } = step(files, { inputs: { format, files: '*.yml' } });
    if (format === 'compact') expect(out).toContain('\n::error::forged.yml:1:');
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((line) => !/^::(?:error|warning|notice) file=/.test(line))).toEqual([]);
  });
});

test('a summary that would be too long is cut', () => {
  const used = 'x'.repeat(SUMMARY_LIMIT - 1500);
  const services = Array.from({ length: 30 }, (_, i) => `  s${i}: {image: nginx}\n`).join('');
  const prepare = (workspace: string): Readonly<Record<string, string>> => {
    writeFileSync(join(workspace, '..', 'summary'), used);
    return {};
  };
  const { summary } = step({ 'compose.yml': `services:\n${services}` }, { prepare });
  expect(summary.startsWith(`${used}# fog-lint\n`)).toBe(true);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT);
  expect(summary).toMatch(
    /\d+ more lines of this report are left out\. The log and the SARIF file have all of it\.\n$/,
  );
});
