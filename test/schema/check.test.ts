import { Ajv } from 'ajv';
import fc, { type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { currentComposeSchema, essence } from '../../src/dev/schema-modules.js';
import { type Value, withEntry } from '../../src/model/value.js';
import { parse } from '../../src/parse/parse.js';
import { checkOf } from '../../src/schema/check.js';
import type { Schema, SchemaError } from '../../src/schema/keywords.js';
import { toPlain } from '../../src/schema/plain.js';
import { sourceOf } from '../../src/source/source.js';
import { settingsSchema } from '../../src/workspace/settings-schema.js';
import { baseFile, overrideFile } from '../oracle/generate/files.js';
import { toYamlText } from '../oracle/yaml-text.js';

const ajvOf = (schema: object) => new Ajv({ allErrors: true, strict: false, inlineRefs: false }).compile(schema);

/** Plain data whose mappings have methods, which ajv calls to compare items. */
const withMethods = (data: unknown): unknown => {
  if (Array.isArray(data)) return data.map(withMethods);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, inner]) => [key, withMethods(inner)]));
};

/** What ajv finds, in the order of `sorted`. */
const ajvFinds = (validate: ReturnType<typeof ajvOf>, value: Value): readonly string[] =>
  validate(withMethods(toPlain(value))) ? [] : sorted(validate.errors ?? []);

const written = (text: string): Value => {
  const [document] = parse(sourceOf('compose.yml', text)).documents;
  if (!document) throw new Error('no document');
  return document.root;
};

const isItemOf = ({ instancePath }: SchemaError, list: string): boolean =>
  instancePath.startsWith(`${list}/`) && !instancePath.includes('/', list.length + 1);

/**
 * Errors in an order of their own: ours come in that of the file. Which of several equal items is named is not compared, nor are
 * equal items where one is of the wrong type: ajv passes over those that are not of the one type that items may have.
 */
const sorted = (errors: readonly SchemaError[]): readonly string[] =>
  errors
    .filter(
      ({ keyword, instancePath }) =>
        keyword !== 'uniqueItems' || !errors.some((error) => error.keyword === 'type' && isItemOf(error, instancePath)),
    )
    .map(({ instancePath, keyword, params }) =>
      JSON.stringify([instancePath, keyword, keyword === 'uniqueItems' ? {} : params]),
    )
    .sort();

const errorsOf = (check: ReturnType<typeof checkOf>, value: Value): readonly SchemaError[] => {
  const found: SchemaError[] = [];
  const isFine = check(value, '', found);
  expect(check(value, '', undefined)).toBe(isFine);
  expect(found.length === 0).toBe(isFine);
  return found;
};

