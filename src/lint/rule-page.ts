import type { Example, Rule, RuleMeta } from './rule.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'info' } as const;

const FIXES = {
  safe: 'safe: every stack resolves to the same project as before',
  unsafe: 'unsafe: the behaviour changes, and the fix says how',
  none: 'none: the message says what to do',
} as const;

const PRESETS = {
  recommended: 'recommended, strict, all',
  strict: 'strict, all',
  all: 'all',
} as const;

/** Files of an example; a lone text is `compose.yml`. */
export const exampleFiles = (example: Example): Readonly<Record<string, string>> =>
  typeof example === 'string' ? { 'compose.yml': example } : example;

const language = (name: string): string => (/\.ya?ml$/.test(name) ? 'yaml' : 'ini');

const exampleText = (example: Example): string =>
  Object.entries(exampleFiles(example))
    .map(([name, text]) => `\`${name}\`\n\n\`\`\`${language(name)}\n${text.trimEnd()}\n\`\`\``)
    .join('\n\n');

const fixSection = (safety: string | undefined): string =>
  safety === undefined ? '' : `\n## Fix safety\n\n${safety}\n`;

const optionsText = ({ id, severity, options = {} }: RuleMeta): string =>
  [
    `- \`rules: {${id}: off}\` in the settings, or another level instead of ${severity}: \`info\`, \`warning\`, \`error\`.`,
    ...Object.entries(options).map(([key, text]) => `- \`${key}\`: ${text}`),
  ].join('\n');

/** The page of a rule, in Markdown. It is generated from what the rule says about itself, and its examples run as tests. */
export const rulePage = (meta: RuleMeta): string => {
  const { id, severity, preset, fix, fixSafety, since, summary, description, source, bad, good, whenOff } = meta;
  return `# ${id}

${summary}.

| level | presets | fix | since |
| --- | --- | --- | --- |
| ${LEVELS[severity]} | ${PRESETS[preset]} | ${FIXES[fix]} | ${since} |

${description}

## Found

${exampleText(bad)}

## Not found

${exampleText(good)}
${fixSection(fixSafety)}
## Options

${optionsText(meta)}

## When to switch it off

${whenOff}

## Source

${source}
`;
};

/** The table of all rules, in Markdown. */
export const ruleTable = (rules: readonly Rule[]): string => {
  const rows = rules.map(
    ({ meta }) => `| [${meta.id}](${meta.id}.md) | ${meta.severity} | ${meta.preset} | ${meta.fix} | ${meta.summary} |`,
  );
  return `# Rules

A rule is named for the fault it finds. \`recommended\` is the default preset; \`strict\` and \`all\` hold more.

| rule | level | preset | fix | finds |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
};
