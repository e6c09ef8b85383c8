import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, StackSubject } from '../src/lint/subjects.js';
import { mountsOf } from '../src/model/service.js';
import { get, itemsOf, type Mapping, placeOfValue, textOf, type Value } from '../src/model/value.js';
import { dirname, isAbsolute, join, relative } from '../src/source/path.js';
import { type Span, textAt } from '../src/source/source.js';

/** A path of a resolved stack, and what it is for. */
type NamedPath = { readonly value: Value; readonly what: string };

const named = (value: Value | undefined, what: string): readonly NamedPath[] => (value ? [{ value, what }] : []);

function* pathsOf(service: Mapping): Generator<NamedPath> {
  yield* named(get(service, 'build', 'context'), 'build context');
  for (const item of itemsOf(get(service, 'env_file'))) yield* named(get(item, 'path'), 'env file');
  for (const { type, source } of mountsOf(service)) if (type === 'bind') yield* named(source, 'bind mount');
  for (const item of itemsOf(get(service, 'develop', 'watch'))) yield* named(get(item, 'path'), 'watched path');
}

/** Paths of a stack: those of its services, and the files of secrets and configs. */
function* pathsIn({ model, services }: StackSubject): Generator<NamedPath> {
  for (const { value } of services.values()) yield* pathsOf(value);
  for (const [section, what] of [
    ['secrets', 'secret'],
    ['configs', 'config'],
  ] as const) {
    const declared = get(model, section);
    if (declared?.kind !== 'mapping') continue;
    for (const { value } of declared.entries.values()) yield* named(get(value, 'file'), what);
  }
}

/** The path as it is written, in quotes or without; undefined where it is absolute or has variables. */
const writtenPath = (at: Span): string | undefined => {
  const text = textAt(at).replace(/^(["'])(.*)\1$/, '$2');
  return text === '' || isAbsolute(text) || /[$~\\\n]/.test(text) ? undefined : text;
};

/** What a path means where it is not what stands beside the file that writes it; undefined where it is well. */
const misreadPath = ({ value, what }: NamedPath, { files }: StackSubject): Problem | undefined => {
  const at = placeOfValue(value);
  const file = files.find(({ source }) => source === at?.source);
  const resolved = textOf(value);
  const text = at && writtenPath(at);
  if (!at || !file || text === undefined || resolved === undefined || !isAbsolute(resolved)) return undefined;
  const beside = join(dirname(file.path), text);
  if (beside === resolved || !isThere(beside, file) || isThere(resolved, file)) return undefined;
  // The folder that the path starts from is told by what became of it.
  const meant = relative(folderOf(resolved, text), beside);
  const shown = meant.startsWith('.') ? meant : `./${meant}`;
  return {
    at,
    message: `The ${what} ${text} leads to nothing: it starts from the folder of the stack's first file, not from that of ${file.name}.`,
    help: `Write ${shown}.`,
    evidence: text,
  };
};

const isThere = (path: string, { workspace }: FileSubject): boolean => {
  const kind = workspace.kind(path);
  return kind !== undefined && kind !== 'outside';
};

/** The folder from which a text leads to a path. */
const folderOf = (resolved: string, text: string): string => {
  let folder = resolved;
  for (const part of text.split('/').reverse())
    if (part === '..') folder = join(folder, '_');
    else if (part !== '.' && part !== '') folder = dirname(folder);
  return folder;
};

export default defineRule({
  meta: {
    id: 'path-base',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A relative path does not start from the folder of the file that writes it',
    description: `With several \`-f\` files docker compose takes every relative path from the project's folder, which is that of the first file, not from
the folder of the file that writes it. \`./config\` in \`deploy/compose.prod.yml\`, loaded on top of \`compose.yml\`, means \`./config\` beside
\`compose.yml\`. For a bind mount nobody notices: Docker makes an empty folder there.

Found where the path leads to nothing, and something of that name stands beside the file. Build contexts, bind mounts, env files,
watched paths and the files of secrets and configs are looked at. It is as bad as what \`missing-file\` would say of the place, and said instead. What \`include\` and \`extends\` bring in has paths of its own, and is left alone.`,
    source: 'docker compose, "Merge Compose files"; compose-spec 13-merge.md',
    bad: {
      'compose.yml': 'services:\n  web:\n    image: nginx:1.27\n',
      'deploy/compose.prod.yml': 'services:\n  web:\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      'deploy/nginx.conf': 'events {}\n',
      'fog-lint.yaml': 'stacks:\n  prod: [compose.yml, deploy/compose.prod.yml]\n',
    },
    good: {
      'compose.yml': 'services:\n  web:\n    image: nginx:1.27\n',
      'deploy/compose.prod.yml': 'services:\n  web:\n    volumes: ["./deploy/nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      'deploy/nginx.conf': 'events {}\n',
      'fog-lint.yaml': 'stacks:\n  prod: [compose.yml, deploy/compose.prod.yml]\n',
    },
    options: { stacks: 'files that are loaded together, those of other folders too.' },
    whenOff: 'When `--project-directory` is given each time, and differs from what fog-lint is given.',
  },
  *checkStack(stack) {
    const [first] = stack.files;
    if (!first || stack.files.every(({ path }) => dirname(path) === dirname(first.path))) return;
    for (const path of pathsIn(stack)) {
      const problem = misreadPath(path, stack);
      if (problem) yield problem;
    }
  },
});
