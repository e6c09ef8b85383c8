import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fogLint } from '../program.js';
import { type Client, startClient } from './client.js';

/**
 * The built server, led by a script over its standard input and output: whole answers are compared. The set of files is
 * `fixtures/editor/set`; a copy of it, so that the server sees a project of its own.
 */

const SET = new URL('../../fixtures/editor/set', import.meta.url).pathname;

/** What an editor of today can do. */
const MODERN = {
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    hover: { contentFormat: ['markdown' as const] },
    codeAction: { resolveSupport: { properties: ['edit'] } },
  },
};

const folders: string[] = [];
const clients: Client[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.leave('shutdown', 'exit').catch(() => undefined)));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const copy = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fog-lint-editor-')));
  folders.push(folder);
  cpSync(SET, folder, { recursive: true });
  return folder;
};

const start = async (
  capabilities: Parameters<typeof startClient>[1] = MODERN,
  args: readonly string[] = [],
): Promise<{ readonly client: Client; readonly folder: string; readonly text: (name: string) => string }> => {
  const folder = copy();
  const client = await startClient(folder, capabilities, args);
  clients.push(client);
  return { client, folder, text: (name) => readFileSync(join(folder, name), 'utf8') };
};

/** The place of a word in a text, or of what stands behind a bar in it: `image: |postgres`. */
const placeOf = (text: string, marked: string): { readonly line: number; readonly character: number } => {
  const offset = text.indexOf(marked.replace('|', '')) + Math.max(0, marked.indexOf('|'));
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};

test('an edit in the base changes what is said about the overlay', async () => {
  const { client, text } = await start();
  client.open('compose.yml', text('compose.yml'));
  expect(await client.diagnostics('compose.dev.yml')).toMatchInlineSnapshot(`
    [
      "5:8-5:17 2 redundant-override compose.yml already gives "web" the port 8080:80, with the same value: saying it again changes nothing. Leave it out here.",
    ]
  `);
  client.change('compose.yml', text('compose.yml').replace('"8080:80"', '"8081:80"'));
  const isOther = ([line]: readonly string[]): boolean => line?.includes('appended-list') === true;
  expect(await client.diagnostics('compose.dev.yml', isOther)).toMatchInlineSnapshot(`
    [
      "5:8-5:17 2 appended-list "web" publishes its port 80 twice: as 8080 here, and still as 8081 because of compose.yml. Lists of several files add up. Write \`ports: !override\` (Docker Compose 2.24.4 or later) and list all that you want, or change the entry in compose.yml.",
    ]
  `);
  // A character at a time; nothing is saved.
  client.edit('compose.yml', [placeOf(text('compose.yml'), '8080:80').line, 12, 13], '0');
  expect(await client.diagnostics('compose.dev.yml', (lines) => !isOther(lines))).toMatchInlineSnapshot(`
    [
      "5:8-5:17 2 redundant-override compose.yml already gives "web" the port 8080:80, with the same value: saying it again changes nothing. Leave it out here.",
    ]
  `);
});

