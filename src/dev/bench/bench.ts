import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { moduleOptions } from '../bundle.js';
import { installDclint } from './dclint.js';
import { median, processTime, sideBySide } from './measure.js';
import { generateProject } from './monorepo.js';

/**
 * `npm run bench [-- part…] [--runs N]`: measures fog-lint side by side with what it is compared with, in one run, and says
 * for each figure whether it holds. Ends with 1 when one does not.
 */

const ROOT = join(import.meta.dirname, '..', '..', '..');
const EXAMPLE = join(ROOT, 'fixtures', 'fog-compute', 'before');
const PROGRAM = join(ROOT, 'dist', 'cli.cjs');

/** One figure with the most it may be, if anything is asked of it, and what it is made of. */
type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: 'times' | 'MB';
  readonly most?: number | undefined;
  readonly detail: string;
};

type Part = (runs: number) => readonly (Figure | string)[];

const milliseconds = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;

const compare = (what: string, ours: () => number, theirs: () => number, runs: number, most?: number): Figure => {
  const { first, second, ratio } = sideBySide(ours, theirs, runs);
  const detail = `${milliseconds(first)} : ${milliseconds(second)}`;
  return { what, value: ratio, unit: 'times', most, detail };
};

const node = (args: readonly string[], folder = ROOT, statuses: readonly number[] = [0]): (() => number) =>
  processTime(process.execPath, args, folder, statuses);

const exampleFiles = readdirSync(EXAMPLE)
  .filter((name) => /^docker-compose.*\.yml$/.test(name))
  .sort();

const startUp: Part = (runs) => [
  compare('fog-lint --version : node -e 0', node([PROGRAM, '--version']), node(['-e', '0']), runs, 1.5),
];

const againstDclint: Part = (runs) => {
  const ours = node([PROGRAM, ...exampleFiles], EXAMPLE, [1]);
  const theirs = node([installDclint(), ...exampleFiles], EXAMPLE, [0, 1]);
  return [compare('lint the worked example : dclint 3.1.0', ours, theirs, runs, 1 / 3)];
};

/** The `docker compose` that is named by DOCKER_COMPOSE, or on the path. */
const dockerCompose = (): readonly string[] | undefined => {
  const named = process.env['DOCKER_COMPOSE'];
  const choices = named === undefined ? [['docker', 'compose'], ['docker-compose']] : [[named]];
  return choices.find(([command = '', ...args]) => spawnSync(command, [...args, 'version']).status === 0);
};

const againstCompose: Part = (runs) => {
  const found = dockerCompose();
  if (!found)
    return ['config : docker compose config — left out, there is no docker compose (name one by DOCKER_COMPOSE)'];
  const [command = '', ...first] = found;
  const theirs = (files: readonly string[]): (() => number) => {
    const chosen = files.flatMap((file) => ['-f', file]);
    return processTime(command, [...first, ...chosen, 'config', '--format', 'json'], EXAMPLE, [0]);
  };
  const ours = (files: readonly string[]): (() => number) =>
    node([PROGRAM, 'config', '--format', 'json', ...files], EXAMPLE);
  // How much of it is the start of Node, whatever it runs. One small file takes docker compose less time than that.
  const note = (what: string, subject: () => number, files: readonly string[]): Figure =>
    compare(`${what} : docker compose config of ${files.length} file(s)`, subject, theirs(files), runs);
  const base = ['docker-compose.yml'];
  return [
    compare(
      'config of the worked example : docker compose config',
      ours(exampleFiles),
      theirs(exampleFiles),
      runs,
      1.5,
    ),
    note('node -e 0', node(['-e', '0']), exampleFiles),
    note('config', ours(base), base),
    note('node -e 0', node(['-e', '0']), base),
  ];
};

/** What `many-projects.ts` prints. */
type Measured = {
  readonly times: readonly [readonly number[], readonly number[]];
  readonly held: readonly number[];
  readonly peak: number;
};

