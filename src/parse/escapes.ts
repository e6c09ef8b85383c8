import { parseDocument } from 'yaml';

/** One escape of a text in double quotes: a backslash and what belongs to it. */
const ESCAPE = /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[\s\S])/gi;

/** Escapes that YAML 1.2 has and libyaml has not: a slash, and halves of a surrogate pair. */
const UNKNOWN = /^\\(?:\/|u[dD][89a-fA-F]|U0000[dD][89a-fA-F])/;

/**
 * Escapes that libyaml refuses in a text in double quotes.
 * @param raw The text with its quotes. Offsets count from the first of these.
 */
export const unknownEscapes = (raw: string): readonly { readonly offset: number; readonly text: string }[] =>
  [...raw.matchAll(ESCAPE)].flatMap(({ 0: text, index }) => (UNKNOWN.test(text) ? [{ offset: index, text }] : []));

/** What a text in double quotes means where it has the escape `\'`, which libyaml knows and YAML does not; else undefined. */
export const withQuoteEscapes = (raw: string): string | undefined => {
  const plain = raw.replace(ESCAPE, (found) => (found === "\\'" ? "'" : found));
  if (plain === raw) return undefined;
  const { contents } = parseDocument(plain, { schema: 'failsafe', logLevel: 'silent' });
  return contents && 'value' in contents && typeof contents.value === 'string' ? contents.value : undefined;
};
