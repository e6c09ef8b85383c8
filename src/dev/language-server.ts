import { type ChildProcess, spawn } from 'node:child_process';

/** A message as the server sends or gets it. */
type Message = { readonly id?: number; readonly method?: string; readonly params?: unknown; readonly result?: unknown };

/** A language server that is spoken to over its standard input and output. */
export type LanguageServer = {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params: unknown) => void;
  /** The parameters of the next notification of a kind. */
  readonly next: (method: string) => Promise<unknown>;
  readonly stop: () => void;
};

const HEADER = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/;

/** Calls back with each message that comes in over a stream. */
const onMessages = (stream: NonNullable<ChildProcess['stdout']>, take: (message: Message) => void): void => {
  let buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const [header, length] = HEADER.exec(buffer.toString('latin1')) ?? [];
      if (header === undefined || buffer.length < header.length + Number(length)) return;
      const end = header.length + Number(length);
      const body = buffer.subarray(header.length, end).toString('utf8');
      buffer = buffer.subarray(end);
      take(JSON.parse(body) as Message);
    }
  });
};

/**
 * Starts a language server.
 * @param configure Answers the server's question for the client's configuration, one answer for each item that it asks for.
 */
export const startLanguageServer = (program: string, configure: (count: number) => unknown): LanguageServer => {
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, (result: unknown) => void>();
  const listening: { readonly method: string; readonly take: (params: unknown) => void }[] = [];
  let last = 0;
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  };
  onMessages(server.stdout, ({ id, method, params, result }) => {
    if (method !== undefined && id !== undefined) {
      const { items = [] } = (params ?? {}) as { readonly items?: readonly unknown[] };
      send({ id, result: method === 'workspace/configuration' ? configure(items.length) : null });
    } else if (id !== undefined) {
      waiting.get(id)?.(result);
      waiting.delete(id);
    } else {
      const found = listening.findIndex((listener) => listener.method === method);
      for (const { take } of found < 0 ? [] : listening.splice(found, 1)) take(params);
    }
  });
  return {
    request: (method, params) => {
      last += 1;
      const id = last;
      send({ id, method, params });
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    notify: (method, params) => send({ method, params }),
    next: (method) => new Promise((take) => listening.push({ method, take })),
    stop: () => server.kill(),
  };
};
