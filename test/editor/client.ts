import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type InitializeParams,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { PROGRAM } from '../program.js';

/** An editor as far as the server can tell: a client of the protocol that is led by a script. */
export type Client = {
  readonly uri: (name: string) => string;
  readonly open: (name: string, text: string, languageId?: string) => void;
  /** Replaces the whole text of an open file. */
  readonly change: (name: string, text: string) => void;
  /** Replaces a part of an open file. */
  readonly edit: (name: string, at: readonly [line: number, from: number, to: number], text: string) => void;
  readonly notify: (method: string, params: unknown) => void;
  /** An answer, with the folder written as `<set>` and the project's root as `<root>`. */
  readonly ask: (method: string, params: unknown) => Promise<unknown>;
  /** What is said about a file, as `line:column severity code message`, once `isDone` holds of it. */
  readonly diagnostics: (name: string, isDone?: (lines: readonly string[]) => boolean) => Promise<readonly string[]>;
  /** The last message about a file, as it came. */
  readonly last: (name: string) => unknown;
  /** Requests of the server to its client, in their order. */
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  /** Says `shutdown` and `exit`, each if wanted, or goes away. @returns The exit status. */
  readonly leave: (...words: readonly ('shutdown' | 'exit')[]) => Promise<number | null>;
  readonly logged: readonly string[];
};

const line = ({ range, severity, code, message }: PublishDiagnosticsParams['diagnostics'][number]): string =>
  `${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character} ${severity} ${code} ${message}`;

const LIMIT = 30_000;

/**
 * Starts the built server in a folder and introduces an editor to it.
 * @param program The one that was built, or another.
 * @param options What is handed on to Node.js: options in front of the program, and variables.
 */
export const startClient = async (
  folder: string,
  capabilities: InitializeParams['capabilities'],
  args: readonly string[] = [],
  program: string = PROGRAM,
  { node = [], env = {} }: { readonly node?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Client> => {
  const server: ChildProcess = spawn(process.execPath, [...node, program, 'lsp', '--stdio', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!server.stdout || !server.stdin) throw new Error('the server has no streams');
  const connection: MessageConnection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let hasLeft = false;
  const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
  // What is asked of a server that has ended is refused instead of waited for.
  void ended.then(() => {
    if (!hasLeft) connection.dispose();
  });
  const root = pathToFileURL(new URL('../..', import.meta.url).pathname).href.replace(/\/$/, '');
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value ?? null)
        .replaceAll(pathToFileURL(folder).href, '<set>')
        .replaceAll(folder, '<folder>')
        .replaceAll(root, '<root>'),
    );
  const real = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value ?? null)
        .replaceAll('<set>', pathToFileURL(folder).href)
        .replaceAll('<folder>', folder),
    );
  const said = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  const asked: { readonly method: string; readonly params: unknown }[] = [];
  const logged: string[] = [];
  const versions = new Map<string, number>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    said.set(params.uri, params);
    for (const wake of [...waiting]) wake();
  });
  connection.onNotification(
    'window/logMessage',
    ({ message }: { readonly message: string }) => void logged.push(message),
  );
  connection.onRequest((method, params) => {
    asked.push({ method, params });
    return null;
  });
  connection.onNotification(() => undefined);
  connection.listen();
  const uri = (name: string): string => `${pathToFileURL(folder).href}/${name}`;
  const notify = (method: string, params: unknown): void => void connection.sendNotification(method, params);
  const nextVersion = (name: string): number => {
    versions.set(name, (versions.get(name) ?? 0) + 1);
    return versions.get(name) ?? 0;
  };
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities,
  });
  await connection.sendNotification('initialized', {});
  return {
    uri,
    notify,
    asked,
    logged,
    open: (name, text, languageId = 'yaml') =>
      notify('textDocument/didOpen', {
        textDocument: { uri: uri(name), languageId, version: nextVersion(name), text },
      }),
    change: (name, text) =>
      notify('textDocument/didChange', {
        textDocument: { uri: uri(name), version: nextVersion(name) },
        contentChanges: [{ text }],
      }),
    edit: (name, [at, from, to], text) =>
      notify('textDocument/didChange', {
        textDocument: { uri: uri(name), version: nextVersion(name) },
        contentChanges: [{ range: { start: { line: at, character: from }, end: { line: at, character: to } }, text }],
      }),
    ask: async (method, params) => plain(await connection.sendRequest(method, real(params))),
    last: (name) => plain(said.get(uri(name))),
    diagnostics: (name, isDone = () => true) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const lines = said.get(uri(name))?.diagnostics.map(line);
          reject(new Error(`${name} was not diagnosed as expected: ${lines?.join('\n') ?? 'not at all'}`));
        }, LIMIT);
        const look = (): void => {
          const lines = said.get(uri(name))?.diagnostics.map(line);
          if (!lines || !isDone(lines)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(lines);
        };
        waiting.add(look);
        look();
      }),
    leave: async (...words) => {
      if (hasLeft) return ended;
      hasLeft = true;
      if (words.includes('shutdown')) await connection.sendRequest('shutdown');
      if (words.includes('exit')) await connection.sendNotification('exit');
      else {
        connection.dispose();
        server.stdin?.end();
      }
      return ended;
    },
  };
};
