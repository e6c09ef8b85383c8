import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of our own sets that `config` is compared on, with docker compose's recorded answers. */
export const CONFIG_FIXTURES = new URL('../../fixtures/config/', import.meta.url).pathname;

/** A set of files, and how it is loaded. */
export type ConfigCase = {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

/** All sets, by name. */
export const configCases = (): readonly ConfigCase[] =>
  readdirSync(CONFIG_FIXTURES)
    .sort()
    .map((name) => {
      const folder = join(CONFIG_FIXTURES, name);
      return { name, folder, ...JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) };
    });

/** What is asked about every set: options of `config` that docker compose and fog-lint share. */
export const REQUESTS: readonly (readonly string[])[] = [
  [],
  ['--format', 'json'],
  ['--quiet'],
  ['--no-interpolate'],
  ['--no-interpolate', '--format', 'json'],
  ['--no-normalize'],
  ['--no-path-resolution'],
  ['--no-consistency', '--format', 'json'],
  ['--services'],
  ['--services', '--no-interpolate'],
  ['--services', '--quiet', '--format', 'json'],
  ['--volumes'],
  ['--networks'],
  ['--models'],
  ['--profiles'],
  ['--images'],
  ['--images', '--no-interpolate'],
  ['--hash', '*', '--no-path-resolution'],
  ['--variables'],
  ['--variables', '--format', 'json'],
  ['--variables', '--format', 'yaml'],
  ['--variables', '--format', 'yaml', '--quiet'],
  ['--environment'],
  ['--environment', '--quiet'],
  ['--images', '--services'],
  ['--output', 'written.yaml'],
  ['--format', 'json', '--output', 'written.json'],
  ['--services', '--output', 'written.txt'],
  ['--quiet', '--output', 'written.yaml'],
];

/** The file that a request has the answer written to, if any. */
export const outputOf = (request: readonly string[]): string | undefined => {
  const option = request.indexOf('--output');
  return option < 0 ? undefined : request[option + 1];
};

/** Requests whose answer docker compose gives in another order each time. */
const UNORDERED = ['--services', '--volumes', '--networks', '--models', '--images'];

const isTable = (request: readonly string[]): boolean => request[0] === '--variables' && !request.includes('--format');

/** What a request gave: the exit status, standard output, and the file that it wrote, if any. */
export type Given = { readonly code: number; readonly out: string; readonly written: string | undefined };

/** An answer as it is recorded, ordered where docker compose has no order. */
export const answerText = (request: readonly string[], { code, out, written }: Given, folder: string): string => {
  const lines = out.replaceAll(folder, '$DIR').split('\n');
  const [head = '', ...rows] = lines.slice(0, -1);
  const shown = isTable(request)
    ? [head, ...rows.sort(), '']
    : UNORDERED.some((option) => request.includes(option))
      ? [...lines.slice(0, -1).sort(), '']
      : lines;
  const file = written === undefined ? '' : `--- ${outputOf(request)}\n${written.replaceAll(folder, '$DIR')}\n`;
  return `$ ${['config', ...request].join(' ')}\n[${code}]\n${shown.join('\n')}\n${file}`;
};
