import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fogLint, PROGRAM } from '../program.js';
import { run } from '../run.js';

const BASE =
  'version: "3.8"\nservices:\n  db:\n    image: postgres:16.4\n    environment:\n      POSTGRES_PASSWORD: hunter2-and-more\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fog-lint-fix-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });

describe('the program', () => {
  test('--diff pipes into git apply, and --fix then has nothing to do', () => {
    put('docker-compose.yml', BASE);
    git('init', '-q');
    const patch = fogLint(['--diff'], { cwd: folder });
    expect([patch.code, patch.err]).toEqual([1, 'The patch holds values for env files, which may be secret.\n']);
    expect(read('docker-compose.yml')).toBe(BASE);
    execFileSync('git', ['apply'], { cwd: folder, input: patch.out });
    expect(read('.env')).toBe('POSTGRES_PASSWORD=hunter2-and-more\n');
    expect(git('status', '--short', '--untracked-files=all')).toBe(
      '?? .env.example\n?? .gitignore\n?? docker-compose.yml\n',
    );
    const again = fogLint(['--diff'], { cwd: folder });
    expect(again).toEqual({ code: 0, out: '', err: '' });
    const fixed = fogLint(['--fix', '--only', 'hardcoded-secret'], { cwd: folder });
    expect(fixed).toEqual({ code: 0, out: 'No problems in 1 file.\n', err: '' });
  });

  test('--fix writes what --diff shows, and reports what is left', () => {
    put('docker-compose.yml', `${BASE}    privileged: yes\n`);
    chmodSync(join(folder, 'docker-compose.yml'), 0o640);
    const { code, out, err } = fogLint(['--fix', '--only', 'hardcoded-secret', '--only', 'privileged'], {
      cwd: folder,
    });
    expect([code, err]).toEqual([1, 'Fixed 1 finding in 3 files.\n']);
    expect(out).toContain('[privileged]');
    expect(out).not.toContain('[hardcoded-secret]');
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'docker-compose.yml')).mode & 0o777).toBe(0o640);
    expect(read('docker-compose.yml')).toBe(
      `${BASE.replace('hunter2-and-more', '${POSTGRES_PASSWORD}')}    privileged: yes\n`,
    );
  });

  test('killed at any moment, it leaves the old files or the new ones', async () => {
    const services = Array.from({ length: 40 }, (_, i) => `  s${i}:\n    image: example/s:1\n    init: yes\n`).join('');
    const before = `services:\n${services}`;
    const after = before.replaceAll('yes', 'true');
    put('compose.yml', before);
    let [old, fresh] = [0, 0];
    for (let i = 0; i < 10; i += 1) {
      put('compose.yml', before);
      await new Promise<void>((resolve) => {
        const child = spawn(process.execPath, [PROGRAM, '--fix', '--only', 'ambiguous-scalar'], {
          cwd: folder,
          stdio: 'ignore',
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), 150 + i * 60);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      const text = read('compose.yml');
      expect([before, after]).toContain(text);
      if (text === before) old += 1;
      else fresh += 1;
    }
    expect(old + fresh).toBe(10);
    fogLint(['--fix', '--only', 'ambiguous-scalar'], { cwd: folder });
    expect(readdirSync(folder)).toEqual(['compose.yml']);
    expect(read('compose.yml')).toBe(after);
  });
});

test('a file that cannot be written is told, and does not stop the others', async () => {
  const files = { 'compose.yml': BASE, 'compose.prod.yml': 'version: "3"\nservices:\n  db:\n    restart: always\n' };
  const args = ['--fix', '--only', 'obsolete-version'];
  const { code, err, written } = await run(args, files, { unwritable: '/project/compose.yml' });
  expect([...written.keys()]).toEqual(['/project/compose.prod.yml']);
  expect(err).toBe('fog-lint: /project/compose.yml: it cannot be written\nFixed 1 finding in 1 file.\n');
  expect(code).toBe(2);
});

describe('options', () => {
  const USAGE: readonly (readonly [args: readonly string[], err: string])[] = [
    [['--unsafe-fixes'], 'fog-lint: --unsafe-fixes goes with --fix or --diff\n'],
    [['--fix', '-'], 'fog-lint: standard input cannot be fixed\nName the file.\n'],
    [['--fix', '--update-baseline'], 'fog-lint: --update-baseline goes without --fix and --diff\n'],
  ];
  test.each(USAGE)('%j', async (args, err) => {
    const result = await run(args, { 'compose.yml': BASE });
    expect([result.code, result.out, result.err]).toEqual([2, '', err]);
  });

  test('--output takes the patch', async () => {
    const { code, out, written } = await run(['--diff', '--only', 'obsolete-version', '-o', 'a.patch'], {
      'compose.yml': BASE,
    });
    expect([code, out]).toEqual([1, '']);
    expect(written.get('/project/a.patch')).toContain('-version: "3.8"\n');
  });

  test('what a comment silences is not fixed', async () => {
    const text = `# fog-lint-disable-next-line obsolete-version -- old tools\n${BASE}`;
    const { code, out } = await run(['--diff', '--only', 'obsolete-version'], { 'compose.yml': text });
    expect([code, out]).toEqual([0, '']);
  });

  test('what the baseline accepts is not fixed', async () => {
    const args = ['--only', 'obsolete-version', '--baseline', 'b.json'];
    const made = await run([...args, '--update-baseline'], { 'compose.yml': BASE });
    const files = { 'compose.yml': BASE, 'b.json': made.written.get('/project/b.json') ?? '' };
    const { code, out } = await run([...args, '--diff'], files);
    expect([code, out]).toEqual([0, '']);
  });
});
