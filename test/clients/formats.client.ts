import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fogLint, PROGRAM, runProgram } from '../program.js';
import { blockOf } from './guide.js';
import { fromDebian, fromNpm, nodeOf } from './install.js';
import { newRepository } from './repository.js';

/** The formats of reports, read by the programs that they are for. */

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
const SUBJECTS = [
  ...readdirSync(join(FIXTURES, 'report')).map((name) => `report/${name}`),
  'fog-compute/before',
  'rules',
];

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Formats whose files are looked at here. */
const FORMATS = ['json', 'checkstyle', 'junit', 'markdown', 'rdjson'] as const;
type Reports = { readonly pathOf: (format: (typeof FORMATS)[number]) => string; readonly total: number };

const made = new Map<string, Reports>();

/** Files with the reports on a fixture, made in one run, and how many findings they tell of. */
const reportsOn = (subject: string): Reports => {
  const known = made.get(subject);
  if (known) return known;
  const pathOf: Reports['pathOf'] = (format) => join(folder, `${subject.replaceAll('/', '-')}.${format}`);
  const formats = FORMATS.flatMap((format) => ['-f', `${format}=${pathOf(format)}`]);
  const { code, err } = fogLint(['--fail-on', 'never', '-r', ...formats, '.'], { cwd: join(FIXTURES, subject) });
  if (code !== 0) throw new Error(err);
  const { findings } = JSON.parse(readFileSync(pathOf('json'), 'utf8')) as { readonly findings: readonly unknown[] };
  const reports = { pathOf, total: findings.length };
  made.set(subject, reports);
  return reports;
};

const xmllint = fromDebian('xmllint');

describe.skipIf(!xmllint)('xmllint', () => {
  const ELEMENTS = { checkstyle: 'error', junit: 'failure' } as const;

  test('refuses what is no XML', () => {
    const path = join(folder, 'broken.xml');
    writeFileSync(path, '<a b="<"/>');
    expect(runProgram(xmllint ?? '', ['--noout', path]).code).not.toBe(0);
  });

  test.each(
    SUBJECTS.flatMap((subject) => (['checkstyle', 'junit'] as const).map((format) => [subject, format] as const)),
  )('reads %s as %s', (subject, format) => {
    const { pathOf, total } = reportsOn(subject);
    const path = pathOf(format);
    expect(runProgram(xmllint ?? '', ['--noout', path])).toEqual({ code: 0, out: '', err: '' });
    const { out } = runProgram(xmllint ?? '', ['--xpath', `count(//${ELEMENTS[format]})`, path]);
    expect(Number(out)).toBe(total);
  });
});

const junitparser = fromDebian('junitparser');

/** The Python that has junitparser as a module: the one that the program names in its first line. */
const python = (): string =>
  readFileSync(junitparser ?? '', 'utf8')
    .split('\n', 1)[0]
    ?.slice('#!'.length) ?? '';

describe.skipIf(!junitparser)('junitparser', () => {
  const COUNT =
    'import sys,junitparser as j; x=j.JUnitXml.fromfile(sys.argv[1]); print(x.tests, x.failures); x.update_statistics(); print(x.tests, x.failures, x.skipped)';

  test.each(SUBJECTS)('counts what is in %s as the report says', (subject) => {
    const { pathOf, total } = reportsOn(subject);
    const path = pathOf('junit');
    expect(runProgram(junitparser ?? '', ['verify', path]).code).toBe(total === 0 ? 0 : 1);
    const [told, counted] = runProgram(python(), ['-c', COUNT, path]).out.trim().split('\n');
    const [tests, failures, skipped] = (counted ?? '').split(' ');
    expect(told).toBe(`${tests} ${failures}`);
    expect(Number(failures)).toBe(total);
    expect(Number(skipped)).toBe(readFileSync(path, 'utf8').split('<skipped').length - 1);
  });
});

const cmark = fromDebian('cmark-gfm');