const manyProjects = (task: string, projects: number): Measured => {
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-bench-'));
  try {
    const program = join(folder, 'many-projects.mjs');
    buildSync({
      ...moduleOptions(ROOT),
      entryPoints: [join(import.meta.dirname, 'many-projects.ts')],
      outfile: program,
    });
    const args = ['--expose-gc', program, task, String(projects), ROOT];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

const ratioFigure = (what: string, { times: [ours, theirs] }: Measured, most?: number): Figure => ({
  what,
  value: sum(ours) / sum(theirs),
  unit: 'times',
  most,
  detail: `${milliseconds(sum(ours))} : ${milliseconds(sum(theirs))} of processor time, ${ours.length} rounds, median ${median(
    ours.map((time, i) => time / (theirs[i] ?? Number.NaN)),
  ).toFixed(2)}`,
});

const MEGABYTE = 1_000_000;

/** Memory that is held after all projects more than after the first thousand. */
const growthFigure = ({ held, peak }: Measured): Figure => {
  const [first = Number.NaN] = held;
  const last = held.at(-1) ?? Number.NaN;
  const detail = `${(first / MEGABYTE).toFixed(1)} MB held after 1,000, ${(last / MEGABYTE).toFixed(1)} MB at the end; at most ${(peak / MEGABYTE).toFixed(0)} MB in use`;
  return {
    what: 'memory held after 10,000 projects beyond that after 1,000',
    value: (last - first) / MEGABYTE,
    unit: 'MB',
    most: 2,
    detail,
  };
};

const resolving: Part = () => {
  const many = manyProjects('resolve', 10_000);
  return [
    ratioFigure('resolve 1,000 projects : parse their YAML', manyProjects('resolve', 1_000), 2),
    ratioFigure('resolve 10,000 projects : parse their YAML', many, 2),
    growthFigure(many),
  ];
};

/** Writes generated projects to disk, each into a folder of its own. */
const writeProjects = (folder: string, projects: number): readonly string[] =>
  Array.from({ length: projects }, (_, i) => {
    const { base, override } = generateProject(i);
    const own = join(folder, `project-${i}`);
    mkdirSync(own);
    writeFileSync(join(own, 'compose.yaml'), base);
    writeFileSync(join(own, 'compose.override.yaml'), override);
    return own;
  });

/** Milliseconds of all projects: of linting each, of `config` of each, by turns, and of linting all with one command. */
const lintAndConfig = (projects: number): readonly [each: number, config: number, atOnce: number] => {
  const root = mkdtempSync(join(tmpdir(), 'fog-lint-bench-'));
  try {
    const times: [number, number] = [0, 0];
    for (const [i, folder] of writeProjects(root, projects).entries()) {
      const lint = node([PROGRAM, '--no-config'], folder, [0, 1]);
      const config = node([PROGRAM, 'config'], folder);
      const [ours, theirs] = i % 2 === 0 ? [lint(), config()] : [config(), lint()].reverse();
      times[0] += ours ?? Number.NaN;
      times[1] += theirs ?? Number.NaN;
    }
    return [...times, node([PROGRAM, '--no-config', '-r', '.'], root, [0, 1])()];
  } finally {
    rmSync(root, { recursive: true });
  }
};

/**
 * Linting is held against `config` of each project, both as a user runs them. What the work alone takes, without the starts
 * of Node, is measured in one process that takes one project after the other: against `config` of each project, and against
 * `config` of each of the stacks that linting looks at (what docker compose loads by itself, and the base alone).
 */
const linting: Part = () => {
  const [each, config, atOnce] = lintAndConfig(1_000);
  const against = (what: string, time: number): Figure => ({
    what: `${what} : config of each`,
    value: time / config,
    unit: 'times',
    most: 2,
    detail: `${milliseconds(time)} : ${milliseconds(config)}`,
  });
  return [
    against('lint each of 1,000 projects', each),
    against('lint 1,000 projects with one command', atOnce),
    ratioFigure(
      'lint 1,000 projects : config of each of their stacks, in one process',
      manyProjects('lint-stacks', 1_000),
      2,
    ),
    ratioFigure('lint 1,000 projects : config of each, in one process', manyProjects('lint', 1_000)),
  ];
};

const PARTS: Readonly<Record<string, Part>> = {
  'start-up': startUp,
  dclint: againstDclint,
  compose: againstCompose,
  resolve: resolving,
  lint: linting,
};

const holds = ({ value, most }: Figure): boolean => most === undefined || value <= most;

const shown = (figure: Figure): string => {
  const { what, value, unit, most, detail } = figure;
  const verdict = most === undefined ? '     ' : holds(figure) ? 'holds' : 'FAILS';
  const bound = most === undefined ? '' : `, at most ${most.toFixed(2)}`;
  return `${verdict}  ${what}: ${value.toFixed(2)} ${unit}${bound} (${detail})\n`;
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '15' } },
});
const runs = Number(values.runs);
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined || !Number.isInteger(runs) || runs < 7) {
  process.stderr.write(`usage: npm run bench -- [${Object.keys(PARTS).join('|')}]… [--runs N], N at least 7\n`);
  process.exitCode = 2;
} else {
  for (const name of names)
    for (const line of PARTS[name]?.(runs) ?? []) {
      process.stdout.write(typeof line === 'string' ? `${line}\n` : shown(line));
      if (typeof line !== 'string' && !holds(line)) process.exitCode = 1;
    }
}
