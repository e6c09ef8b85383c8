import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { volumeFix } from '../src/lint/volume-fix.js';
import { type Mount, mountsOf } from '../src/model/service.js';
import { get } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** How a name joins its words; undefined for one word, which fits every style. */
type Style = 'snake_case' | 'kebab-case' | 'camelCase';

const styleOf = (name: string): Style | undefined => {
  if (name.includes('_')) return 'snake_case';
  if (name.includes('-')) return 'kebab-case';
  return /[a-z][A-Z]/.test(name) ? 'camelCase' : undefined;
};

const inStyle = (name: string, style: Style): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_]+/);
  if (style === 'snake_case') return words.join('_');
  if (style === 'kebab-case') return words.join('-');
  return words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
};

type Named = { readonly name: string; readonly key: Span; readonly file: FileSubject };

const volumesIn = (file: FileSubject): readonly Named[] =>
  file.roots.flatMap((root) => {
    const volumes = get(root, 'volumes');
    if (volumes?.kind !== 'mapping') return [];
    return [...volumes.entries].flatMap(([name, { key }]) => (key ? [{ name, key, file }] : []));
  });

/** The style of most names; where two are as frequent, the one that the first file starts with. */
const majority = (names: readonly Named[]): { readonly style: Style; readonly example: Named } | undefined => {
  const groups = new Map<Style, Named[]>();
  for (const named of names) {
    const style = styleOf(named.name);
    if (style) groups.set(style, [...(groups.get(style) ?? []), named]);
  }
  let best: { style: Style; example: Named; size: number } | undefined;
  for (const [style, [example, ...others]] of groups)
    if (example && others.length + 1 > (best?.size ?? 0)) best = { style, example, size: others.length + 1 };
  return best;
};

function* oddNames(workspace: WorkspaceSubject): Generator<Problem> {
  const names = workspace.files.flatMap(volumesIn);
  const { volumeNaming } = workspace.settings;
  if (volumeNaming === 'any') return;
  const usual = volumeNaming === undefined ? majority(names) : { style: volumeNaming, example: undefined };
  if (!usual) return;
  const { example } = usual;
  const why = example ? `where most names here are in ${usual.style}` : `where the settings want ${usual.style}`;
  const reported = new Set<string>();
  for (const { name, key } of names) {
    const style = styleOf(name);
    if (style === undefined || style === usual.style || reported.has(name)) continue;
    reported.add(name);
    yield {
      fix: () => volumeFix(name, inStyle(name, usual.style), workspace),
      at: key,
      message: `The volume "${name}" is in ${style}, ${why}.`,
      help: `Call the key "${inStyle(name, usual.style)}", and keep the data with \`name:\`, since Docker knows the volume by its old name.`,
      notes: example ? [{ at: example.key, message: `"${example.name}", for example` }] : [],
      path: ['volumes', name],
    };
  }
}

const volumeMount = (mount: Mount): boolean => mount.type === 'volume' && mount.sourceText !== undefined;

/** Mounts of a service that another file of the stack feeds from another volume. */
function* changedSources(stack: StackSubject): Generator<Problem> {
  const [first, ...later] = stack.files;
  for (const file of later) {
    // Tests are meant to have data of their own.
    if (file.role === 'test') continue;
    for (const [name, service] of file.services) {
      const earlier = first?.services.get(name);
      if (!earlier) continue;
      for (const mount of mountsOf(service).filter(volumeMount)) {
        const before = mountsOf(earlier).find((other) => other.target === mount.target && volumeMount(other));
        const [ours, theirs] = [before?.sourceText ?? '', mount.sourceText ?? ''];
        if (
          !before?.at ||
          !mount.at ||
          ours === theirs ||
          inStyle(ours, 'snake_case') === inStyle(theirs, 'snake_case')
        )
          continue;
        yield {
          at: mount.at,
          message: `"${name}" keeps ${mount.target} in the volume "${theirs}" here, and in "${ours}" without this file: the data is not shared.`,
          help: 'Nothing to do where separate data is what you want.',
          notes: [{ at: before.at, message: `"${ours}" is mounted here` }],
          severity: 'info',
          path: ['services', name, 'volumes'],
          evidence: mount.target,
        };
      }
    }
  }
}

export default defineRule({
  meta: {
    id: 'volume-naming',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'Names of volumes mix styles',
    description: `\`prometheus_data\` in one file and \`prometheus-data\` in the other are two volumes, and the data that was expected is in the one
that is not mounted. The style of the majority counts, that of the first file where two are as frequent. Names of one word
fit every style.

A note tells where a later file, unless it is one for tests, feeds the same mount from another volume, which is right for development
and production data, and a surprise elsewhere.`,
    source: 'compose-spec 07-volumes.md',
    bad: {
      'docker-compose.yml':
        'services:\n  a:\n    image: example/a:1\n    volumes: ["a_data:/data", "a_logs:/logs"]\nvolumes:\n  a_data:\n  a_logs:\n',
      'docker-compose.b.yml':
        'services:\n  b:\n    image: example/b:1\n    volumes: ["b-data:/data"]\nvolumes:\n  b-data:\n',
    },
    good: 'services:\n  a:\n    image: example/a:1\n    volumes: ["a_data:/data", "logs:/logs"]\nvolumes:\n  a_data:\n  logs:\n',
    fixSafety: `The key is renamed wherever it is used, and \`name:\` keeps the volume that Docker knows, so that the data stays where it is.`,
    options: {
      volumeNaming:
        'the style that names must have, instead of that of the majority; `any` leaves only the note about changed sources.',
    },
    whenOff: 'When names of volumes are given from outside.',
  },
  *checkWorkspace(workspace) {
    yield* oddNames(workspace);
  },
  *checkStack(stack) {
    yield* changedSources(stack);
  },
});
