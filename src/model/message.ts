import { BOUNDS } from './bounds.js';

/** What steers a terminal, breaks a line or turns its direction: C0 and C1 controls, separators of lines, overrides of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escapeOf = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text on one line: each control character is written as `\u001b`. */
export const oneLine = (text: string): string => text.replace(CONTROL, escapeOf);

/** How much of a long message is kept of its end, where it says what is wrong. */
const END = 400;

/** A text without its middle, where it is longer than so many UTF-16 units. */
const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - END)}…${text.slice(text.length - END + 1)}`;

/**
 * A message as it may be shown everywhere: names and values that it quotes come from files nobody has to trust. Control
 * characters are written as `\u001b`; the middle of what is longer than the bound is left out.
 */
export const plainText = (text: string): string => oneLine(shortened(text, BOUNDS.messageLength));

/** A text of several lines without the middle of those that are longer than a line of a file may be where it is shown. */
export const shortLines = (text: string): string =>
  text.length <= BOUNDS.shownLine
    ? text
    : text
        .split('\n')
        .map((line) => shortened(line, BOUNDS.shownLine))
        .join('\n');

/** The JSON of data that is shown, not used: each text in it has lines of a length that can be shown. */
export const shortJson = (data: object): string =>
  `${JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? shortLines(value) : value), 2)}\n`;

/** Colours of fog-lint's own, and links to the pages of its rules, as `src/report` writes them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
const PAINT = /\u001b\[(?:1|2|22|3[1-469])m|\u001b\]8;;(?:file:\/\/[\x21-\x7e]*)?\u001b\\/;

/** Either of them; what is of our own making is its group. */
export const OUTSIDE_OF_PAINT = new RegExp(`(${PAINT.source})|${CONTROL.source}`, 'g');

/** As in a message, except for what makes lines and columns. In JSON it is the escape of that character. */
const asEscape = (control: string): string => (/[\n\t]/.test(control) ? control : escapeOf(control));

/**
 * A text of several lines as it may be shown everywhere: what steers a terminal is written as `\u001b`.
 * @param isPainted Whether colours and links in it are of fog-lint's own making; the names that it quotes are plain already.
 */
export const inertText = (text: string, isPainted = false): string =>
  isPainted
    ? text.replace(OUTSIDE_OF_PAINT, (found, paint?: string) => paint ?? asEscape(found))
    : text.replace(CONTROL, asEscape);

/** The same text with a sign in the place of each control character, so that offsets stay true; a tab is kept. */
export const visibleText = (text: string): string =>
  text.replace(CONTROL, (control) => (control === '\t' ? control : '\ufffd'));
