import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeCachePath, PROGRAMS, type ProgramName } from '../../src/cli/program.js';
import { bundleOptions } from '../../src/dev/bundle.js';
import { PROGRAM, runProgram } from '../program.js';

const ROOT = join(import.meta.dirname, '..', '..');
const EXAMPLE = join(ROOT, 'fixtures', 'fog-compute', 'before');
const DIST = dirname(PROGRAM);

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fog-lint-program-'));
  buildSync({
    ...bundleOptions(ROOT),
    format: 'cjs',
    outfile: join(folder, 'load.cjs'),
    stdin: {
      contents: `import { loadProgram } from './program.js';
        process.stdout.write(String(loadProgram(process.argv[2], process.argv[3]).script.cachedDataRejected));`,
      loader: 'ts',
      resolveDir: join(ROOT, 'src', 'cli'),
    },
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the built program, to whose code caches something has been done. */
const programWith = (name: string, change: (cache: string) => void): string => {
  const copy = join(folder, name);
  cpSync(DIST, copy, { recursive: true });
  for (const program of PROGRAMS) change(join(copy, basename(codeCachePath(DIST, program))));
  return copy;
};

/** The header's second word is a hash of V8's version. */
const changeVersion = (cache: string): void => {
  const bytes = readFileSync(cache);
  bytes.writeUInt8(bytes.readUInt8(4) ^ 1, 4);
  writeFileSync(cache, bytes);
};

const isRefused = (dist: string, name: ProgramName): string =>
  runProgram(process.execPath, [join(folder, 'load.cjs'), dist, name], { cwd: EXAMPLE }).out;

/** A command of each bundle. */
const COMMANDS: Readonly<Record<ProgramName, readonly string[]>> = { main: [], config: ['config'] };

describe.each(PROGRAMS)('the code of the bundle "%s" that V8 has compiled ahead', (name) => {
  it('is taken by the Node that built it', () => {
    expect(isRefused(DIST, name)).toBe('false');
  });

  it.each<[string, (cache: string) => void, string]>([
    ['there is none', (cache) => rmSync(cache), 'undefined'],
    ['it is of another V8', changeVersion, 'true'],
    ['it is cut off', (cache) => truncateSync(cache, 1000), 'true'],
    ['it is empty', (cache) => truncateSync(cache, 0), 'true'],
  ])('is not needed: %s', (what, change, refused) => {
    const dist = programWith(`${name}-${what.replaceAll(' ', '-')}`, change);
    expect(isRefused(dist, name)).toBe(refused);
    const args = [...COMMANDS[name], 'docker-compose.yml', 'docker-compose.dev.yml'];
    const [changed, built] = [join(dist, 'cli.cjs'), PROGRAM].map((program) =>
      runProgram(process.execPath, [program, ...args], { cwd: EXAMPLE }),
    );
    expect(changed).toEqual(built);
    expect(changed?.out).not.toBe('');
  });
});
