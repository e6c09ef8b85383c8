import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { codeCachePath, loadProgram } from '../cli/program.js';

/**
 * A program of the build: `code-cache.cjs <folder of main.cjs> <file>…` runs the commands that are used most on some Compose
 * files and keeps the code that V8 has compiled until then beside the bundle, for the V8 that runs this.
 */

const [, , folder = '', ...files] = process.argv;

const WORKLOADS = [
  { args: ['config', '--format', 'json'], status: 0 },
  { args: ['config'], status: 0 },
  { args: [], status: 1 },
];

const program = loadProgram(folder);
// What has not run for a while is thrown away otherwise.
setFlagsFromString('--no-flush-bytecode');
const run = async (): Promise<void> => {
  for (const { args, status } of WORKLOADS) {
    await program.main([...args, ...files]);
    const ended = process.exitCode ?? 0;
    if (ended !== status) throw new Error(`fog-lint ${[...args, ...files].join(' ')} ended with ${ended}`);
  }
  // The flags are a part of what V8 compares.
  setFlagsFromString('--flush-bytecode');
  writeFileSync(codeCachePath(folder), program.script.createCachedData());
  process.exitCode = 0;
};
void run();
