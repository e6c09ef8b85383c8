/** Characters that bash and zsh have an escape for, in a text between `$'` and `'`. */
const escapeOf = (char: string): string => {
  const code = char.charCodeAt(0);
  if (char === "'" || char === '\\') return `\\${char}`;
  return code < 128 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

/** A text as one word of a shell, on one line: whatever a name holds, nothing in it is run. */
export const shellWord = (text: string): string => {
  if (/^[\w./@%+:-]+$/.test(text)) return text;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
    return `$'${text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}'\\]/gu, escapeOf)}'`;
  return `'${text.replaceAll("'", "'\\''")}'`;
};
