import type { Finding } from '../../lint/finding.js';
import { SEVERITY_RANK, type Severity } from '../../lint/rule.js';
import { placeOf } from '../../source/lines.js';
import { SEVERITY_MARK } from '../document.js';
import { type Hidden, labelsOf, MOST_RELATED } from '../frame.js';
import { frame } from './frame.js';
import { type Html, html } from './html.js';
import { words } from './words.js';

/** Findings of one folder, and what it takes to show them. */
export type Found = {
  readonly findings: readonly Finding[];
  /** Parts of the sources that must not be shown. */
  readonly hidden: Hidden;
  /** A path as the page names it. */
  readonly name: (path: string) => string;
};

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** How the page names what concerns no file, and what a file says by itself in every stack. */
const NO_FILE = '(project)';

const fileOf = ({ at }: Finding, { name }: Found): string => (at ? name(at.source.path) : NO_FILE);

const findingHtml = (finding: Finding, found: Found): Html => {
  const { rule, severity, message, at, related, help, fixes, stacks } = finding;
  const left = related.length - MOST_RELATED;
  const facts = [
    ...(help === undefined ? [] : [html`<dt>Help</dt><dd>${words(help)}</dd>`]),
    ...fixes().map(({ title, applicability }) => html`<dt>Fix</dt><dd>${words(title)} (${applicability})</dd>`),
    ...(stacks.length === 0 ? [] : [html`<dt>Stacks</dt><dd>${stacks.join(', ')}</dd>`]),
    html`<dt>Rule</dt><dd><a href="#rule-${rule}">${rule}</a></dd>`,
  ];
  const place = at ? placeOf(at, found.name(at.source.path)) : NO_FILE;
  return html`<li class="finding ${severity}" data-severity="${severity}" data-rule="${rule}" data-file="${fileOf(finding, found)}" data-stacks="${JSON.stringify(stacks)}"><details${severity === 'error' ? html` open` : undefined}>
<summary><span class="badge ${SEVERITY_MARK[severity]}">${severity}</span> ${words(message)} <span class="where">${place} &#183; ${rule}</span></summary>
${frame(labelsOf(finding), found.name, found.hidden)}${left > 0 ? html`<p>${left} more places</p>` : undefined}<dl>${facts}</dl>
</details></li>
`;
};

/** A choice among values; the first one takes all. */
const choice = (id: string, name: string, title: string, all: string, values: readonly string[]): Html =>
  html`<div><label for="${id}-${name}">${title}</label><select id="${id}-${name}" name="${name}"><option value="">${all}</option>${values.map(
    (value) => html`<option>${value}</option>`,
  )}</select></div>`;

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

/** The controls that choose what is shown. They wait hidden until the script of the page serves them. */
const filters = (founds: readonly Found[], id: string): Html => {
  const all = founds.flatMap(({ findings }) => findings);
  const count = (severity: Severity): number => all.filter((finding) => finding.severity === severity).length;
  return html`<form class="filters" hidden>
<fieldset><legend>Severity</legend>${SEVERITIES.map(
    (severity) =>
      html`<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity} (${count(severity)})</label>`,
  )}</fieldset>
${choice(id, 'rule', 'Rule', 'all rules', sorted(all.map(({ rule }) => rule)))}
${choice(id, 'file', 'File', 'all files', sorted(founds.flatMap((found) => found.findings.map((finding) => fileOf(finding, found)))))}
${choice(id, 'stack', 'Stack', 'all stacks', sorted(all.flatMap(({ stacks }) => stacks)))}
<button type="reset">Show all</button>
<output></output>
</form>`;
};

/**
 * All findings, each with its source lines, the most severe first, and the controls to filter them.
 * @param id Makes the ids of the controls unique in the page.
 */
export const findingsHtml = (founds: readonly Found[], id: string): Html => {
  const all = founds.flatMap((found) => found.findings.map((finding) => ({ finding, found })));
  if (all.length === 0) return html`<p>There are no findings.</p>`;
  const ranked = all
    .map((each, i) => ({ ...each, i }))
    .sort((a, b) => SEVERITY_RANK[b.finding.severity] - SEVERITY_RANK[a.finding.severity] || a.i - b.i);
  return html`${filters(founds, id)}<ul class="findings">${ranked.map(({ finding, found }) => findingHtml(finding, found))}</ul>`;
};
