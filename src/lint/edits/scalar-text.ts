import type { LayoutStyle } from '../../parse/layout.js';
import { resolvePlain } from '../../parse/scalar.js';

/** Words and forms that readers of YAML 1.1 take for booleans or numbers; they are quoted to be texts for everybody. */
const AMBIGUOUS = /^(?:y|n|yes|no|on|off|<<|=)$|^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?$/i;

/** Characters that a text in quotes on one line cannot hold as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Whether a text means itself when it is written without quotes. */
export const isPlain = (text: string, inFlow: boolean): boolean => {
  if (text === '' || text !== text.trim() || UNPRINTABLE.test(text)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)/.test(text)) return false;
  if (/:(?:\s|$)|\s#/.test(text) || (inFlow && /[,[\]{}]|^[-?:]|:$/.test(text))) return false;
  const resolved = resolvePlain(text);
  return resolved.value === text && resolved.form === undefined && !AMBIGUOUS.test(text);
};

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
  '"': '\\"',
  '\\': '\\\\',
};

const escaped = (char: string): string => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const inDouble = (text: string): string => {
  const safe = text.replace(/["\\]/g, (char) => ESCAPES[char] ?? char);
  if (!UNPRINTABLE.test(safe)) return `"${safe}"`;
  return `"${[...safe].map((char) => (UNPRINTABLE.test(char) ? escaped(char) : char)).join('')}"`;
};

const inSingle = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A text as a YAML scalar on one line.
 * @param style The style to keep, where it can hold the text; plain ones get quotes where they need some.
 */
export const scalarText = (text: string, style: LayoutStyle, inFlow: boolean): string => {
  if (style === 'single' && !UNPRINTABLE.test(text)) return inSingle(text);
  if (style === 'plain' && isPlain(text, inFlow)) return text;
  if (style === 'plain' && /["\\]/.test(text) && !UNPRINTABLE.test(text)) return inSingle(text);
  return inDouble(text);
};
