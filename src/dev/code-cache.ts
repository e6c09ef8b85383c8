import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { codeCachePath, loadProgram, type ProgramName } from '../cli/program.js';

/**
 * A program of the build: `code-cache.cjs <folder> main|config <file>…` runs a bundle as it is run most, on some Compose files,
 * and keeps the code that V8 has compiled until then beside the bundle, for the V8 that runs this.
 */

const [, , folder = '', given, ...files] = process.argv;
const name: ProgramName = given === 'config' ? 'config' : 'main';

/** How each bundle is run, and with which status it ends. */
const WORKLOADS: Readonly<
  Record<ProgramName, { readonly args: readonly (readonly string[])[]; readonly status: number }>
> = {
  main: { args: [[]], status: 1 },
  config: { args: [['config', '--format', 'json'], ['config']], status: 0 },
};

const program = loadProgram(folder, name);
// What has not run for a while is thrown away otherwise.
setFlagsFromString('--no-flush-bytecode');
const run = async (): Promise<void> => {
  const { args, status } = WORKLOADS[name];
  for (const some of args) {
    await program.main([...some, ...files]);
    const ended = process.exitCode ?? 0;
    if (ended !== status) throw new Error(`fog-lint ${[...some, ...files].join(' ')} ended with ${ended}`);
  }
  // The flags are a part of what V8 compares.
  setFlagsFromString('--flush-bytecode');
  writeFileSync(codeCachePath(folder, name), program.script.createCachedData());
  process.exitCode = 0;
};
void run();