describe.skipIf(!cmark)("GitHub's own reader of Markdown", () => {
  const html = (path: string): string =>
    runProgram(cmark ?? '', ['-e', 'table', '-e', 'tagfilter', '--unsafe', path]).out;

  test.each(SUBJECTS)('finds a row for each finding of %s', (subject) => {
    const { pathOf, total } = reportsOn(subject);
    expect(html(pathOf('markdown')).split('<tr>\n<td>').length - 1).toBe(total);
  });

  test('shows what is quoted as it is', () => {
    const { pathOf } = reportsOn('report/several-files');
    const [row = ''] = html(pathOf('markdown'))
      .split('<tr>')
      .filter((part) => part.includes('>8:5<'));
    expect(row).toContain('services.db has no key &quot;ports::&lt;&amp;|`@&gt;&quot;.');
  });
});

const rdformat = fromNpm('rdformat');

describe.skipIf(!rdformat)("a validator of reviewdog's format", () => {
  const validate = (path: string) =>
    runProgram(join(rdformat ?? '', 'node_modules', '.bin', 'rdformat-validator'), [
      '--strict',
      '--no-extra-fields',
      path,
    ]);

  test('refuses what is none', () => {
    const path = join(folder, 'broken.rdjson');
    writeFileSync(path, '{"diagnostics": [{"message": "a", "location": {}}]}');
    expect(validate(path).code).not.toBe(0);
  });

  test.each(SUBJECTS)('takes the report on %s', (subject) => {
    const { code, out } = validate(reportsOn(subject).pathOf('rdjson'));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('All files are valid RDFormat') });
  });
});

const gitlab = fromNpm('gitlab');
const node22 = nodeOf('node22');
const rsync = fromDebian('rsync');

test('what the guide accepts once is not told again', () => {
  const repository = newRepository();
  repository.write({ 'compose.yml': 'services:\n  web: {image: nginx, portz: []}\n', 'node_modules/.bin/README': '' });
  symlinkSync(PROGRAM, join(repository.path, 'node_modules', '.bin', 'fog-lint'));
  const shell = (command: string): number | null => repository.run('sh', ['-c', command]).code;
  const job = /npx --yes fog-lint .*/.exec(blockOf('gitlab.md', '.gitlab-ci.yml'))?.[0] ?? '';
  expect(shell(job)).toBe(1);
  expect(shell(blockOf('gitlab.md', '--update-baseline'))).toBe(0);
  expect(shell(`${job} --baseline fog-lint-baseline.json`)).toBe(0);
  expect(readFileSync(join(repository.path, 'gl-code-quality-report.json'), 'utf8')).toBe('[]\n');
  rmSync(repository.path, { recursive: true });
});

describe.skipIf(!gitlab || !node22 || !rsync)('gitlab-ci-local', () => {
  test('runs the job of the guide, which writes its reports', () => {
    const repository = newRepository();
    const { path, write, git, run } = repository;
    write({
      '.gitlab-ci.yml': blockOf('gitlab.md', '.gitlab-ci.yml'),
      '.gitignore': 'node_modules\n.gitlab-ci-local\n',
      'compose.yml': 'services:\n  web:\n    image: nginx\n    portz: []\n',
      'node_modules/.bin/README': '',
    });
    symlinkSync(PROGRAM, join(path, 'node_modules', '.bin', 'fog-lint'));
    git('add', '-A');
    git('commit', '-qm', 'first');
    git('remote', 'add', 'origin', 'git@gitlab.example.org:group/project.git');
    const program = join(gitlab ?? '', 'node_modules', 'gitlab-ci-local', 'dist', 'index.js');
    const env = { PATH: `${node22}:${process.env['PATH'] ?? ''}` };
    const { code, out, err } = run(join(node22 ?? '', 'node'), [program, '--force-shell-executor', 'fog-lint'], env);
    expect(`${out}${err}`).toContain('error[schema]');
    expect(code).toBe(1);
    const [first] = JSON.parse(readFileSync(join(path, 'gl-code-quality-report.json'), 'utf8')) as readonly object[];
    expect(first).toMatchObject({
      check_name: 'missing-healthcheck',
      location: { path: 'compose.yml', lines: { begin: 2 } },
    });
    expect(readFileSync(join(path, 'fog-lint.xml'), 'utf8')).toContain('<testsuite name="compose.yml"');
    rmSync(path, { recursive: true });
  });
});
