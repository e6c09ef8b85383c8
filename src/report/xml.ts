const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 has no place for: most control characters, halves of characters. @see XML 1.0, 2.2 "Characters" */
const UNSAYABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** A text between tags. */
export const xmlText = (text: string): string =>
  text.replace(UNSAYABLE, '\ufffd').replace(/[&<>\r]/g, (char) => ENTITIES[char] ?? char);

/** Attributes in their order; those without a value are left out. Line breaks and tabs in a value survive. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text = String(value).replace(UNSAYABLE, '\ufffd');
      return ` ${name}="${text.replace(/[&<>"\t\n\r]/g, (char) => ENTITIES[char] ?? char)}"`;
    })
    .join('');

/** The first line of a file. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
