import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../cli/main.js';
import { nodeFileSystem } from '../cli/node-filesystem.js';

/** A block of the README that shows what a command prints: the command in a comment, then a fence with its output. */
const OUTPUT = /(<!-- output of: ([^\n]+) -->\n\n```text\n)[\s\S]*?(\n```\n)/g;

/** What a `fog-lint` command prints on standard output when it is run in a folder, without colour. */
const outputOf = async (root: string, command: string): Promise<string> => {
  const [program, ...args] = command.split(' ');
  if (program !== 'fog-lint') throw new Error(`README.md shows the output of "${command}", which is not fog-lint`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  Object.assign(globalThis, { FOG_LINT_VERSION: version });
  let out = '';
  const io = {
    fs: nodeFileSystem,
    cwd: root.replace(/\/$/, ''),
    env: {},
    isTerminal: false,
    write: (text: string) => {
      out += text;
    },
    warn: (text: string) => {
      throw new Error(`"${command}" warns: ${text}`);
    },
    readInput: () => new Uint8Array(),
    writeFile: (path: string) => {
      throw new Error(`"${command}" writes ${path}`);
    },
    removeFile: () => undefined,
    replaceFiles: () => {
      throw new Error(`"${command}" replaces files`);
    },
    exitCode: 0,
  };
  await main(args, io);
  return out.trimEnd();
};

/** The text of the README with the output of every command that it shows brought up to date. */
export const readme = async (root: string): Promise<string> => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const commands = [...text.matchAll(OUTPUT)].map(([, , command = '']) => command);
  const outputs = new Map<string, string>();
  for (const command of commands) outputs.set(command, await outputOf(root, command));
  return text.replace(
    OUTPUT,
    (_, head: string, command: string, tail: string) => `${head}${outputs.get(command)}${tail}`,
  );
};
