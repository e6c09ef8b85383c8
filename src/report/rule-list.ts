import Table from 'cli-table3';
import type { RuleMeta } from '../lint/rule.js';
import { BORDERLESS } from './borderless.js';
import { type Paint, paintFor } from './paint.js';

/** A rule as programs read it. The fields are a contract. */
const ruleData = ({
  id,
  severity,
  preset,
  fix,
  fixSafety,
  since,
  summary,
  description,
  options,
  whenOff,
  source,
}: RuleMeta) => ({
  id,
  severity,
  preset,
  fix,
  since,
  summary,
  description,
  ...(fixSafety === undefined ? {} : { fixSafety }),
  options: options ?? {},
  whenOff,
  source,
  docs: `rules/${id}.md`,
});

/** All rules for programs. */
export const rulesJson = (rules: readonly RuleMeta[]): string => `${JSON.stringify(rules.map(ruleData), null, 2)}\n`;

/** One rule for programs. */
export const ruleJson = (rule: RuleMeta): string => `${JSON.stringify(ruleData(rule), null, 2)}\n`;

const level = (severity: RuleMeta['severity'], paint: Paint): string => {
  if (severity === 'error') return paint.red(severity);
  return severity === 'warning' ? paint.yellow(severity) : paint.cyan(severity);
};

/** All rules as a table for the terminal. */
export const rulesTable = (rules: readonly RuleMeta[], colour: boolean): string => {
  const paint = paintFor(colour);
  const table = new Table({
    head: ['rule', 'level', 'preset', 'fix', 'finds'].map((title) => paint.bold(title)),
    chars: BORDERLESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const { id, severity, preset, fix, summary } of rules)
    table.push([id, level(severity, paint), preset, fix === 'none' ? paint.dim(fix) : fix, summary]);
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return `${lines.join('\n')}\n\n${rules.length} rules. \`fog-lint rules <rule>\` shows all that is known about one.\n`;
};
