import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startClient } from './editor/client.js';
import { fogLint, PROGRAM, runProgram } from './program.js';

/** The package as those have it who install it, without a registry: with nothing beside it. `npm test` builds it first. */

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'fog-lint-installed-'));
const project = join(folder, 'project');
const modules = join(project, 'node_modules');
const SET = join(folder, 'set');

beforeAll(() => {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"private": true, "type": "module"}\n');
  const { out } = runProgram('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
  const args = ['install', '--offline', '--no-audit', '--no-fund', join(folder, out.trim())];
  const { code, err } = runProgram('npm', args, { cwd: project });
  if (code !== 0) throw new Error(err);
  cpSync(join(ROOT, 'fixtures', 'fog-compute', 'before'), SET, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('it brings nothing else along', () => {
  expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['fog-lint']);
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(modules, 'fog-lint', 'package.json'), 'utf8'),
  );
  expect({ dependencies, peerDependencies }).toEqual({});
});

/** A use of each command, and of what is loaded for some of them alone. */
const USES: readonly { readonly line: string; readonly code: number; readonly says?: RegExp }[] = [
  { line: '--format sarif', code: 1 },
  { line: '--format html', code: 1 },
  { line: '--diff', code: 1, says: /The patch holds values for env files/ },
  { line: 'config', code: 0, says: /obsolete-version/ },
  { line: 'explain services.backend.ports', code: 0, says: /obsolete-version/ },
  { line: 'rules latest-tag', code: 0 },
  { line: 'report --format html', code: 0 },
  { line: 'consolidate', code: 0 },
  { line: 'completions zsh', code: 0 },
  { line: 'lsp --help', code: 0 },
  { line: 'init --no-hook --no-workflow', code: 0 },
  { line: 'merge part.json', code: 1 },
];

describe('each command does there what it does in the checkout', () => {
  beforeAll(() => {
    fogLint(['--format', 'json=part.json', '--fail-on', 'never'], { cwd: SET });
  });

  test('all commands are tried', () => {
    const [, names = ''] = /Other commands: ([\s\S]*?)\./.exec(fogLint(['--help']).out) ?? [];
    for (const name of names.split(/,\s+/)) expect(USES.some(({ line }) => line.startsWith(name))).toBe(true);
  });

  test.each(USES)('fog-lint $line', ({ line, code, says = /^$/ }) => {
    const [installed, built] = [join(modules, '.bin', 'fog-lint'), PROGRAM].map((program) => {
      rmSync(join(SET, 'fog-lint.yaml'), { force: true });
      return runProgram(program, line.split(' '), { cwd: SET });
    });
    expect(installed).toEqual(built);
    expect(installed).toEqual({ code, out: expect.stringMatching(/\S/), err: expect.stringMatching(says) });
  });

  test('fog-lint lsp', async () => {
    const editor = await startClient(SET, {}, [], join(modules, 'fog-lint', 'dist', 'cli.cjs'));
    editor.open('compose.yml', 'services:\n  web: {image: "nginx:1.27", portz: []}\n');
    expect(await editor.diagnostics('compose.yml')).toContainEqual(expect.stringContaining('has no key "portz"'));
    expect(await editor.leave('shutdown', 'exit')).toBe(0);
  });
});

describe('what draws graphs and what speaks to editors is loaded for that alone', () => {
  const lean = join(folder, 'lean');
  const runLean = (line: string) =>
    runProgram(process.execPath, [join(lean, 'cli.cjs'), ...line.split(' ')], { cwd: SET });
  beforeAll(() => {
    cpSync(join(modules, 'fog-lint', 'dist'), lean, { recursive: true });
    for (const name of ['graphviz.cjs', 'protocol.cjs']) rmSync(join(lean, name));
  });

  test.each(USES.filter(({ line }) => !/^(?:init|merge)|html$/.test(line)))('not for fog-lint $line', ({ line }) => {
    expect(runLean(line)).toEqual(fogLint(line.split(' '), { cwd: SET }));
  });

  test.each(['report --format html', 'consolidate --format html', 'lsp'])('but for fog-lint %s', (line) => {
    expect(runLean(line)).toMatchObject({ code: 3, out: '', err: expect.stringMatching(/graphviz|protocol/) });
  });
});

/** A program that uses the library, as its users write it. */
const USER = `import { DEFAULT_OPTIONS, environmentOf, memoryFileSystem, parse, positionAt, resolve, sourceOf } from 'fog-lint';
import type { Fault, Resolved } from 'fog-lint';

const source = sourceOf('/a/compose.yml', 'services: {a: 1, a: 2}\\n');
const faults: readonly Fault[] = parse(source).faults;
for (const { at, message } of faults) if (at) console.log(positionAt(at.source, at.start), message);
export type Load = (...given: Parameters<typeof resolve>) => Resolved;
console.log(typeof DEFAULT_OPTIONS, typeof environmentOf, typeof memoryFileSystem);
`;

test('the library is there, typed, and needs the types of nothing else', () => {
  writeFileSync(join(project, 'user.ts'), USER);
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { strict: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom'], types: [] },
      files: ['user.ts'],
    }),
  );
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  expect(runProgram(process.execPath, [tsc, '-p', '.'], { cwd: project })).toEqual({ code: 0, out: '', err: '' });
  const { code, out, err } = runProgram(process.execPath, ['user.js'], { cwd: project });
  expect({ code, out, err }).toEqual({
    code: 0,
    out: expect.stringMatching(/^\{ line: 1, column: 18 \} .*"a".*\nobject function function\n$/),
    err: '',
  });
});

test('the schema of the settings and the manual page are where the package says', () => {
  const script = `import schema from 'fog-lint/schema.json' with { type: 'json' };
    import manifest from 'fog-lint/package.json' with { type: 'json' };
    console.log(Object.keys(schema.properties).includes('rules'), manifest.man);`;
  const { out } = runProgram(process.execPath, ['--input-type=module', '-e', script], { cwd: project });
  expect(out).toBe('true dist/fog-lint.1\n');
  expect(readFileSync(join(modules, 'fog-lint', 'dist', 'fog-lint.1'), 'utf8')).toContain('.Dt FOG-LINT 1');
});
