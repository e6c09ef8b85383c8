import { parseImage } from '../model/image.js';
import { oneLine } from '../model/message.js';
import { get, textOf } from '../model/value.js';
import { relative } from '../source/path.js';
import type { Workspace } from './workspace.js';

/** Words that YAML takes for something else than a text. */
const NOT_TEXTS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);

/** A text as YAML: plain where it cannot be taken for anything else. */
const yamlText = (text: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(text) && !NOT_TEXTS.has(text.toLowerCase()) ? text : oneLine(JSON.stringify(text));

/** Longest name of an image that a registry can have. */
const LONGEST_IMAGE = 255;

/** Images of a workspace that have no tag, by name. */
const untagged = ({ stacks }: Workspace): readonly string[] => {
  const names = new Set<string>();
  for (const { project } of stacks) {
    const services = get(project?.model, 'services');
    if (services?.kind !== 'mapping') continue;
    for (const { value } of services.entries.values()) {
      const image = textOf(get(value, 'image'));
      if (image === undefined || image === '' || get(value, 'build')) continue;
      const { name, tag, digest } = parseImage(image);
      if (digest === undefined && (tag === undefined || tag === 'latest') && name.length <= LONGEST_IMAGE)
        names.add(name);
    }
  }
  return [...names].sort();
};

const pinLines = (names: readonly string[]): string =>
  names.length === 0 ? '#   example/app: 1.4.2\n' : names.map((name) => `#   ${yamlText(name)}: <tag>\n`).join('');

/**
 * A settings file for a workspace: the roles and stacks that the names of its files suggest, to be corrected, and everything
 * else that can be set in comments. With it a run gives what it gives without.
 * @param schema Address of the settings' schema for editors, where there is one.
 */
export const settingsText = (workspace: Workspace, schema: string | undefined): string => {
  const { directory, files, stacks } = workspace;
  const name = (path: string): string => yamlText(relative(directory, path));
  const roles = files.map(({ path, role }) => `  ${name(path)}: ${role}\n`);
  const plans = stacks.map(
    (stack) => `  ${yamlText(stack.name)}: [${stack.files.map(({ path }) => name(path)).join(', ')}]\n`,
  );
  return `${schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`}# Settings of fog-lint. Only data, nothing here is run. \`fog-lint rules\` lists the rules.

# recommended, strict (hardening that most files lack), all, or another settings file: ./ci/fog-lint.yaml
extends: recommended

# What each file is for, by path or pattern: base, dev, prod, test, overlay. Taken from the names: correct what is wrong.
roles:
${roles.join('')}
# What is started together, each as \`docker compose -f … -f …\` gets it. Without this the names of the files decide.
stacks:
${plans.join('')}
# Levels of rules: off, info, warning, error.
# rules:
#   missing-healthcheck: off

# Levels for some files, services or roles only; the later ones win.
# overrides:
#   - roles: [dev]
#     rules: {latest-tag: info}

# Files that are not looked for.
# ignore: ["legacy/**"]

# Tags, or digests, for images that have none.
# pins:
${pinLines(untagged(workspace))}
# How volumes are named: snake_case, kebab-case, camelCase, any. Without this the majority decides.
# volumeNaming: snake_case
`;
};
