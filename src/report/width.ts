/** Columns that a text takes on a terminal. */
export type WidthOf = (text: string) => number;

/**
 * Texts of characters that take one column each: ASCII, Latin, Greek and Cyrillic letters without marks that combine,
 * typographic points, dashes and quotes, lines and blocks. A soft hyphen takes none.
 */
export const PLAIN = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2500-\u259f]*$/;

/**
 * Renders something with a measure of texts. The tables of all characters take longer to load than most reports to render:
 * only where a text needs them it is rendered once more, with them.
 */
export const withWidths = async (render: (widthOf: WidthOf) => string): Promise<string> => {
  let isPlain = true;
  const rendered = render((text) => {
    isPlain &&= PLAIN.test(text);
    return text.length;
  });
  if (isPlain) return rendered;
  const { default: stringWidth } = await import('string-width');
  return render(stringWidth);
};
