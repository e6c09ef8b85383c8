import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { get } from '../model/value.js';
import { parse } from '../parse/parse.js';
import { decode } from '../source/encoding.js';
import { isComposeFileName } from '../workspace/roles.js';

/** What `fog-lint --format json` says, as far as it is counted here. */
type Report = {
  readonly workspaces: readonly { readonly files: readonly { readonly path: string }[] }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message?: string;
    readonly file?: string;
  }[];
};

/** The built command line, and the longest time in milliseconds that it may take for one set. */
export type Program = { readonly path: string; readonly timeLimit: number };

/** What became of one set. `unread`: Compose files that the run passed over. */
type Outcome = {
  /** Findings that are there because the folder does not have a file that the project has. */
  readonly absences: number;
  readonly failure: 'crash' | 'time-out' | undefined;
  readonly detail: string;
  readonly findings: Report['findings'];
  readonly files: number;
  readonly unread: readonly string[];
  readonly services: number;
};

const yamlFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** Services by folder and name: one that several files of a folder define counts once. */
const servicesIn = (folder: string, files: readonly string[]): number => {
  const names = new Set<string>();
  for (const file of files) {
    const { documents } = parse(decode(file, readFileSync(join(folder, file))).source);
    for (const { root } of documents) {
      const services = get(root, 'services');
      if (services?.kind === 'mapping')
        for (const name of services.entries.keys()) names.add(JSON.stringify([dirname(file), name]));
    }
  }
  return names.size;
};

/** Findings about variables without a value, by rule, and by what others say at their end. */
const OF_VARIABLES: ReadonlySet<string> = new Set(['unset-variable', 'required-variable']);
const FOR_A_VARIABLE = /, as [\w ]+ (?:is|are) not set\.$/;

/**
 * Whether a finding is there because a corpus of Compose files does not have what stands beside them: a file that they name, or
 * the `.env` that gives their variables. Where a `.env` is there and lacks the variable the finding is one of the files.
 */
const isAbsence = (folder: string, { rule, message = '', file = '' }: Report['findings'][number]): boolean =>
  rule === 'missing-file' ||
  ((OF_VARIABLES.has(rule) || FOR_A_VARIABLE.test(message)) && !existsSync(join(folder, dirname(file), '.env')));

type Run = { readonly failure: Outcome['failure']; readonly out: string; readonly detail: string };

/** One process. Exit statuses 0 and 1 are answers; all else is a crash, as nothing was asked for that is not there. */
const runIn = (folder: string, { path, timeLimit }: Program, args: readonly string[]): Run => {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [path, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: timeLimit,
    maxBuffer: 1 << 28,
  });
  const isLate = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
  const failure = isLate ? 'time-out' : status === 0 || status === 1 ? undefined : 'crash';
  return { failure, out: stdout, detail: stderr.trim() };
};

/** Lints one set twice: as data, and as people see it. Files whose names are unusual are named. */
const lintSet = (folder: string, program: Program): Outcome => {
  const files = yamlFilesIn(folder);
  const named = files.filter((file) => !isComposeFileName(basename(file)));
  const paths = named.length < files.length ? ['.', ...named] : named;
  const args = ['-r', '--no-config', ...paths];
  const data = runIn(folder, program, [...args, '--format', 'json']);
  const shown = runIn(folder, program, [...args, '--color', 'always']);
  const failed = [data, shown].find(({ failure }) => failure !== undefined);
  const nothing = { findings: [], absences: 0, files: 0, unread: files, services: 0 };
  if (failed) return { ...nothing, failure: failed.failure, detail: failed.detail };
  const report = JSON.parse(data.out) as Report;
  const read = new Set(report.workspaces.flatMap((workspace) => workspace.files.map(({ path }) => path)));
  return {
    failure: undefined,
    detail: '',
    findings: report.findings,
    absences: report.findings.filter((finding) => isAbsence(folder, finding)).length,
    files: read.size,
    unread: files.filter((file) => !read.has(file)),
    services: servicesIn(folder, files),
  };
};

const countsBy = (keys: readonly string[]): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
};

const row = (name: string, count: number | string): string => `${String(count).padStart(8)}  ${name}\n`;

/**
 * Lints every folder of a folder as one set of files, in a process of its own with a time limit, and prints what came of
 * it: files read, crashes, time-outs, findings by rule and level, findings for each service under the `recommended` preset, and
 * the same without those that only say what the folders lack.
 * @returns Whether every file was read and nothing crashed or hung.
 */
export const corpus = (root: string, program: Program, write: (text: string) => void): boolean => {
  const sets = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const outcomes = sets.map(({ name }) => {
    const outcome = lintSet(join(root, name), program);
    if (outcome.failure) write(`${outcome.failure}: ${name}\n${outcome.detail}\n`);
    for (const file of outcome.unread) write(`not read: ${name}/${file}\n`);
    return outcome;
  });
  const sum = (count: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const failures = (kind: Outcome['failure']): number => outcomes.filter(({ failure }) => failure === kind).length;
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const services = sum((outcome) => outcome.services);
  const unread = sum((outcome) => outcome.unread.length);
  write(row('sets', sets.length));
  write(
    row(
      'files read',
      sum(({ files }) => files),
    ),
  );
  write(row('files not read', unread));
  write(row('crashes', failures('crash')));
  write(row('time-outs', failures('time-out')));
  write(row('services', services));
  write(row('findings', findings.length));
  const absences = sum((outcome) => outcome.absences);
  const perService = (count: number): string => (count / Math.max(1, services)).toFixed(2);
  write(row('findings per service', perService(findings.length)));
  write(row('findings of files and variables that the folders lack', absences));
  write(row('findings per service without those', perService(findings.length - absences)));
  write('\nby level\n');
  for (const [level, count] of countsBy(findings.map(({ severity }) => severity))) write(row(level, count));
  write('\nby rule\n');
  for (const [rule, count] of countsBy(findings.map(({ rule }) => rule))) write(row(rule, count));
  return unread === 0 && sets.length > 0 && outcomes.every(({ failure }) => failure === undefined);
};
