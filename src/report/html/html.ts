/** A piece of HTML that is known to be well formed. Only `html` makes it: whatever else goes into a page is escaped. */
export type Html = { readonly kind: 'html'; readonly text: string };

/** What can stand in a template: HTML as it is, texts and numbers by their letters, lists one after the other, nothing. */
export type Content = Html | string | number | undefined | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that HTML forbids, and halves of characters; a page shows that there was one. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

const contentText = (content: Content): string => {
  if (content === undefined) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return 'kind' in content ? content.text : content.map(contentText).join('');
};

/** HTML with contents put in. Attributes are written in double quotes; elements and attributes themselves are never put in. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html => ({
  kind: 'html',
  text: parts.map((part, i) => part + contentText(contents[i])).join(''),
});

/** Our own style or script, which is in a page as it is. */
export const trusted = (text: string): Html => ({ kind: 'html', text });
