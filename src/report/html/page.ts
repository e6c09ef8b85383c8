import type { RuleMeta } from '../../lint/rule.js';
import { type Html, html, trusted } from './html.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { words } from './words.js';

export type PageSection = { readonly title: string; readonly content: Html };

/** What is said of one folder. */
export type PagePart = { readonly title: string; readonly sections: readonly PageSection[] };

export type Page = {
  readonly version: string;
  readonly parts: readonly PagePart[];
  /** The rules that findings of the page lead to. */
  readonly rules: readonly RuleMeta[];
};

/** `'sha256-…'`, by which a policy allows one inline style or script and no other. */
const sourceHash = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
};

/** What the page may do: show itself, with the one style and the one script that it holds. */
const policy = async (): Promise<string> =>
  [
    "default-src 'none'",
    `style-src ${await sourceHash(STYLE)}`,
    `script-src ${await sourceHash(SCRIPT)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const slug = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');

const RULES = 'rules';

/** What each rule is about, in the order of their names. */
const rulesSection = (rules: readonly RuleMeta[]): Html =>
  html`<section><h2 id="${RULES}">Rules</h2><dl class="rules">${rules.map(
    ({ id, summary }) => html`<dt id="rule-${id}">${id}</dt><dd>${words(summary)}</dd>
`,
  )}</dl></section>`;

/** A page as one file that needs nothing else: no script, style, image or font from elsewhere. */
export const pageText = async ({ version, parts, rules }: Page): Promise<string> => {
  const idOf = (part: number, { title }: PageSection): string =>
    parts.length === 1 ? slug(title) : `${part + 1}-${slug(title)}`;
  const links = parts.map(
    ({ title, sections }, i) =>
      html`${parts.length === 1 ? undefined : html`<p>${title}</p>`}<ul>${sections.map(
        (section) => html`<li><a href="#${idOf(i, section)}">${section.title}</a></li>`,
      )}${rules.length > 0 && i === parts.length - 1 ? html`<li><a href="#${RULES}">Rules</a></li>` : undefined}</ul>`,
  );
  const articles = parts.map(
    ({ title, sections }, i) =>
      html`<h1>${title}</h1>
${sections.map(
  (section) =>
    html`<section><h2 id="${idOf(i, section)}">${section.title}</h2>
${section.content}</section>
`,
)}`,
  );
  const title = parts.length === 1 ? parts[0]?.title : 'fog-lint';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<nav aria-label="Sections">${links}</nav>
<main id="content" tabindex="-1">
<p class="folds" hidden><button type="button" data-fold="open">Open all parts</button> <button type="button" data-fold="close">Close all parts</button></p>
${articles}${rules.length === 0 ? undefined : rulesSection(rules)}
</main>
<footer>Made by fog-lint ${version}. The file needs nothing else: it loads nothing and sends nothing.</footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.text;
};
