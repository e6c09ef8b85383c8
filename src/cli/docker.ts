import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Consolidation } from '../consolidate/consolidate.js';
import { envPath, type Plan } from '../consolidate/plan.js';
import { encode } from '../source/encoding.js';
import { RunError } from '../workspace/run-error.js';
import type { Io } from './io.js';

/** The model that docker compose prints for some files, or its words where it refuses them. */
type DockerAnswer = { readonly model: unknown } | { readonly error: string };

/** Runs docker compose: the plugin of `docker`, or the program of its own. */
type Compose = (args: readonly string[], directory: string) => DockerAnswer;

const PROGRAMS: readonly (readonly [string, ...string[]])[] = [['docker', 'compose'], ['docker-compose']];

/** Output of docker compose that is kept, in bytes. */
const LIMIT = 64_000_000;

const composeOnPath = ({ env }: Io): Compose => {
  // A program that asks for it when it is loaded gets none: see `loadProgram`.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const found = PROGRAMS.find(
    ([program, ...first]) => spawnSync(program, [...first, 'version'], { env: { ...env } }).status === 0,
  );
  if (!found)
    throw new RunError('no-docker-compose', {
      message: 'there is no docker compose on the PATH',
      hint: 'Leave --verify-with-docker out: the proof does not need it.',
    });
  const [program, ...first] = found;
  return (args, directory) => {
    const { status, stdout, stderr } = spawnSync(program, [...first, ...args], {
      cwd: directory,
      env: { ...env },
      encoding: 'utf8',
      maxBuffer: LIMIT,
    });
    if (status !== 0) return { error: stderr.trim().split('\n').at(-1) ?? 'docker compose failed' };
    return { model: JSON.parse(stdout) as unknown };
  };
};

/** Writes the new Compose files to a folder, and says under which paths. */
const writeNew = (plan: Plan, folder: string): ((path: string) => string) => {
  for (const path of plan.composeFiles) {
    const source = plan.changes.get(path);
    if (source) writeFileSync(join(folder, basename(path)), encode(source.text, source.encoding));
  }
  return (path) => (plan.changes.get(path) ? join(folder, basename(path)) : path);
};

const configArgs = (files: readonly string[], directory: string, env: string | undefined): readonly string[] => [
  '--project-directory',
  directory,
  '--project-name',
  'fog-lint',
  ...(env === undefined ? [] : ['--env-file', env]),
  ...files.flatMap((file) => ['-f', file]),
  'config',
  '--format',
  'json',
];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths at which two models of docker compose differ, with lists compared whole and in no order. */
const differingPaths = (a: unknown, b: unknown, path: string): readonly string[] => {
  if (isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differingPaths(a[key], b[key], path === '' ? key : `${path}\u0000${key}`),
    );
  const text = (value: unknown): string =>
    Array.isArray(value)
      ? JSON.stringify(value.map((item) => JSON.stringify(item)).sort())
      : JSON.stringify(value ?? null);
  return text(a) === text(b) ? [] : [path];
};

/** The key of a model that a path of the proof belongs to: everything below a list counts as the list. */
const covers = (known: readonly string[], path: readonly string[]): boolean => {
  const length = Math.min(known.length, path.length);
  return known.slice(0, length).every((key, i) => key === path[i]);
};

/**
 * Repeats a proof with the real docker compose: it must accept every new stack, and where its models differ, the proof must
 * know a difference.
 * @returns Whether docker compose agrees. What speaks against it is printed to standard error.
 */
export const verifyWithDocker = ({ plan, proof, analysis }: Consolidation, io: Io): boolean => {
  const { directory } = analysis.workspace;
  const problems: string[] = [];
  const compose = composeOnPath(io);
  const folder = mkdtempSync(join(tmpdir(), 'fog-lint-'));
  try {
    const newPath = writeNew(plan, folder);
    // docker compose takes the real `.env`, and knows nothing of examples.
    const written = plan.changes.get(envPath(directory));
    const env = written && join(folder, '.env');
    if (written && env) writeFileSync(env, encode(written.text, written.encoding), { mode: 0o600 });
    for (const { name, before, after, standsIn } of plan.layout.pairs) {
      if (standsIn !== undefined) continue;
      const old = compose(configArgs(before, directory, undefined), directory);
      const now = compose(configArgs(after.map(newPath), directory, env), directory);
      if ('error' in old) continue;
      if ('error' in now) {
        problems.push(`${name}: ${now.error}`);
        continue;
      }
      const known = proof.differences.filter(({ stack }) => stack === name).map(({ path }) => path);
      for (const path of differingPaths(old.model, now.model, '')) {
        const keys = path.split('\u0000');
        // Volumes go by their real names in the proof; extensions do nothing.
        const isOther = keys[0] === 'volumes' || keys[2] === 'volumes' || keys[0]?.startsWith('x-');
        if (!isOther && !known.some((difference) => covers(difference, keys)))
          problems.push(`${name}: ${keys.join('.')} differs`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const problem of problems) io.warn(`docker compose disagrees: ${problem}`);
  if (problems.length === 0) io.warn('docker compose agrees.');
  return problems.length === 0;
};
