import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fogLint, runProgram } from '../program.js';
import { fromNpm } from './install.js';

/**
 * SARIF reports, read by the tool that code hosts check uploads with: by the rules of the format itself, and those of GitHub.
 */

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-sarif-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const prefix = fromNpm('sarif');
const program = join(prefix ?? '', 'node_modules', '@microsoft', 'sarif-multitool-linux', 'Sarif.Multitool');

/** The report on a folder of the fixtures, with all below it. */
const report = (subject: string): string => {
  const { code, out, err } = fogLint(['--format', 'sarif', '--fail-on', 'never', '-r', '.'], {
    cwd: join(FIXTURES, subject),
  });
  if (code !== 0) throw new Error(`${subject}: ${err}`);
  return out;
};

/** Lines of what the tool says about reports that are errors. Its exit status is 0 whatever it finds. */
const errorsIn = (...reports: readonly string[]): readonly string[] => {
  const place = mkdtempSync(join(folder, 'reports-'));
  for (const [i, text] of reports.entries()) writeFileSync(join(place, `${i}.sarif`), text);
  const args = ['validate', join(place, '*.sarif'), '--rule-kind', 'Sarif;Ghas', '--level', 'Error'];
  const { out, err } = runProgram(program, args);
  if (!out.includes('Analysis completed successfully')) throw new Error(`${out}${err}`);
  return out.split('\n').filter((line) => / error [A-Z]+\d+:/.test(line));
};

describe.skipIf(!prefix)('sarif-multitool', () => {
  if (prefix) chmodSync(program, 0o755);

  test('finds what breaks a rule of GitHub: a result without a place', () => {
    const broken: unknown = JSON.parse(report('fog-compute'), (key, value: unknown) =>
      key === 'locations' ? [] : value,
    );
    expect(errorsIn(JSON.stringify(broken))).not.toEqual([]);
  });

  test('finds no error in the reports on the fixtures', () => {
    const reports = ['fog-compute', 'report', 'rules'].map(report);
    for (const text of reports) expect(text).toContain('"ruleId"');
    expect(errorsIn(...reports)).toEqual([]);
  });
});
