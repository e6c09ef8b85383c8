import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { CWD, run, runIn } from '../run.js';

const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;

const POSITION = {
  type: 'object',
  required: ['line', 'column'],
  additionalProperties: false,
  properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
} as const;
const RANGE = {
  type: 'object',
  required: ['start'],
  additionalProperties: false,
  properties: { start: POSITION, end: POSITION },
} as const;
const LOCATION = {
  type: 'object',
  required: ['path'],
  additionalProperties: false,
  properties: { path: { type: 'string', minLength: 1, pattern: '^(?!/)' }, range: RANGE },
} as const;

/** What is published of the formats that have no schema of their own here. */
const SCHEMAS = {
  // reviewdog, proto/rdf/reviewdog.proto
  rdjson: {
    type: 'object',
    required: ['diagnostics'],
    additionalProperties: false,
    properties: {
      source: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, url: { type: 'string' } } },
      severity: { enum: ['UNKNOWN_SEVERITY', 'ERROR', 'WARNING', 'INFO'] },
      diagnostics: {
        type: 'array',
        items: {
          type: 'object',
          required: ['message', 'location'],
          additionalProperties: false,
          properties: {
            message: { type: 'string', minLength: 1 },
            location: LOCATION,
            severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
            code: {
              type: 'object',
              required: ['value'],
              additionalProperties: false,
              properties: { value: { type: 'string' }, url: { type: 'string' } },
            },
            suggestions: {
              type: 'array',
              minItems: 1,
              items: {
                type: 'object',
                required: ['range', 'text'],
                additionalProperties: false,
                properties: { range: RANGE, text: { type: 'string' } },
              },
            },
            related_locations: {
              type: 'array',
              items: {
                type: 'object',
                required: ['location'],
                additionalProperties: false,
                properties: { message: { type: 'string' }, location: LOCATION },
              },
            },
          },
        },
      },
    },
  },
  // docs.gitlab.com, "Code Quality report format"; the fields of location.lines are those of Code Climate's specification
  gitlab: {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      additionalProperties: false,
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', minLength: 1 },
        fingerprint: { type: 'string', minLength: 1 },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          additionalProperties: false,
          properties: {
            path: { type: 'string', pattern: '^(?!\\.?/)' },
            lines: {
              type: 'object',
              required: ['begin'],
              additionalProperties: false,
              properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  },
} as const;

const ajv = new Ajv();
const VALIDATORS = { rdjson: ajv.compile(SCHEMAS.rdjson), gitlab: ajv.compile(SCHEMAS.gitlab) } as const;

const SUBJECTS = [
  ...readdirSync(join(FIXTURES, 'report')).map((name) => join('report', name)),
  'fog-compute/before',
  'fog-compute/after',
];

describe.each(['rdjson', 'gitlab'] as const)('what is published of %s holds', (format) => {
  const validate = VALIDATORS[format];

  test('and can be broken', () => {
    expect(validate({ rdjson: { diagnostics: [{ message: '' }] }, gitlab: [{ description: 'a' }] }[format])).toBe(
      false,
    );
  });

  test.each(SUBJECTS)('for %s', async (subject) => {
    const { out } = await runIn(join(FIXTURES, subject), ['--format', format]);
    validate(JSON.parse(out));
    expect(validate.errors).toBe(null);
  });
});

describe('gitlab', () => {
  type Issue = { readonly fingerprint: string; readonly location: { readonly path: string } };
  const issues = async (text: string): Promise<readonly Issue[]> =>
    JSON.parse((await run(['-f', 'gitlab', '--only', 'latest-tag'], { 'compose.yml': text })).out) as readonly Issue[];
  const WARNED = 'services:\n  web: {image: nginx}\n  a: {image: nginx}\n';

  test('no two issues share a fingerprint, and none changes with lines or with the silence of another', async () => {
    const { out } = await runIn(join(FIXTURES, 'fog-compute/before'), ['-f', 'gitlab']);
    const prints = (JSON.parse(out) as readonly Issue[]).map(({ fingerprint }) => fingerprint);
    expect(prints.length).toBeGreaterThan(50);
    expect(new Set(prints).size).toBe(prints.length);
    const [web, a] = await issues(WARNED);
    expect(await issues(`# one\n${WARNED}`)).toEqual([
      { ...web, location: { path: 'compose.yml', lines: { begin: 3, end: 3 } } },
      { ...a, location: { path: 'compose.yml', lines: { begin: 4, end: 4 } } },
    ]);
    expect(await issues(WARNED.replace('}\n', '} # fog-lint-disable-line latest-tag\n'))).toEqual([a]);
  });
});

describe('rdjson', () => {
  type Position = { readonly line: number; readonly column: number };
  type Suggestion = { readonly range: { readonly start: Position; readonly end: Position }; readonly text: string };
  type Report = {
    readonly diagnostics: readonly {
      readonly location: { readonly range: Suggestion['range'] };
      readonly suggestions?: readonly Suggestion[];
    }[];
  };

  /** The bytes of a range, and those around it: lines and columns count from 1, columns in bytes. */
  const cut = (bytes: Buffer, { start, end }: Suggestion['range']): readonly [Buffer, Buffer, Buffer] => {
    const offset = ({ line, column }: Position): number => {
      let from = 0;
      for (let i = 1; i < line; i += 1) from = bytes.indexOf(10, from) + 1;
      return from + column - 1;
    };
    return [bytes.subarray(0, offset(start)), bytes.subarray(offset(start), offset(end)), bytes.subarray(offset(end))];
  };

  test.each([
    ['characters of several bytes before it', 'services:\n  web: {hostname: "🐘 数", image: nginx}\n'],
    ['a byte order mark', '\ufeffservices: {web: {hostname: "ü", image: nginx}}\n'],
    ['a byte order mark two lines above', '\ufeff#\nservices:\n  web: {hostname: "ü", image: nginx}\n'],
    ['line breaks of Windows', 'services:\r\n  web: {hostname: "ü", image: nginx}\r\n'],
  ])('columns are bytes: %s', async (_, text) => {
    const { out } = await run(['-f', 'rdjson', '--only', 'latest-tag'], { 'compose.yml': text });
    const [only] = (JSON.parse(out) as Report).diagnostics;
    expect(cut(Buffer.from(text), only?.location.range ?? fail())[1].toString()).toBe('nginx');
  });

  const suggestionsFor = async (text: string, rule: string): Promise<readonly Suggestion[]> => {
    const { out } = await run(['-f', 'rdjson', '--only', rule], { 'compose.yml': text });
    return (JSON.parse(out) as Report).diagnostics.flatMap(({ suggestions = [] }) => suggestions);
  };

  test.each([
    ['obsolete-version', 'version: "3"\n# ü\nservices: {web: {image: "a:1", hostname: "🐘"}}\n'],
    ['obsolete-version', '\ufeffversion: "3"\r\n\r\nservices: {web: {image: "a:1"}}\r\n'],
    ['ambiguous-scalar', 'services: {web: {image: "a:1", hostname: "🐘", init: yes}}\n'],
    [
      'hardcoded-tuning',
      'services:\n  a: {image: "x:1", environment: {ü: "ü", LOG_LEVEL: info}}\n  b: {image: "y:1", environment: {LOG_LEVEL: info}}\n  c: {image: "z:1", environment: [LOG_LEVEL=info]}\n',
    ],
  ])('a suggestion does what --fix does: %s', async (rule, text) => {
    const suggestions = await suggestionsFor(text, rule);
    const { written } = await run(['--fix', '--only', rule], { 'compose.yml': text });
    const bytes = [...suggestions].reverse().reduce((changed, { range, text: insertedText }) => {
      const [before, , after] = cut(changed, range);
      return Buffer.concat([before, Buffer.from(insertedText), after]);
    }, Buffer.from(text));
    expect(suggestions.length).toBeGreaterThan(0);
    expect(bytes.toString().replace('\ufeff', '')).toBe(written.get(`${CWD}/compose.yml`));
  });

  test('what changes behaviour is not suggested', async () => {
    const text = 'services: {db: {image: "postgres:16", ports: ["5432:5432"]}}\n';
    const { out } = await run(['-f', 'json', '--only', 'exposed-datastore'], { 'compose.yml': text });
    expect(out).toContain('"applicability": "unsafe"');
    expect(await suggestionsFor(text, 'exposed-datastore')).toEqual([]);
  });

  test('what needs other files is not suggested', async () => {
    const text = 'services: {db: {image: "postgres:16", environment: {POSTGRES_PASSWORD: hunter2-and}}}\n';
    const { out } = await run(['-f', 'json', '--only', 'hardcoded-secret'], { 'compose.yml': text });
    expect(out).toContain('"applicability": "safe"');
    expect(await suggestionsFor(text, 'hardcoded-secret')).toEqual([]);
  });
});

const fail = (): never => {
  throw new Error('nothing was found');
};

describe('XML', () => {
  // What YAML says with an escape, XML 1.0 cannot say at all.
  const files = { 'compose.yml': 'services: {web: {image: "nginx:1", "a\\u0001\\uFFFE\\t\\n<&>\\"b": 1}}\n' };

  test.each([
    ['checkstyle', ' message="services.web has no key &quot;a\\u0001\ufffd\\u0009\\u000a&lt;&amp;&gt;&quot;b&quot;."'],
    ['junit', ' message="services.web has no key &quot;a\\u0001\ufffd\\u0009\\u000a&lt;&amp;&gt;&quot;b&quot;."'],
    ['junit', 'compose.yml:1:36: services.web has no key "a\\u0001\ufffd\\u0009\\u000a&lt;&amp;&gt;"b".</failure>'],
  ])('%s has no character that it may not have', async (format, expected) => {
    const { out } = await run(['-f', format, '--only', 'schema'], files);
    expect(out).toContain(expected);
  });
});

test('junit: what a baseline accepts was skipped', async () => {
  const files = { 'compose.yml': 'services: {web: {image: nginx}}\n' };
  const only = ['--only', 'latest-tag', '--baseline', 'base.json'];
  const { written } = await run([...only, '--update-baseline'], files);
  const { out } = await run([...only, '-f', 'junit'], { ...files, 'base.json': written.get(`${CWD}/base.json`) ?? '' });
  expect(out).toContain('<testsuites name="fog-lint" tests="1" failures="0" errors="0">');
  expect(out).toContain('<skipped message="accepted by the baseline"/>');
});

test('no format shows a credential', async () => {
  const secret = 'correct-horse-battery';
  for (const format of ['github', 'gitlab', 'junit', 'checkstyle', 'rdjson', 'markdown']) {
    const { out } = await runIn(join(FIXTURES, 'report/secrets'), ['-f', format]);
    expect(out).toContain('hardcoded-secret');
    expect(out).not.toContain(secret);
  }
});
