import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, PROGRAM, runProgram } from '../program.js';
import { blockOf } from './guide.js';
import { fromDebian, fromNpm } from './install.js';
import { newRepository, type Repository } from './repository.js';

/** Hooks, run by the programs that run hooks, on a repository of their own. */

const ROOT = join(import.meta.dirname, '..', '..');

const BAD = 'services:\n  web:\n    image: nginx:1.27\n    portz: []\n';
const GOOD = 'services:\n  web:\n    image: nginx:1.27\n';
const FIXABLE = `version: "3.8"\n${GOOD}`;

const repositories: Repository[] = [];
const cleanUp: string[] = [];
afterAll(() => {
  for (const path of [...repositories.map((repository) => repository.path), ...cleanUp])
    rmSync(path, { recursive: true, force: true });
});

const made = (): Repository => {
  const repository = newRepository();
  repositories.push(repository);
  return repository;
};

/** Commits files by the real `git commit`, with whatever hooks there are. */
const commit = (repository: Repository, files: Readonly<Record<string, string>>, env: Env = {}): Ended => {
  repository.write(files);
  repository.git('add', '-A');
  return repository.run('git', ['commit', '-m', 'change'], env);
};
type Env = Readonly<Record<string, string>>;

const subjects = ({ git }: Repository): number => Number(git('rev-list', '--count', '--all'));

/** What every hook must do: stop what is wrong, in any folder and across files, and let pass what is right. */
const expectGuarded = (repository: Repository, env: Env = {}): void => {
  const before = subjects(repository);
  const bad = commit(repository, { 'compose.yml': BAD }, env);
  expect(`${bad.out}${bad.err}`).toContain('error[schema]: services.web has no key "portz".');
  expect(bad.code).not.toBe(0);
  expect(subjects(repository)).toBe(before);

  const good = commit(repository, { 'compose.yml': GOOD }, env);
  expect(`${good.code} ${good.err}`).toMatch(/^0 /);
  expect(subjects(repository)).toBe(before + 1);

  const below = commit(repository, { 'deploy/docker-compose.prod.yaml': BAD }, env);
  expect(`${below.out}${below.err}`).toContain('deploy/docker-compose.prod.yaml:4:5');
  expect(below.code).not.toBe(0);
  expect(commit(repository, { 'deploy/docker-compose.prod.yaml': GOOD }, env).code).toBe(0);

  // What is committed is right by itself, but not beside the file that is there.
  const other = `services:\n  proxy:\n    image: traefik:v3.1\n    depends_on: [nobody]\n`;
  const across = commit(repository, { 'compose.override.yml': other }, env);
  expect(`${across.out}${across.err}`).toContain('nobody');
  expect(across.code).not.toBe(0);
  rmSync(join(repository.path, 'compose.override.yml'));

  expect(commit(repository, { 'README.md': 'Nothing to lint.\n' }, env).code).toBe(0);
  expect(subjects(repository)).toBe(before + 3);
};

/** fog-lint as a repository that hooks are taken from: the files of this checkout, as they are. */
const hookSource = (): { readonly path: string; readonly rev: string } => {
  const source = made();
  const { out } = runProgram('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const name of out.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)))) {
    mkdirSync(dirname(join(source.path, name)), { recursive: true });
    cpSync(join(ROOT, name), join(source.path, name));
  }
  source.git('add', '-A', '--force');
  source.git('commit', '-qm', 'fog-lint');
  return { path: source.path, rev: source.git('rev-parse', 'HEAD') };
};

const preCommit = fromDebian('pre-commit');
const prek = fromNpm('prek');

const RUNNERS = [
  { name: 'pre-commit', program: preCommit, home: 'PRE_COMMIT_HOME' },
  { name: 'prek', program: prek && join(prek, 'node_modules', '.bin', 'prek'), home: 'PREK_HOME' },
] as const;

