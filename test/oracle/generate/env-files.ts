import fc, { type Arbitrary } from 'fast-check';
import { rarely } from './arbitraries.js';

/** Lines of env files, in every notation that docker compose reads. */
const line = fc.constantFrom(
  'A=from-file',
  'NEW=${A}-${WORD}',
  '# comment',
  '',
  'QUOTED="a b"',
  "LITERAL='$A ${B}'",
  'export B=two',
  'export LONE',
  'C: yaml',
  'D = spaced ',
  'E=value # comment',
  'F=value#no-comment',
  'G="two\nlines"',
  "H='two\nlines'",
  'I="esc \\n \\t \\" \\$A"',
  'J=${GONE:-default}',
  'K=${GONE-}${EMPTY:-e}',
  'L=$$escaped',
  'M="${A:+set}"',
  'GONE=found',
  'WORD=ignored',
  'A=again',
  'lower.dotted=x',
  'N=',
  'O=""',
  'P=a=b=c',
  'Q=#value',
  'R=\\$x',
  '  S=indented',
  'T="a" # comment',
  'U=ünï',
  'V=${A}${V}',
  'W=${SPACED}',
  'LOWER_case=${B}',
);

/** Env files mostly hold good lines; a bad one is an error of the whole set. */
const badLine = fc.constantFrom('1 2', 'X="open', '=x', 'Y=${A', '$Z=1');

/** The text of an env file; `start` comes first. */
export const envFile = (start = ''): Arbitrary<string> =>
  fc
    .tuple(
      fc.array(line, { maxLength: 8 }),
      rarely(badLine, 200),
      fc.constantFrom('\n', '\n', '\r\n'),
      fc.constantFrom('', '', '\ufeff'),
    )
    .map(
      ([lines, bad, end, mark]) => `${mark}${start}${[...lines, ...(bad === undefined ? [] : [bad])].join(end)}${end}`,
    );

/** The text of a file of labels. */
export const labelFile: Arbitrary<string> = fc
  .array(fc.constantFrom('b=from-label-file', 'new.label=${b}x', '# c', 'c-d="q r"', "e='$x'", 'com.example.a=1'), {
    maxLength: 4,
  })
  .map((lines) => `${lines.join('\n')}\n`);
