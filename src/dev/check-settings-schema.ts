import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rules } from '../../rules/index.js';
import { LEVELS, ROLES } from '../workspace/settings-schema.js';
import { startLanguageServer } from './language-server.js';

/**
 * Checks the settings' schema with the language server that editors use for YAML: what it completes, and what it holds against a
 * file. The server is installed outside of the project. Run by `npm run test:settings-schema`.
 */

/** The newest version that runs on Node 20. */
const SERVER = 'yaml-language-server@1.25.0';

const root = join(import.meta.dirname, '..', '..');

/** The program of the server, which is installed when it is not there yet. */
const serverProgram = (): string => {
  const prefix = join(tmpdir(), `fog-lint-${SERVER.replace('@', '-')}`);
  const program = join(prefix, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  if (existsSync(program)) return program;
  const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', SERVER];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${SERVER} could not be installed`);
  return program;
};

/** A settings file with `|` where something is to be completed. */
type Completion = { readonly text: string; readonly expected: readonly string[] };

const KEYS = [
  '$schema',
  'decisions',
  'extends',
  'ignore',
  'overrides',
  'pins',
  'roles',
  'rules',
  'stacks',
  'volumeNaming',
];

const COMPLETIONS: readonly Completion[] = [
  { text: '|', expected: KEYS },
  { text: 'rules:\n  |', expected: rules.map(({ meta }) => meta.id) },
  // The server quotes what is a boolean to older YAML.
  {
    text: 'rules:\n  latest-tag: |',
    expected: LEVELS.map((level) => (level === 'off' ? '"off"' : level)),
  },
  { text: 'overrides:\n  - files: [a.yml]\n    |', expected: ['roles', 'rules', 'services'] },
  { text: 'roles:\n  compose.yml: |', expected: [...ROLES] },
  { text: 'volumeNaming: |', expected: ['snake_case', 'kebab-case', 'camelCase', 'any'] },
  { text: 'decisions:\n  scrapes: |', expected: ['join', 'keep'] },
];

/** A settings file, and its faults as `line:column message`. */
type Diagnosis = { readonly text: string; readonly expected: readonly string[] };

const DIAGNOSES: readonly Diagnosis[] = [
  {
    text: 'extends: strict\nrules: {latest-tag: off}\nstacks: {a: [compose.yml]}\ndecisions: {loopback: true}\n',
    expected: [],
  },
  {
    text: 'rules:\n  latest-tag: warn\n',
    expected: ['2:15 Value is not accepted. Valid values: "off", "info", "warning", "error".'],
  },
  { text: 'rules:\n  latest-tga: off\n', expected: ['2:3 Property latest-tga is not allowed.'] },
  { text: 'ruls: {}\n', expected: ['1:1 Property ruls is not allowed.'] },
  { text: 'decisions:\n  loopbak: true\n', expected: ['2:3 Property loopbak is not allowed.'] },
  { text: 'overrides:\n  - files: [a.yml]\n', expected: ['2:5 Missing property "rules".'] },
  { text: 'pins: {postgres: 16}\n', expected: ['1:18 Incorrect type. Expected "string".'] },
];

const schema = pathToFileURL(join(root, 'rules', 'settings.schema.json')).href;

const server = startLanguageServer(serverProgram(), (count) =>
  Array.from({ length: count }, () => ({ validate: true, completion: true, schemaStore: { enable: false } })),
);

let opened = 0;

/** Shows a text to the server as a settings file, and waits for what it says about it. */
const open = async (text: string): Promise<{ readonly uri: string; readonly faults: readonly string[] }> => {
  opened += 1;
  const uri = pathToFileURL(join(tmpdir(), `fog-lint-${opened}`, 'fog-lint.yaml')).href;
  const published = server.next('textDocument/publishDiagnostics');
  const whole = `# yaml-language-server: $schema=${schema}\n${text}`;
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text: whole } });
  const { diagnostics } = (await published) as {
    readonly diagnostics: readonly {
      readonly message: string;
      readonly range: { readonly start: { readonly line: number; readonly character: number } };
    }[];
  };
  const faults = diagnostics.map(({ message, range: { start } }) => `${start.line}:${start.character + 1} ${message}`);
  return { uri, faults };
};

/** What the server would complete at the mark of a text, sorted. */
const completed = async (marked: string): Promise<readonly string[]> => {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const { uri } = await open(marked.replace('|', ''));
  const position = { line: before.length, character: before.at(-1)?.length ?? 0 };
  const { items } = (await server.request('textDocument/completion', { textDocument: { uri }, position })) as {
    readonly items: readonly { readonly label: string }[];
  };
  // Beside names and values the server offers a template for the whole.
  return items.map(({ label }) => label).filter((label) => !label.startsWith('object('));
};

const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort();

const check = async (): Promise<void> => {
  await server.request('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true } },
  });
  server.notify('initialized', {});
  for (const { text, expected } of DIAGNOSES) deepStrictEqual((await open(text)).faults, expected, text);
  for (const { text, expected } of COMPLETIONS) deepStrictEqual(sorted(await completed(text)), sorted(expected), text);
};

try {
  await check();
  process.stdout.write(`${DIAGNOSES.length + COMPLETIONS.length} passed, 0 failed\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  server.stop();
}