describe.each(RUNNERS.filter(({ program }) => program))('$name', ({ program = '', home }) => {
  const lintConfig = blockOf('pre-commit.md', '.pre-commit-config.yaml');
  const fixConfig = blockOf('pre-commit.md', 'fog-lint-fix');
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-hooks-'));
  cleanUp.push(folder);
  const env = { [home]: folder };
  let source = { path: '', rev: '' };
  beforeAll(() => {
    source = hookSource();
  });

  const guarded = (config: string): Repository => {
    const repository = made();
    const text = config.replace('https://github.com/OWNER/fog-lint', source.path).replace('v0.1.0', source.rev);
    repository.write({ '.pre-commit-config.yaml': text });
    expect(repository.run(program, ['install'], env)).toMatchObject({ code: 0 });
    return repository;
  };

  test('takes the hooks', () => {
    expect(runProgram(program, ['validate-manifest', join(ROOT, '.pre-commit-hooks.yaml')])).toMatchObject({ code: 0 });
  });

  test('fog-lint stops what is wrong, and lets pass what is right', () => {
    expectGuarded(guarded(lintConfig), env);
  });

  test('options of the guide reach fog-lint', () => {
    const repository = guarded(
      lintConfig.replace('- id: fog-lint\n', '- id: fog-lint\n        args: [--fail-on, warning]\n'),
    );
    const { code, out, err } = commit(repository, { 'compose.yml': GOOD.replace(':1.27', '') }, env);
    expect(`${out}${err}`).toContain('warning[latest-tag]');
    expect(code).not.toBe(0);
    expect(commit(repository, { 'compose.yml': GOOD }, env).code).toBe(0);
  });

  test('fog-lint-fix mends, and lets pass what it has mended', () => {
    const repository = guarded(fixConfig);
    const first = commit(repository, { 'compose.yml': FIXABLE }, env);
    expect(`${first.out}${first.err}`).toContain('files were modified by this hook');
    expect(first.code).not.toBe(0);
    expect(readFileSync(join(repository.path, 'compose.yml'), 'utf8')).toBe(GOOD);
    expect(commit(repository, {}, env).code).toBe(0);
    expect(repository.git('show', 'HEAD:compose.yml')).toBe(GOOD.trim());
    const bad = commit(repository, { 'compose.yml': BAD }, env);
    expect(`${bad.out}${bad.err}`).toContain('error[schema]');
    expect(bad.code).not.toBe(0);
  });
});

/** A repository that has fog-lint among its dependencies, and a program for hooks. */
const withDependency = (prefix: string): Repository => {
  const repository = made();
  repository.write({ '.gitignore': 'node_modules\n', 'node_modules/.bin/README': '' });
  const bin = join(repository.path, 'node_modules', '.bin');
  symlinkSync(PROGRAM, join(bin, 'fog-lint'));
  cpSync(join(prefix, 'node_modules'), join(repository.path, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return repository;
};

const lefthook = fromNpm('lefthook');

describe.skipIf(!lefthook)('lefthook', () => {
  test('stops what is wrong, and lets pass what is right', () => {
    const repository = withDependency(lefthook ?? '');
    repository.write({ 'lefthook.yml': blockOf('pre-commit.md', 'lefthook.yml') });
    expect(repository.run('npx', ['lefthook', 'install'])).toMatchObject({ code: 0 });
    expectGuarded(repository);
  });
});

const staged = fromNpm('lint-staged');

describe.skipIf(!staged)('lint-staged behind husky', () => {
  test('stops what is wrong, and lets pass what is right', () => {
    const repository = withDependency(staged ?? '');
    const config = blockOf('pre-commit.md', '.lintstagedrc.mjs');
    repository.write({ '.lintstagedrc.mjs': config, 'package.json': '{"type": "module"}\n' });
    repository.git('add', '-A');
    repository.git('commit', '-qm', 'first');
    expect(repository.run('npx', ['husky'])).toMatchObject({ code: 0 });
    repository.write({ '.husky/pre-commit': 'npx lint-staged\n' });
    expectGuarded(repository);
  });
});
