import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeGenerated } from './generate.js';
import { writeSettingsSchema } from './schema-modules.js';

/** A rule that works, on examples that show it, for its author to change piece by piece. */
const moduleText = (id: string): string => `import { defineRule } from '../src/lint/rule.js';

export default defineRule({
  meta: {
    id: '${id}',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Say in one line what the rule finds',
    description: 'Say what exactly is found and what is not, and why it matters.',
    source: 'compose-spec, section and heading',
    bad: 'services:\\n  bad:\\n    image: nginx:1.27\\n',
    good: 'services:\\n  good:\\n    image: nginx:1.27\\n',
    whenOff: 'Say when it is right to switch the rule off.',
  },
  *checkService({ name, key }) {
    if (!key || name !== 'bad') return;
    yield {
      at: key,
      message: \`The service "\${name}" is what this rule looks for.\`,
      help: 'Say what to do.',
      path: ['services', name],
    };
  },
});
`;

const FIXTURE = 'services:\n  bad:\n    image: nginx:1.27\n  other:\n    image: nginx:1.27\n';

/**
 * Writes a new rule: its module, a fixture, and everything that is made of them.
 * @returns Paths of the files written, from the root.
 * @throws {Error} when the id is not one, or is taken.
 */
export const newRule = async (root: string, id: string | undefined): Promise<readonly string[]> => {
  if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new Error('usage: npm run new-rule <id>, an id such as "latest-tag"');
  const module = `rules/${id}.ts`;
  if (existsSync(join(root, module))) throw new Error(`${module} exists already`);
  const fixture = `fixtures/rules/${id}/first`;
  mkdirSync(join(root, fixture), { recursive: true });
  writeFileSync(join(root, module), moduleText(id));
  writeFileSync(join(root, fixture, 'compose.yml'), FIXTURE);
  await writeSettingsSchema(root);
  const written = await writeGenerated(root);
  return [module, `${fixture}/compose.yml`, ...written];
};
