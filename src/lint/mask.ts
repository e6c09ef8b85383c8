/**
 * A secret as it may be shown: `fo…rd (12 characters)`. Short ones show nothing of themselves.
 */
export const mask = (secret: string): string => {
  const characters = [...secret];
  const size = `${characters.length} character${characters.length === 1 ? '' : 's'}`;
  if (characters.length < 8) return `… (${size})`;
  return `${characters.slice(0, 2).join('')}…${characters.slice(-2).join('')} (${size})`;
};

/** A secret inside a line that is shown: as wide as before, so that columns stay true. */
export const blot = (secret: string): string => {
  const characters = [...secret];
  const kept = characters.length < 8 ? 0 : 2;
  return characters
    .map((char, i) => (char === '\t' || i < kept || i >= characters.length - kept ? char : '•'))
    .join('');
};
