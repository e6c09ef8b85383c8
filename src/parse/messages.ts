/** What the parser says in the words of the YAML specification, and the same in those of somebody who writes Compose files. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^Missing closing (["'])quote$/, 'A text that starts with $1 has no closing $1.'],
  [/^Flow (?:map|sequence) .*end with a (.)$/, 'The closing $1 is missing.'],
  [/^Nested mappings are not allowed in compact mappings$/, 'A value holds another `: `. Put the value in quotes.'],
  [/^Implicit keys need to be on a single line$/, 'A key goes on over several lines. The `: ` behind it is missing.'],
  [/^Implicit map keys need to be followed by map values$/, 'This is no `key: value`. The `: ` is missing.'],
  [
    /^All (?:mapping|sequence) items must start at the same column$/,
    'This is indented differently from what it belongs to.',
  ],
  [
    /^A block sequence may not be used as an implicit map key$/,
    'This list is indented differently from what it belongs to.',
  ],
  [/^Plain value cannot start with .* character (.)$/, 'A text cannot start with $1 without quotes.'],
  [/^Tabs are not allowed as indentation$/, 'A tab stands where only spaces may stand.'],
  [/^Unexpected ([a-z-]+) at node end$/, 'Something follows a value that is complete.'],
  [/^Unexpected [a-z-]+ token in YAML stream: (".*")$/, 'Nothing can be made of $1 here.'],
];

/** A message of the parser as a sentence in plain words. */
export const plainMessage = (message: string): string => {
  const line = (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
  const known = MESSAGES.find(([pattern]) => pattern.test(line));
  if (known) return line.replace(...known);
  return /[.!?]$/.test(line) ? line : `${line}.`;
};
