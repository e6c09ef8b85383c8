import fc, { type Arbitrary } from 'fast-check';
import { type Data, RawData } from '../yaml-text.js';

/** Any YAML value. */
export type Any = Arbitrary<Data>;

export const one = (...values: readonly Data[]): Any => fc.constantFrom(...values);
export const either = (...choices: readonly Any[]): Any => fc.oneof(...choices);
export const list = (item: Any, max = 3): Any => fc.array(item, { maxLength: max });
/** A list without repetitions, which the schema of many lists forbids. */
export const distinct = (item: Any, max = 3): Any => fc.uniqueArray(item, { maxLength: max }) as Any;
export const object = (model: Readonly<Record<string, Any>>, required: readonly string[] = []): Any =>
  fc.record(model, { requiredKeys: [...required] }) as Any;
export const named = (names: readonly string[], value: Any): Any =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }) as Any;
export const stringOrList = (item: Any): Any => either(item, distinct(item));

/** Mostly `good`, now and then something that is likely to be refused: a refused set compares little. */
export const mostly = (good: Any, bad: Any, weight = 100): Any =>
  fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: bad });

/** Now and then a value, mostly none. */
export const rarely = <T>(value: Arbitrary<T>, weight = 4): Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Joins mappings, the later ones winning. */
export const merge = (...parts: readonly (Data | undefined)[]): Data =>
  Object.assign({}, ...parts.filter((part) => part !== undefined)) as Data;

/** Scalars as a hand may write them, which YAML 1.1 and 1.2 read in different ways. */
export const handWritten = (...texts: readonly string[]): Any =>
  fc.constantFrom(...texts).map((text): Data => new RawData(text));

const reference = one(
  '$WORD',
  '${WORD}',
  '${NUMBER}',
  '${GONE:-fallback}',
  '${GONE-x}',
  '${EMPTY:-filled}',
  '${EMPTY-kept}',
  '${WORD:+set}',
  '${GONE:+set}',
  '${EMPTY+set}',
  '${WORD:?needed}',
  '${GONE:-${WORD:-deep}}',
  '${GONE:-${NUMBER}}-${WORD}',
  '${WORD}${NUMBER}',
  '$$literal',
  'a$$b${WORD}c',
  '$$$WORD',
  '${GONE}',
  '${WORD:-a} ${GONE:-b}',
  '${FROM_DOTENV}',
);
export const text = either(
  one('a', 'b', 'some text', '1', 'true', 'null', 'a:b', 'x=y', '', ' lead', 'ünï', 'a#b', "it's", '"q"'),
  one('two\nlines', 'a\tb', '5$', '$5', 'yes', '~'),
  handWritten('yes', 'off', '0x1F', '010', '1_000', '1e3', '.5', '12:30', "'single ''q'''", '"esc \\u00e9 \\n"', '~'),
  reference,
);
export const word = one('a', 'b-c', 'x1', '${WORD}', 'v${NUMBER}');
export const integer = either(one(0, 1, 2, 10, 1000), one('5', '${NUMBER}'), handWritten('0x10', '010', '1_0'));
export const flag = either(one(true, false), one('true', 'false', '${TRUTH}', 'yes', 'n'), handWritten('yes', 'off'));
export const size = either(
  one('1g', '512m', '1.5gb', '64kb', '100b', '1024', '2 GiB', '${NUMBER}m', '512M'),
  one('1KiB', '0.5m'),
);
export const duration = one('30s', '1m30s', '1h', '500ms', '2d', '1.5h', '0', '${NUMBER}s', '1w2d', '100us');
export const path = one('./rel', '../up', '/abs/path', '~/home', 'plain', './a/../b', './${WORD}/x', '.', './x/');
export const ip = one('127.0.0.1', '0.0.0.0', '::1', '10.1.2.3');

/** A mapping, or a list of `key=value`. */
export const keyValue = (keys: readonly string[], value: Any): Any =>
  either(
    named(keys, mostly(value, either(one(null, 1.5, 1e3, true, false), handWritten('1.50', '1e20', '~')), 8)),
    fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...keys), either(one('a', 'b c', '1', 'x=y', '#c'), reference, one('', '=', null)))
        .map(([key, content]) => (content === null ? key : `${key}=${typeof content === 'object' ? '' : content}`)),
      { maxLength: 4 },
    ) as Any,
  );

export const labels = keyValue(['com.example.a', 'b', 'c-d', 'x-e'], text);
export const variables = keyValue(['A', 'B', 'WORD', 'GONE', 'LOWER_case'], text);
export const command = either(
  one('run', 'sh -c "a b"', 'a "b c" \'d e\'', 'x $$HOME', 'echo ${WORD}', '', 'a\\ b', 'a && b', '2> x', 'a `b`'),
  one('a $(b c)', 'a;b', '"a""b"', "a 'b\nc'"),
  list(one('run', '--flag', 'a b', '$${X}', '${WORD}')),
  one(null),
);
