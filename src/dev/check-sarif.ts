import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Checks the SARIF reports on the fixtures with the reader that code hosts check uploads with: the rules of the format itself, and
 * those of GitHub. It is installed outside of the project. Run by `npm run test:sarif`.
 */

const TOOL = '@microsoft/sarif-multitool-linux';
const VERSION = '5.7.0';

const root = join(import.meta.dirname, '..', '..');

/** The program, which is installed when it is not there yet. */
const multitool = (): string => {
  const prefix = join(tmpdir(), `fog-lint-sarif-multitool-${VERSION}`);
  const program = join(prefix, 'node_modules', TOOL, 'Sarif.Multitool');
  if (!existsSync(program)) {
    const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', `${TOOL}@${VERSION}`];
    const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`${TOOL} could not be installed`);
  }
  chmodSync(program, 0o755);
  return program;
};

/** Folders that are reported on, with all below them, each in a report of its own. */
const SUBJECTS = ['fixtures/fog-compute', 'fixtures/report', 'fixtures/rules'] as const;

/** A report that breaks a rule of GitHub's: its result has no place. The tool must say so. */
const brokenText = (whole: string): string =>
  JSON.stringify(JSON.parse(whole, (key, value: unknown) => (key === 'locations' ? [] : value)));

/** Lines of what the tool says about all reports of a folder that are errors. Its exit status is 0 whatever it finds. */
const errorsIn = (program: string, folder: string): readonly string[] => {
  const args = ['validate', join(folder, '*.sarif'), '--rule-kind', 'Sarif;Ghas', '--level', 'Error'];
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  if (!stdout.includes('Analysis completed successfully')) throw new Error(`${TOOL} failed:\n${stdout}${stderr}`);
  return stdout.split('\n').filter((line) => / error [A-Z]+\d+:/.test(line));
};

const report = (subject: string): string => {
  const args = [join(root, 'dist', 'cli.cjs'), '--format', 'sarif', '--fail-on', 'never', '-r', subject];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${subject}: ${stderr}`);
  return stdout;
};

const check = (program: string, folder: string): readonly string[] => {
  const probe = join(folder, 'probe.sarif');
  writeFileSync(probe, brokenText(report(SUBJECTS[0])));
  if (errorsIn(program, folder).length === 0) throw new Error(`${TOOL} finds nothing in a report that is broken`);
  rmSync(probe);
  for (const [i, subject] of SUBJECTS.entries()) writeFileSync(join(folder, `${i}.sarif`), report(subject));
  return errorsIn(program, folder);
};

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-sarif-'));
try {
  const errors = check(multitool(), folder);
  for (const error of errors) process.stderr.write(`${error}\n`);
  const results = SUBJECTS.reduce((sum, _, i) => {
    const text = readFileSync(join(folder, `${i}.sarif`), 'utf8');
    return sum + text.split('"ruleId"').length - 1;
  }, 0);
  process.stdout.write(`${SUBJECTS.length} reports with ${results} results, ${errors.length} errors\n`);
  if (errors.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