test('a diagnostic has all that an editor shows of it', async () => {
  const { client, text } = await start();
  client.open('compose.dev.yml', text('compose.dev.yml'));
  await client.diagnostics('compose.dev.yml');
  expect(client.last('compose.dev.yml')).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        {
          "code": "redundant-override",
          "codeDescription": {
            "href": "<root>/rules/redundant-override.md",
          },
          "message": "compose.yml already gives "web" the port 8080:80, with the same value: saying it again changes nothing. Leave it out here.",
          "range": {
            "end": {
              "character": 17,
              "line": 5,
            },
            "start": {
              "character": 8,
              "line": 5,
            },
          },
          "relatedInformation": [
            {
              "location": {
                "range": {
                  "end": {
                    "character": 17,
                    "line": 19,
                  },
                  "start": {
                    "character": 8,
                    "line": 19,
                  },
                },
                "uri": "<set>/compose.yml",
              },
              "message": "the same is said here",
            },
          ],
          "severity": 2,
          "source": "fog-lint",
        },
      ],
      "uri": "<set>/compose.dev.yml",
      "version": 1,
    }
  `);
});

const HOVERS: readonly (readonly [what: string, file: string, marked: string])[] = [
  ['a value that an overlay overrides', 'compose.yml', 'LEVEL: |info'],
  ['the overlay that wins, seen from the key', 'compose.dev.yml', '|LEVEL: debug'],
  ['a variable', 'compose.yml', 'image: postgres:${POST|GRES_TAG}'],
  ['a text behind characters of two code units', 'compose.yml', 'GREETING: "👋 |hello"'],
  ['a part of a short form', 'compose.yml', 'site.conf:/etc/|nginx'],
  ['a merge key that brings a value along', 'compose.yml', 'restart: |unless-stopped'],
  ['a file that is extended', 'services/common.yml', 'restart: |always'],
];

test.each(HOVERS)('tells the story of %s', async (_, file, marked) => {
  const { client, text } = await start();
  client.open(file, text(file));
  const position = placeOf(text(file), marked);
  const answer = await client.ask('textDocument/hover', { textDocument: { uri: client.uri(file) }, position });
  const { contents, range } = answer as {
    readonly contents: { readonly kind: string; readonly value: string };
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  };
  const where = `${range.start.line}:${range.start.character} ${contents.kind}`;
  expect(`${where}\n${contents.value}`).toMatchSnapshot();
});

test('has no story where there is no value, and tells it as plain text to those who want that', async () => {
  const { client, text } = await start({});
  client.open('compose.yml', text('compose.yml'));
  const uri = client.uri('compose.yml');
  const nothing = { textDocument: { uri }, position: { line: 2, character: 0 } };
  expect(await client.ask('textDocument/hover', nothing)).toBe(null);
  const position = placeOf(text('compose.yml'), '- |db');
  expect(await client.ask('textDocument/hover', { textDocument: { uri }, position })).toMatchInlineSnapshot(`
    {
      "contents": {
        "kind": "plaintext",
        "value": "In the stacks default and dev:

    services.web.depends_on.db: 2 entries
    1. compose.yml:17:9 writes the value
         --> compose.yml:17:9
          |
       17 |       - db
          |         ^^

    Its entries:
       condition: service_started # default
       required: true             # default",
      },
      "range": {
        "end": {
          "character": 10,
          "line": 16,
        },
        "start": {
          "character": 8,
          "line": 16,
        },
      },
    }
  `);
});

type Place = {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
};

const DEFINITIONS: readonly (readonly [what: string, file: string, marked: string, found: readonly string[]])[] = [
  [
    'a value, in each stack where the last file wrote it',
    'compose.yml',
    'LEVEL: |info',
    ['compose.yml 14:13', 'compose.dev.yml 3:13'],
  ],
  ['a service that is depended on', 'compose.yml', '- |db', ['compose.yml 23:2']],
  ['a network', 'compose.yml', 'networks: [|front', ['compose.yml 33:2']],
  ['a volume', 'compose.yml', '- |data:/var', ['compose.yml 37:2']],
  ['a variable', 'compose.yml', '${POST|GRES_TAG}', ['.env 0:0']],
  ['what an alias stands for', 'compose.yml', '<<: |*restart', ['compose.yml 4:11']],
  ['a service that is extended', 'compose.yml', 'service: |database', ['services/common.yml 1:2']],
];

test.each(DEFINITIONS)('finds the definition of %s', async (_, file, marked, found) => {
  const { client, text } = await start();
  client.open(file, text(file));
  const position = placeOf(text(file), marked);
  const answer = await client.ask('textDocument/definition', { textDocument: { uri: client.uri(file) }, position });
  const places = (answer as readonly Place[]).map(
    ({ uri, range: { start: at } }) => `${uri.replace('<set>/', '')} ${at.line}:${at.character}`,
  );
  expect(places).toEqual(found);
});

test('links to what a file names', async () => {
  const { client, text } = await start();
  client.open('compose.yml', text('compose.yml'));
  const uri = client.uri('compose.yml');
  const links = await client.ask('textDocument/documentLink', { textDocument: { uri } });
  const lines = text('compose.yml').split('\n');
  const shown = (links as readonly { readonly target: string; readonly range: Parameters<typeof textIn>[1] }[]).map(
    ({ target, range }) => `${textIn(lines, range)} -> ${target}`,
  );
  expect(shown).toMatchInlineSnapshot(`
    [
      "1: services/cache.yml -> <set>/services/cache.yml",
      "10: ./web -> <set>/web/Dockerfile",
      "11: web.env -> <set>/web.env",
      "21: ./config/site.conf -> <set>/config/site.conf",
      "25: services/common.yml -> <set>/services/common.yml",
    ]
  `);
});

const textIn = (
  lines: readonly string[],
  { start: from, end }: { readonly start: { line: number; character: number }; readonly end: { character: number } },
): string => `${from.line}: ${lines[from.line]?.slice(from.character, end.character)}`;

type Action = { readonly title: string; readonly kind: string; readonly isPreferred?: boolean; readonly edit?: object };

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

const actionsIn = async (client: Client, file: string, only?: readonly string[]): Promise<readonly Action[]> =>
  (await client.ask('textDocument/codeAction', {
    textDocument: { uri: client.uri(file) },
    range: WHOLE,
    context: { diagnostics: [], ...(only ? { only } : {}) },
  })) as readonly Action[];

const titles = (actions: readonly Action[]): readonly string[] =>
  actions.map(({ title, kind, isPreferred }) => `${kind}${isPreferred ? ', preferred' : ''}: ${title}`);

test('offers fixes, and works out their edits when one is chosen', async () => {
  const { client, text } = await start();
  client.open('compose.yml', text('compose.yml'));
  client.open('compose.dev.yml', text('compose.dev.yml'));
  const actions = await actionsIn(client, 'compose.yml');
  expect(titles(actions)).toMatchInlineSnapshot(`
    [
      "quickfix: Wait until "db" is healthy (unsafe: it changes what runs)",
      "source.fixSet.fog-lint: Apply all safe fixes in all files of the set",
    ]
  `);
  expect(actions.map(({ edit }) => edit)).toEqual(actions.map(() => undefined));
  expect(await client.ask('codeAction/resolve', actions[0])).toMatchInlineSnapshot(`
    {
      "data": {
        "file": "<folder>/compose.yml",
        "folder": "<folder>",
        "key": "["dependency-not-awaited","d99d74071defa32d",0,"Wait until \\"db\\" is healthy"]",
        "kind": "fix",
      },
      "diagnostics": [
        {
          "code": "dependency-not-awaited",
          "codeDescription": {
            "href": "<root>/rules/dependency-not-awaited.md",
          },
          "message": ""web" starts as soon as "db" has started, although its health check would say when it is ready. Write \`db: { condition: service_healthy }\` under \`depends_on\`.",
          "range": {
            "end": {
              "character": 10,
              "line": 16,
            },
            "start": {
              "character": 8,
              "line": 16,
            },
          },
          "relatedInformation": [
            {
              "location": {
                "range": {
                  "end": {
                    "character": 0,
                    "line": 5,
                  },
                  "start": {
                    "character": 6,
                    "line": 4,
                  },
                },
                "uri": "<set>/services/common.yml",
              },
              "message": "the health check of "db"",
            },
          ],
          "severity": 2,
          "source": "fog-lint",
        },
      ],
      "edit": {
        "documentChanges": [
          {
            "edits": [
              {
                "newText": "db:
            condition: service_healthy",
                "range": {
                  "end": {
                    "character": 10,
                    "line": 16,
                  },
                  "start": {
                    "character": 6,
                    "line": 16,
                  },
                },
              },
            ],
            "textDocument": {
              "uri": "<set>/compose.yml",
              "version": 1,
            },
          },
        ],
      },
      "isPreferred": false,
      "kind": "quickfix",
      "title": "Wait until "db" is healthy (unsafe: it changes what runs)",
    }
  `);
  expect(titles(await actionsIn(client, 'compose.dev.yml'))).toMatchInlineSnapshot(`
    [
      "quickfix, preferred: Remove what is said twice",
      "source.fixAll.fog-lint: Apply all safe fixes in this file",
      "source.fixSet.fog-lint: Apply all safe fixes in all files of the set",
    ]
  `);
});

test('fixes all that is safe when the editor saves, and nothing else', async () => {
  const { client, text } = await start();
  client.open('compose.dev.yml', text('compose.dev.yml'));
  const [all, ...others] = await actionsIn(client, 'compose.dev.yml', ['source.fixAll']);
  expect(others).toEqual([]);
  expect(await client.ask('codeAction/resolve', all)).toMatchInlineSnapshot(`
    {
      "data": {
        "file": "<folder>/compose.dev.yml",
        "folder": "<folder>",
        "kind": "file",
      },
      "edit": {
        "documentChanges": [
          {
            "edits": [
              {
                "newText": "",
                "range": {
                  "end": {
                    "character": 0,
                    "line": 6,
                  },
                  "start": {
                    "character": 0,
                    "line": 4,
                  },
                },
              },
            ],
            "textDocument": {
              "uri": "<set>/compose.dev.yml",
              "version": 1,
            },
          },
        ],
      },
      "kind": "source.fixAll.fog-lint",
      "title": "Apply all safe fixes in this file",
    }
  `);
});

test('gives the edits at once to an editor that does not ask for them later', async () => {
  const { client, text } = await start({});
  client.open('compose.dev.yml', text('compose.dev.yml'));
  expect(await actionsIn(client, 'compose.dev.yml', ['quickfix'])).toMatchInlineSnapshot(`
    [
      {
        "data": {
          "file": "<folder>/compose.dev.yml",
          "folder": "<folder>",
          "key": "["redundant-override","b9962e038af7c57c",0,"Remove what is said twice"]",
          "kind": "fix",
        },
        "diagnostics": [
          {
            "code": "redundant-override",
            "codeDescription": {
              "href": "<root>/rules/redundant-override.md",
            },
            "message": "compose.yml already gives "web" the port 8080:80, with the same value: saying it again changes nothing. Leave it out here.",
            "range": {
              "end": {
                "character": 17,
                "line": 5,
              },
              "start": {
                "character": 8,
                "line": 5,
              },
            },
            "severity": 2,
            "source": "fog-lint",
          },
        ],
        "edit": {
          "changes": {
            "<set>/compose.dev.yml": [
              {
                "newText": "",
                "range": {
                  "end": {
                    "character": 0,
                    "line": 6,
                  },
                  "start": {
                    "character": 0,
                    "line": 4,
                  },
                },
              },
            ],
          },
        },
        "isPreferred": true,
        "kind": "quickfix",
        "title": "Remove what is said twice",
      },
    ]
  `);
});

test('an edit that no longer fits the files is refused', async () => {
  const { client, text } = await start();
  client.open('compose.dev.yml', text('compose.dev.yml'));
  const [action] = await actionsIn(client, 'compose.dev.yml', ['quickfix']);
  client.change('compose.dev.yml', 'services: {}\n');
  await expect(client.ask('codeAction/resolve', action)).rejects.toThrow(
    'The files have changed since this was offered.',
  );
});

test('a fix that needs a new file makes it, where the editor can', async () => {
  const { client, folder } = await start();
  const password = 'Xq7fTz0vLw2m';
  const file = `services:\n  db:\n    image: postgres:16.4\n    environment:\n      POSTGRES_PASSWORD: ${password}\n`;
  rmSync(join(folder, '.env'));
  client.open('compose.yml', file);
  const secret = (await actionsIn(client, 'compose.yml', ['quickfix'])).find(({ title }) => title.includes('.env'));
  expect(secret && titles([secret])).toMatchInlineSnapshot(`
    [
      "quickfix, preferred: Move the credential to .env as POSTGRES_PASSWORD",
    ]
  `);
  expect(JSON.stringify(await actionsIn(client, 'compose.yml'))).not.toContain(password);
  expect(await client.ask('codeAction/resolve', secret)).toMatchInlineSnapshot(`
    {
      "data": {
        "file": "<folder>/compose.yml",
        "folder": "<folder>",
        "key": "["hardcoded-secret","2bc15bd4a0ea07f0",2,"Move the credential to .env as POSTGRES_PASSWORD"]",
        "kind": "fix",
      },
      "diagnostics": [
        {
          "code": "hardcoded-secret",
          "codeDescription": {
            "href": "<root>/rules/hardcoded-secret.md",
          },
          "message": "POSTGRES_PASSWORD holds a credential written into the file: Xq…2m (12 characters). Write \${POSTGRES_PASSWORD} instead, and set POSTGRES_PASSWORD in .env, which git ignores.",
          "range": {
            "end": {
              "character": 37,
              "line": 4,
            },
            "start": {
              "character": 25,
              "line": 4,
            },
          },
          "severity": 1,
          "source": "fog-lint",
        },
      ],
      "edit": {
        "documentChanges": [
          {
            "edits": [
              {
                "newText": "\${POSTGRES_PASSWORD}",
                "range": {
                  "end": {
                    "character": 37,
                    "line": 4,
                  },
                  "start": {
                    "character": 25,
                    "line": 4,
                  },
                },
              },
            ],
            "textDocument": {
              "uri": "<set>/compose.yml",
              "version": 1,
            },
          },
          {
            "kind": "create",
            "options": {
              "ignoreIfExists": false,
            },
            "uri": "<set>/.env",
          },
          {
            "edits": [
              {
                "newText": "POSTGRES_PASSWORD=Xq7fTz0vLw2m
    ",
                "range": {
                  "end": {
                    "character": 0,
                    "line": 0,
                  },
                  "start": {
                    "character": 0,
                    "line": 0,
                  },
                },
              },
            ],
            "textDocument": {
              "uri": "<set>/.env",
              "version": null,
            },
          },
          {
            "kind": "create",
            "options": {
              "ignoreIfExists": false,
            },
            "uri": "<set>/.env.example",
          },
          {
            "edits": [
              {
                "newText": "POSTGRES_PASSWORD=
    ",
                "range": {
                  "end": {
                    "character": 0,
                    "line": 0,
                  },
                  "start": {
                    "character": 0,
                    "line": 0,
                  },
                },
              },
            ],
            "textDocument": {
              "uri": "<set>/.env.example",
              "version": null,
            },
          },
        ],
      },
      "isPreferred": true,
      "kind": "quickfix",
      "title": "Move the credential to .env as POSTGRES_PASSWORD",
    }
  `);
});

test('asks the editor to watch what the findings depend on, and looks again when something changes', async () => {
  const { client, folder, text } = await start();
  client.open('compose.yml', text('compose.yml'));
  await client.diagnostics('compose.dev.yml');
  await expect
    .poll(() => client.asked.at(-1), { timeout: 20_000 })
    .toMatchObject({
      params: {
        registrations: [{ registerOptions: { watchers: expect.arrayContaining([{ globPattern: '**/site.conf' }]) } }],
      },
    });
  writeFileSync(join(folder, 'compose.dev.yml'), 'services:\n  web:\n    environment:\n      LEVEL: debug\n');
  const changes = [{ uri: client.uri('compose.dev.yml'), type: 2 }];
  client.notify('workspace/didChangeWatchedFiles', { changes });
  expect(await client.diagnostics('compose.dev.yml', (lines) => lines.length === 0)).toEqual([]);
});

test('a file that comes is a part of the set, and one that is closed is said nothing about', async () => {
  const { client, folder, text } = await start();
  client.open('compose.yml', text('compose.yml'));
  await client.diagnostics('compose.dev.yml');
  writeFileSync(join(folder, 'compose.prod.yml'), 'services:\n  web:\n    restart: 5\n');
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('compose.prod.yml'), type: 1 }] });
  expect(await client.diagnostics('compose.prod.yml', (lines) => lines.length > 0)).toMatchInlineSnapshot(`
    [
      "2:13-2:14 1 schema services.web.restart must be a text.",
    ]
  `);
  client.notify('textDocument/didClose', { textDocument: { uri: client.uri('compose.yml') } });
  expect(await client.diagnostics('compose.prod.yml', (lines) => lines.length === 0)).toEqual([]);
  expect(await client.diagnostics('compose.dev.yml', (lines) => lines.length === 0)).toEqual([]);
});

test('a fault in the settings is shown in them, and all is well again without it', async () => {
  const { client, folder, text } = await start();
  writeFileSync(join(folder, 'fog-lint.yaml'), 'rules:\n  latest-tga: off\n');
  client.open('compose.yml', text('compose.yml'));
  expect(await client.diagnostics('fog-lint.yaml')).toMatchInlineSnapshot(`
    [
      "1:2-1:12 1 undefined rules has no key "latest-tga". Did you mean "latest-tag"?",
    ]
  `);
  client.open('fog-lint.yaml', 'rules:\n  redundant-override: off\n');
  expect(await client.diagnostics('fog-lint.yaml', (lines) => lines.length === 0)).toEqual([]);
  expect(await client.diagnostics('compose.yml')).toMatchInlineSnapshot(`
    [
      "16:8-16:10 2 dependency-not-awaited "web" starts as soon as "db" has started, although its health check would say when it is ready. Write \`db: { condition: service_healthy }\` under \`depends_on\`.",
    ]
  `);
});

test('a text that is no YAML yet is said so, and the rest goes on', async () => {
  const { client, text } = await start();
  client.open('compose.dev.yml', 'services:\n  web: [\n');
  expect(await client.diagnostics('compose.dev.yml')).toMatchInlineSnapshot(`
    [
      "2:0-2:0 1 yaml-syntax The closing ] is missing.",
    ]
  `);
  client.change('compose.dev.yml', text('compose.dev.yml'));
  expect(await client.diagnostics('compose.dev.yml', ([line]) => line?.includes('redundant') === true)).toHaveLength(1);
});

test('a Compose file of another name is one where the editor says so', async () => {
  const { client } = await start();
  const unnamed = 'services:\n  web:\n    image: nginx:1.27\n    ports: ["80:80:80:80"]\n';
  client.open('deploy/stack.yaml', unnamed, 'dockercompose');
  expect(await client.diagnostics('deploy/stack.yaml')).toMatchInlineSnapshot(`
    [
      "1:2-1:5 3 missing-healthcheck The service "web" has no health check. Add \`healthcheck:\` with a command that the image contains.",
      "3:12-3:25 1 invalid-port services.web.ports[0] is not a port: "80:80" is not an IP address. Write "container", "host:container" or "address:host:container", with "/udp" where needed.",
    ]
  `);
});

test('knows the options of a run', async () => {
  const { client, text } = await start(MODERN, [
    '--only',
    'dependency-not-awaited',
    '--rule',
    'dependency-not-awaited=info',
  ]);
  client.open('compose.yml', text('compose.yml'));
  expect(await client.diagnostics('compose.yml')).toMatchInlineSnapshot(`
    [
      "16:8-16:10 3 dependency-not-awaited "web" starts as soon as "db" has started, although its health check would say when it is ready. Write \`db: { condition: service_healthy }\` under \`depends_on\`.",
    ]
  `);
});

test.each([
  ['said in order', ['shutdown', 'exit'], 0],
  ['with exit alone', ['exit'], 1],
  ['by going away', [], 1],
] as const)('ends as the protocol says: %s', async (_, words, code) => {
  const { client } = await start({});
  expect(await client.leave(...words)).toBe(code);
});

test('the examples of --help are command lines of the server', () => {
  const [, examples = ''] = fogLint(['lsp', '--help']).out.split('\nExamples:\n');
  const lines = examples.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(1);
  // Without an editor it ends at once, as one that was not taken leave of.
  for (const line of lines) expect(fogLint(line.trim().split(' ').slice(1))).toEqual({ code: 1, out: '', err: '' });
});