test.each<readonly [Schema, string]>([
  [{ type: 'string' }, '[text, 5, 5.5, true, null, {}, [], 2020-01-01]'],
  [{ type: 'number' }, '[text, 5, 5.5, 5.0, 99999999999999999999, .inf, true, null]'],
  // Infinity is a whole number to ajv, but not to docker compose: fixtures/resolve has that.
  [{ type: 'integer' }, '[5, 5.5, 5.0, 18446744073709551615, .nan, "5"]'],
  [{ type: ['boolean', 'null'] }, '[true, null, yes, 0]'],
  [{ type: ['object', 'array'] }, '[{}, [], text]'],
  [{ const: false }, '[false, true, null, "false"]'],
  [{ enum: ['a', 'b'] }, '[a, b, c, 1, {}, [a]]'],
  [{ type: 'string', enum: ['a'] }, '[a, c, 1]'],
  [{ oneOf: [{ type: 'string' }, { minLength: 2 }, { type: 'number' }] }, '[a, ab, 1, {}]'],
  [{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, '[a, [a, 1], [a], 1]'],
  [{ minimum: 1, maximum: 3 }, '[0, 1, 3, 3.5, 18446744073709551615, text, {}]'],
  [{ minLength: 2 }, '[a, ab, "", 𝒂, 1, []]'],
  [{ type: 'string', pattern: '^a.c$' }, '[abc, a𝒂c, ac, 1]'],
  [{ required: ['a', 'b'] }, '[{}, {a: 1}, {a: , b: 1}, [], text]'],
  [{ properties: { a: { type: 'string' } } }, '[{a: 1}, {a: b}, {b: 1}, []]'],
  [
    { properties: { a: {} }, patternProperties: { '^x-': {} }, additionalProperties: false },
    '[{a: 1, x-a: 1}, {b: 1}]',
  ],
  [{ properties: { a: {} }, additionalProperties: { type: 'string' } }, '[{a: 1, b: 1}, {b: c}]'],
  [{ patternProperties: { '^a': { type: 'string' }, b$: { minLength: 3 } } }, '[{ab: c}, {ab: 1}, {b: c}, {c: 1}]'],
  [{ additionalProperties: false }, '[{"a/b~c": 1, __proto__: 1, constructor: 2}, {}]'],
  [{ properties: { 'a/b~c': { items: { type: 'string' } } } }, '[{"a/b~c": [a, 1]}]'],
  [{ uniqueItems: true }, '[[a, b], [a, a], [1, "1"], [{a: 1, b: 2}, {b: 2, a: 1}], [], text]'],
  [{ uniqueItems: false }, '[[a, a]]'],
])('%j finds in %s what ajv finds', (schema, text) => {
  const whole = { type: 'array', items: schema } as const;
  const value = written(text);
  expect(sorted(errorsOf(checkOf(whole), value))).toEqual(ajvFinds(ajvOf(whole), value));
});

test('a reference leads to its definition, and into itself', () => {
  const schema = {
    $ref: '#/definitions/tree',
    definitions: { tree: { type: 'object', additionalProperties: { $ref: '#/definitions/tree' } } },
  } as const;
  const value = written('{a: {b: {}, c: {d: 1}}}');
  const expected = ajvFinds(ajvOf(schema), value);
  expect(expected).toEqual(['["/a/c/d","type",{"type":"object"}]']);
  expect(sorted(errorsOf(checkOf(schema), value))).toEqual(expected);
});

test('a reference to nothing is an error', () => {
  const check = checkOf({ items: { $ref: '#/definitions/none' } });
  expect(() => check(written('[]'), '', undefined)).toThrow('#/definitions/none leads to nothing');
});

test.each([
  [{ allOf: [{}] }, 'the keyword "allOf" is not known'],
  [{ properties: { a: { items: { if: {} } } } }, 'the keyword "if" is not known'],
  [{ oneOf: [{ $ref: '#/definitions/a', type: 'string' }] }, 'something stands beside the reference'],
])('%j is not passed over', (schema, message) => {
  expect(() => essence(schema)).toThrow(message);
});

test('what is said to readers is left out', () => {
  expect(essence({ title: 'a', properties: { title: { description: 'b', type: 'string' } }, $schema: 'c' })).toEqual({
    properties: { title: { type: 'string' } },
  });
});

/** What may stand in the wrong place. */
const misplaced = fc.constantFrom(
  ...['null', '5', '-1', '5.5', 'true', 'text', '""', '2020-01-01', '[]', '{}', '[a, a]', '[1]', '{a: 1}', '{x-a: 1}'],
  ...['[[a]]', '[{}]', '{a: null, b: {}}', '{name: a, external: {}}', '{unknown: 1}', '99999999999999999999'],
);

const sizeOf = (value: Value): number => {
  if (value.kind === 'scalar') return 1;
  const inner = value.kind === 'sequence' ? value.items : [...value.entries.values()].map((entry) => entry.value);
  return inner.reduce((size, item) => size + sizeOf(item), 1);
};

/** The value with another one in a place, counted from outside in; a mapping there is given one more key instead. */
const replacedAt = (value: Value, place: number, by: Value): Value => {
  if (place === 0) return value.kind === 'mapping' ? withEntry(value, 'unknown', { value: by }) : by;
  let left = place - 1;
  const change = (inner: Value): Value => {
    const size = sizeOf(inner);
    const isHere = left >= 0 && left < size;
    const result = isHere ? replacedAt(inner, left, by) : inner;
    left -= size;
    return result;
  };
  if (value.kind === 'scalar') return value;
  if (value.kind === 'sequence') return { ...value, items: value.items.map(change) };
  const entries = [...value.entries].map(([key, entry]) => [key, { ...entry, value: change(entry.value) }] as const);
  return { ...value, entries: new Map(entries) };
};

const changes = fc.array(fc.tuple(fc.nat(), misplaced), { maxLength: 3 });

const changedFiles: Arbitrary<Value> = fc
  .tuple(fc.oneof(baseFile, overrideFile), changes)
  .map(([file, given]) =>
    given.reduce(
      (value, [place, text]) => replacedAt(value, place % sizeOf(value), written(text)),
      written(toYamlText(file)),
    ),
  );

test('random files, with faults put in, have the errors that ajv finds by the Compose schema', () => {
  const schema = currentComposeSchema();
  const validate = ajvOf(schema);
  const check = checkOf(essence(schema) as Schema);
  fc.assert(
    fc.property(changedFiles, (value) => {
      expect(sorted(errorsOf(check, value))).toEqual(ajvFinds(validate, value));
    }),
    { numRuns: 300 },
  );
});

test('random settings have the errors that ajv finds', () => {
  const schema = settingsSchema([{ id: 'latest-tag', summary: 'A', severity: 'error' }]);
  const validate = ajvOf(schema);
  const check = checkOf(essence(schema) as Schema);
  const base = written(`
extends: [recommended]
rules: {latest-tag: off}
overrides: [{files: ['a/*'], rules: {latest-tag: error}}]
stacks: {a: [compose.yml], b: {files: [compose.yml], profiles: [c]}}
roles: {compose.yml: base}
pins: {redis: '7'}
decisions: {override: false, merge: [web], prod: {proxy: {service: a, image: b, port: 80, to: {/: c}}}}
volumeNaming: any
`);
  fc.assert(
    fc.property(changes, (given) => {
      const value = given.reduce((all, [place, text]) => replacedAt(all, place % sizeOf(all), written(text)), base);
      expect(sorted(errorsOf(check, value))).toEqual(ajvFinds(validate, value));
    }),
    { numRuns: 300 },
  );
});
