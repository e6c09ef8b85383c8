/**
 * A text without all characters at its end that are among the given ones. A pattern that is bound to the end alone would
 * start its search anew at every one of them.
 */
export const withoutEnd = (text: string, characters: string): string => {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
};
