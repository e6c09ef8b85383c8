import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** A text that can be grown: something in front, a part that is repeated, and an end that may keep it from matching. */
export type Attack = { readonly start: string; readonly pump: string; readonly end: string };

/** Characters that stand for others of their kind, and what few patterns take. */
const CHARACTERS = [...'a0 -./_:=A,\n\t"\'@#$%&(){}[]<>|;!?*+~^`\\é\u0000\r', '\u2028'];

/** Ends that most patterns do not take, and some that they do. */
const ENDS = ['', '\u0000', '\n', '!', ' ', 'a', '/', '\n\u0000'];

/** Characters that a class or set takes, at most a few of them. */
const membersOf = (node: AST.Element, flags: string): readonly string[] => {
  const single = new RegExp(`^(?:${node.raw})$`, flags.replace(/[gy]/g, ''));
  return CHARACTERS.filter((character) => single.test(character));
};

/** Texts that an element takes; short ones, and not all of them. */
const samplesOf = (node: AST.Element, flags: string): readonly string[] => {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
      return membersOf(node, flags).slice(0, 4);
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.slice(0, 6).map(({ elements }) => sampleOf(elements, flags));
    case 'Quantifier': {
      const count = Math.min(Math.max(node.min, node.max > 0 ? 1 : 0), 40);
      return samplesOf(node.element, flags).map((text) => text.repeat(count));
    }
    default:
      return [''];
  }
};

/** One text that a row of elements takes. */
const sampleOf = (elements: readonly AST.Element[], flags: string): string =>
  elements.map((element) => samplesOf(element, flags)[0] ?? '').join('');

/** Repetitions with what stands in front of each and behind it, in the pattern's own order. */
type Repetition = { readonly node: AST.Quantifier; readonly before: string; readonly after: string };

/** From this many on a repetition counts as one without end. */
const MANY = 20;

const repetitionsIn = (
  alternatives: readonly AST.Alternative[],
  before: string,
  after: string,
  flags: string,
): readonly Repetition[] =>
  alternatives.flatMap(({ elements }) =>
    elements.flatMap((element, i): readonly Repetition[] => {
      const start = before + sampleOf(elements.slice(0, i), flags);
      const end = sampleOf(elements.slice(i + 1), flags) + after;
      const inner = element.type === 'Quantifier' ? element.element : element;
      const below = 'alternatives' in inner ? repetitionsIn(inner.alternatives, start, end, flags) : [];
      return element.type === 'Quantifier' && element.max >= MANY
        ? [{ node: element, before: start, after: end }, ...below]
        : below;
    }),
  );

/** Texts that are made against a pattern: each of its repetitions pumped, from the start, again and again, and cut short. */
export const attacksOn = (source: string, flags: string): readonly Attack[] => {
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const wholes = alternatives.map(({ elements }) => sampleOf(elements, flags));
  const found = new Map<string, Attack>();
  const add = (start: string, pump: string, ends: readonly string[]): void => {
    if (pump === '') return;
    for (const end of ends) found.set(JSON.stringify([start, pump, end]), { start, pump, end });
  };
  for (const whole of wholes) {
    add('', whole, ['', '\u0000']);
    add('', whole.slice(0, -1), ['', '\u0000']);
  }
  for (const { node, before, after } of repetitionsIn(alternatives, '', '', flags)) {
    const pumps = new Set(samplesOf(node.element, flags));
    for (const pump of pumps) {
      add(`\u0000${before}`, pump, ['\u0000']);
      for (const other of pumps) if (other !== pump) add(before, pump + other, ['', '\u0000']);
      add(before, pump, [...ENDS, after, `${after}\u0000`]);
      add('', pump, ['', '\u0000', '\n']);
      add('', before + pump, ['', '\u0000']);
      add('', before + pump + after, ['', '\u0000']);
    }
    add('', before, ['', '\u0000', '\n']);
  }
  return [...found.values()];
};
