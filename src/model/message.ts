import { BOUNDS } from './bounds.js';

/** What steers a terminal, breaks a line or turns its direction: C0 and C1 controls, separators of lines, overrides of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** How much of a long message is kept of its end, where it says what is wrong. */
const END = 400;

/**
 * A message as it may be shown everywhere: names and values that it quotes come from files nobody has to trust. Control
 * characters are written as `\u001b`; the middle of what is longer than the bound is left out.
 */
export const plainText = (text: string): string => {
  const short =
    text.length <= BOUNDS.messageLength
      ? text
      : `${text.slice(0, BOUNDS.messageLength - END)}…${text.slice(text.length - END + 1)}`;
  return short.replace(CONTROL, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

/** The same text with a sign in the place of each control character, so that offsets stay true; a tab is kept. */
export const visibleText = (text: string): string =>
  text.replace(CONTROL, (control) => (control === '\t' ? control : '\ufffd'));
