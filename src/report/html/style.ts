/** Colours by what they are for, and the frame of the page. */
const PAGE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f6f8fa; --line: #d0d7de; --ink: #1f2328; --quiet: #57606a; --link: #0550ae;
  --good: #116329; --good-tint: #dafbe1; --bad: #a40e26; --bad-tint: #ffebe9; --caution: #7d4e00; --caution-tint: #fff3c4;
  --note: #0550ae; --note-tint: #ddf4ff; --bad-strong: #ffb3ad; --good-strong: #9be9a8; --shadow: 0 1px 2px rgb(31 35 40 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --raised: #161b22; --line: #30363d; --ink: #e6edf3; --quiet: #9da7b3; --link: #79c0ff;
    --good: #56d364; --good-tint: #12261e; --bad: #ff9492; --bad-tint: #341a1d; --caution: #e3b341; --caution-tint: #2e2410;
    --note: #79c0ff; --note-tint: #10243e; --bad-strong: #8c2f2f; --good-strong: #1f6f35; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Helvetica, Arial, "Liberation Sans", sans-serif;
  overflow-wrap: break-word;
}
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); border: 2px solid var(--link); z-index: 2; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
a { color: var(--link); }
nav { padding: 1rem 1.25rem 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin: 0; padding: 0; list-style: none; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav p { margin: 0 0 .25rem; font-weight: 600; }
main { padding: 0 1.25rem 2rem; max-width: 84rem; }
main:focus { outline: none; }
footer { padding: 1rem 1.25rem 2rem; color: var(--quiet); border-top: 1px solid var(--line); }
@media (min-width: 75rem) {
  body { display: grid; grid-template-columns: 15rem minmax(0, 1fr); }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2rem 0 2rem 1.5rem; grid-row: 1 / span 2; font-size: 14px; }
  nav ul { display: block; }
  nav li { padding: .2rem 0; }
  main { padding: 1rem 2.5rem 2rem; }
  footer { grid-column: 2; margin: 0 2.5rem; padding-left: 0; padding-right: 0; }
}
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1.5rem 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.75rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h4 { font-size: .95rem; margin: 1.25rem 0 .4rem; color: var(--quiet); }
p { margin: .6rem 0; max-width: 80ch; }
ul { padding-left: 1.4rem; }
li { margin: .2rem 0; max-width: 100ch; }
code, pre, .place { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
:not(pre) > code { -webkit-box-decoration-break: clone; box-decoration-break: clone; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: .05em .3em; overflow-wrap: anywhere; }
.code {
  margin: .5rem 0; padding: .7rem .9rem; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; line-height: 1.45;
}
.code > code { font-size: 1em; }
summary { cursor: pointer; font-weight: 600; padding: .3rem 0; }
summary h3 { display: inline; margin: 0; font-size: 1rem; }
.fold { margin: .5rem 0; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 6px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
`;

const TABLES = `
.scroll { overflow-x: auto; margin: .75rem 0 1rem; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; padding: .5rem .75rem; color: var(--quiet); }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th { background: var(--raised); font-weight: 600; }
.scroll td { min-width: 6.5rem; max-width: 34rem; overflow-wrap: anywhere; }
.scroll td:first-child { min-width: 2.2rem; overflow-wrap: break-word; }
.scroll td code { white-space: pre-wrap; }
.scroll tbody tr:hover { background: var(--raised); }
.mark .sign, .badge { font-weight: 600; }
.mark .sign { display: inline-block; min-width: 1.2em; text-align: center; }
.mark.good .sign { color: var(--good); } .mark.bad .sign { color: var(--bad); } .mark.caution .sign { color: var(--caution); }
.mark.note .sign { color: var(--note); } .mark.none .sign { color: var(--quiet); }
`;

const FINDINGS = `
.filters {
  display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; margin: 1rem 0; padding: .9rem 1rem;
  background: var(--raised); border: 1px solid var(--line); border-radius: 8px;
}
.filters fieldset { border: 0; margin: 0; padding: 0; }
.filters legend, .filters div > label { display: block; padding: 0; font-weight: 600; font-size: 13px; color: var(--quiet); }
.filters fieldset label { display: inline-block; margin: .3rem .9rem .3rem 0; }
.filters select, button {
  font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet); border-radius: 5px; padding: .3rem .6rem; max-width: 100%;
}
.filters div { min-width: 0; max-width: 100%; }
button { cursor: pointer; }
.folds { margin: 0 0 -1rem; text-align: right; max-width: none; font-size: 13px; }
.filters output { flex-basis: 100%; color: var(--quiet); }
.findings { list-style: none; padding: 0; margin: 0; }
.finding {
  max-width: none; margin: 0 0 .6rem; padding: .6rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--note); border-radius: 6px;
  background: var(--paper); box-shadow: var(--shadow); break-inside: avoid;
}
.finding.error { border-left-color: var(--bad); } .finding.warning { border-left-color: var(--caution); }
.finding summary { font-weight: normal; padding: 0; max-width: 110ch; }
.finding .where { display: block; padding-left: 1.1rem; color: var(--quiet); font-size: 13.5px; overflow-wrap: anywhere; }
.finding details[open] > summary { margin-bottom: .6rem; }
.badge { display: inline-block; padding: 0 .5em; border-radius: 1em; font-size: 12.5px; line-height: 1.6; }
.badge.bad { color: var(--bad); background: var(--bad-tint); } .badge.caution { color: var(--caution); background: var(--caution-tint); }
.badge.note { color: var(--note); background: var(--note-tint); }
.frame { margin: .4rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.frame .place { margin: 0; padding: .25rem .75rem; max-width: none; color: var(--quiet); background: var(--raised); border-bottom: 1px solid var(--line); }
.frame pre { margin: 0; padding: .35rem 0; line-height: 1.5; tab-size: 4; }
.line { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); }
.line > span:last-child { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0 .75rem; }
.line .number { color: var(--quiet); text-align: right; padding-right: .75rem; border-right: 1px solid var(--line); user-select: none; }
.line.note { color: var(--note); font-family: system-ui, Helvetica, Arial, sans-serif; font-size: 13px; }
.line.note > span:last-child::before { content: "↑ "; }
mark { color: inherit; background: var(--bad-tint); border-bottom: 2px solid var(--bad); }
.warning mark:not(.related) { background: var(--caution-tint); border-bottom-color: var(--caution); }
mark.related, .info mark:not(.related) { background: var(--note-tint); border-bottom-color: var(--note); }
mark.related { border-bottom-style: dashed; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .9rem; margin: .5rem 0 0; font-size: 14px; }
dt { font-weight: 600; color: var(--quiet); }
dd { margin: 0; }
.rules dt { color: var(--ink); }
.rules { grid-template-columns: max-content minmax(0, 1fr); }
:target { background: var(--note-tint); }
`;

const GRAPHS = `
.graph { margin: 1rem 0 1.75rem; }
.graph figcaption { font-weight: 600; }
.graph .scroll { padding: .75rem; background: var(--paper); margin: .4rem 0; }
.graph svg[role] { display: block; max-width: 100%; height: auto; }
.graph text { font: 14px Helvetica, Arial, "Liberation Sans", sans-serif; fill: var(--ink); text-anchor: middle; dominant-baseline: central; }
.edge text { font-size: 12px; fill: var(--quiet); stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }
.group rect { fill: var(--raised); stroke: var(--line); }
.group text { font-size: 13px; fill: var(--quiet); }
.node rect { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.2; }
.node.service rect { fill: var(--note-tint); stroke: var(--note); }
.node.network rect { fill: var(--good-tint); stroke: var(--good); }
.node.override rect { stroke-dasharray: 5 3; }
.node.duplicate rect { fill: var(--bad-tint); stroke: var(--bad); stroke-width: 2; }
.node.missing rect { stroke-dasharray: 2 3; }
.edge path { fill: none; stroke: var(--quiet); stroke-width: 1.3; }
.edge .head { fill: var(--quiet); stroke: none; }
.edge.member path { stroke: var(--good); stroke-width: 1; opacity: .55; }
.edge.reachable path, .edge.depends path { stroke: var(--note); } .edge.reachable .head, .edge.depends .head { fill: var(--note); stroke: none; }
.edge.blocked path, .edge.repeated path { stroke: var(--bad); stroke-width: 1.8; } .edge.blocked .head { fill: var(--bad); stroke: none; }
.edge.blocked path { stroke-dasharray: 6 4; }
.edge.localhost path { stroke: var(--caution); stroke-dasharray: 6 4; stroke-width: 1.8; } .edge.localhost .head { fill: var(--caution); stroke: none; }
.edge.absent path, .edge.same path { stroke-dasharray: 2 3; }
.edge .head { stroke-dasharray: none; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding: 0; margin: .3rem 0; list-style: none; color: var(--quiet); font-size: 13px; }
.key { vertical-align: -2px; margin-right: .4rem; }
.note { color: var(--quiet); }
.graph details { font-size: 14px; }
`;

const DIFF = `
.change { margin: .75rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.change > summary { padding: .45rem .8rem; background: var(--raised); font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13.5px; }
.diff { table-layout: fixed; font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.diff col.number { width: 3.4rem; }
.diff th { font-family: system-ui, Helvetica, Arial, sans-serif; padding: .2rem .75rem; color: var(--quiet); }
.diff td { padding: 0 .6rem; border-top: 0; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
.diff td.number { text-align: right; color: var(--quiet); user-select: none; padding: 0 .5rem; }
.diff td.new.number { border-left: 1px solid var(--line); }
.diff .none { background: var(--raised); }
.diff .del { background: var(--bad-tint); } .diff .ins { background: var(--good-tint); }
.diff .number.del, .diff .number.ins { color: var(--ink); }
.diff del, .diff ins { text-decoration: none; }
.diff b { font-weight: inherit; border-radius: 2px; }
.diff del b { background: var(--bad-strong); } .diff ins b { background: var(--good-strong); }
.diff .gap td { text-align: center; color: var(--quiet); background: var(--raised); padding: .1rem; }
`;

/** Narrow screens, and paper. */
const PLACES = `
@media (max-width: 48rem) {
  main { padding: 0 .75rem 2rem; } nav { padding: .75rem .75rem 0; }
  .finding { padding: .6rem .7rem; }
  .finding dl { grid-template-columns: minmax(0, 1fr); gap: 0; } .finding dd { margin-bottom: .3rem; }
  .rules { grid-template-columns: minmax(0, 1fr); }
  .line { grid-template-columns: 2.4rem minmax(0, 1fr); }
  .line .number { padding-right: .4rem; } .line > span:last-child { padding: 0 .4rem; }
  .graph svg[role] { max-width: none; }
  .diff thead, .diff colgroup, .diff td.none, .diff .same td.old { display: none; }
  .diff tr { display: flex; flex-wrap: wrap; } .diff td.number { flex: 0 0 2.6rem; } .diff td:not(.number) { flex: 0 0 calc(100% - 2.6rem); }
  .diff .gap td { flex: 1 0 100%; } .diff, .diff tbody { display: block; } .diff td.new.number { border-left: 0; }
}
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; }
  body { display: block; font-size: 10.5pt; }
  nav, .filters, .folds, .skip { display: none; }
  main { max-width: none; padding: 0; }
  h2, h3, h4, figcaption, summary { break-after: avoid; }
  .graph svg[role] { max-height: 22cm; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .scroll table { font-size: 8.5pt; } .diff { font-size: 7.5pt; }
  .scroll td { min-width: 0; } .scroll th, .scroll td { padding: .2rem .35rem; overflow-wrap: anywhere; }
  tr, .line { break-inside: avoid; }
}
@media print and (prefers-color-scheme: dark) {
  :root {
    --paper: #ffffff; --raised: #f6f8fa; --line: #d0d7de; --ink: #1f2328; --quiet: #57606a; --link: #0550ae;
    --good: #116329; --good-tint: #dafbe1; --bad: #a40e26; --bad-tint: #ffebe9; --caution: #7d4e00; --caution-tint: #fff3c4;
    --note: #0550ae; --note-tint: #ddf4ff; --bad-strong: #ffb3ad; --good-strong: #9be9a8;
  }
}
`;

/** The style of every page. */
export const STYLE = [PAGE, TABLES, FINDINGS, GRAPHS, DIFF, PLACES].join('');
