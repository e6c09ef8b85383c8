import { expect, test } from 'vitest';
import { scalar } from '../../src/model/value.js';
import { declaredVariables } from '../../src/resolve/declared-variables.js';
import { substitute } from '../../src/resolve/template.js';

const VALUES: Readonly<Record<string, string>> = { A: 'a', B: 'b', EMPTY: '' };

const lookup = (name: string): { value: string; source: { kind: 'process' } } | undefined => {
  const value = VALUES[name];
  return value === undefined ? undefined : { value, source: { kind: 'process' } };
};

/** A template, what it becomes, and each variable with the text of its reference. */
const PLACES: readonly (readonly [template: string, text: string, references: readonly string[]])[] = [
  ['$A/$B', 'a/b', ['A: $A', 'B: $B']],
  ['${A:?x}/web:${B}', 'a/web:b', ['A: ${A:?x}', 'B: ${B}']],
  ['${A:-x}-${GONE:-y}.${B:+z}', 'a-y.z', ['A: ${A:-x}', 'GONE: ${GONE:-y}', 'B: ${B:+z}']],
  ['${GONE:-${B}}/${A-x}', 'b/a', ['B: ${B}', 'GONE: ${GONE:-${B}}', 'A: ${A-x}']],
  [
    'x${GONE:-y${A+${EMPTY:-$B}}}',
    'xyb',
    ['B: $B', 'EMPTY: ${EMPTY:-$B}', 'A: ${A+${EMPTY:-$B}}', 'GONE: ${GONE:-y${A+${EMPTY:-$B}}}'],
  ],
  ['${A:-x}\n${B:-y}', 'a\nb', ['A: ${A:-x}', 'B: ${B:-y}']],
  ['${A:-x} $$B }', 'a $B }', ['A: ${A:-x}']],
  ['${GONE:-{x} y}/${A:-x}', '{x} y/a', ['GONE: ${GONE:-{x} y}', 'A: ${A:-x}']],
  ['${EMPTY:-} ${EMPTY-x}', ' ', ['EMPTY: ${EMPTY:-}', 'EMPTY: ${EMPTY-x}']],
];

test.each(PLACES)('the places of references in %j', (template, text, references) => {
  const done = substitute(template, lookup);
  expect(done.fault).toBeUndefined();
  expect(done.text).toBe(text);
  expect(done.references.map(({ name, from, to }) => `${name}: ${template.slice(from, to)}`)).toEqual(references);
  for (const { from, to, templateFrom, templateTo, literal } of done.segments)
    if (literal) expect(done.text.slice(from, to)).toBe(template.slice(templateFrom, templateTo));
});

const FAULTS: readonly (readonly [template: string, fault: string])[] = [
  ['${A:-x} ${}', '${'],
  ['${A:?x}/${GONE:?y}', '${GONE:?y}'],
  ['${GONE:-y${A:-${ALSO_GONE:?z}}}', '${ALSO_GONE:?z}'],
  // A brace hides the character behind it, so that docker compose finds no end of the first reference and looks into it.
  ['${A:-${}} ${B}', '${'],
];

test.each(FAULTS)('the place of the fault in %j', (template, place) => {
  const { fault } = substitute(template, lookup);
  if (!fault || fault.kind === 'bound') throw new Error('there is no fault with a place');
  expect(template.slice(fault.from, fault.to)).toBe(place);
});

/** Of several references to one variable docker compose lists what it says at the one that it looks at last. */
const DECLARED: readonly (readonly [template: string, whenAbsent: string])[] = [
  ['${A:-1} ${A:-2}', '1'],
  ['${A:-1}\n${A:-2}', '2'],
  ['${A:-1} $A }', '1'],
  ['${A:-1} } $A', ''],
];

test.each(DECLARED)('the default of A in %j', (template, whenAbsent) => {
  const found = declaredVariables(scalar(template, [{ kind: 'default', source: 'a test' }]));
  expect(found.get('A')?.whenAbsent).toBe(whenAbsent);
});

test('all variables of a line are listed, however many there are', () => {
  const names = Array.from({ length: 500 }, (_, i) => `V${i}`);
  const found = declaredVariables(
    scalar(names.map((name) => `\${${name}:-x}`).join(' '), [{ kind: 'default', source: 'a test' }]),
  );
  expect([...found.keys()].sort()).toEqual([...names].sort());
});

/** Texts on one line that a scanner could go over again and again. */
const BOMBS: Readonly<Record<string, (count: number) => string>> = {
  references: (count) => '${A:-x}'.repeat(count),
  'references without an operator': (count) => '${A}'.repeat(count),
  'open braces': (count) => `\${A:-${'{x'.repeat(count)}}`,
  'dollar signs': (count) => '$$'.repeat(count),
};

/** Milliseconds of this process that a template takes, the best of three. */
const timeOf = (template: string): number => {
  const times = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    substitute(template, lookup);
    declaredVariables(scalar(template, [{ kind: 'default', source: 'a test' }]));
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
};

test.each(Object.entries(BOMBS))('time grows with the length of the text: %s', (_, make) => {
  const [small, large] = [timeOf(make(5_000)), timeOf(make(80_000))];
  expect(large).toBeLessThan(16 * 4 * Math.max(small, 1));
});
