import { Command } from 'commander';
import { rules } from '../../rules/index.js';
import { rulePage } from '../lint/rule-page.js';
import { ruleJson, rulesJson, rulesTable } from '../report/rule-list.js';
import { terminalMarkdown } from '../report/terminal-markdown.js';
import { COLOUR_MODES, type ColourMode, useColour } from './colour.js';
import type { Io } from './io.js';
import { choice, examples } from './options.js';
import { knownRule, oneRule } from './rule-options.js';

type RulesOptions = { readonly format: 'table' | 'json'; readonly color: ColourMode };

/** Columns that a page is broken at, so that it can be read on any terminal. */
const PAGE_WIDTH = 80;

/** `fog-lint rules`: the catalogue of rules, or the page of one. */
export const rulesCommand = (io: Io): Command =>
  new Command('fog-lint rules')
    .description('List all rules, or show all that is known about one')
    .argument('[rule]', 'id of a rule', oneRule)
    .option('--format <name>', 'table or json', choice(['table', 'json'] as const), 'table')
    .option('--color <when>', `colour: ${COLOUR_MODES.join(', ')}`, choice(COLOUR_MODES), 'auto')
    .addHelpText('after', examples('rules', 'rules port-collision', 'rules --format json'))
    .action((id: string | undefined, { format, color }: RulesOptions) => {
      const metas = rules.map(({ meta }) => meta);
      const colour = useColour(color, io);
      if (id === undefined) {
        io.write(format === 'json' ? rulesJson(metas) : rulesTable(metas, colour), true);
        return;
      }
      const known = knownRule(id);
      for (const meta of metas.filter((one) => one.id === known))
        io.write(format === 'json' ? ruleJson(meta) : terminalMarkdown(rulePage(meta), PAGE_WIDTH, colour), true);
    });
