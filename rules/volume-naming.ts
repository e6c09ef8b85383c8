import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { volumeFix } from '../src/lint/volume-fix.js';
import { inStyle, styleOf, type UsualStyle, usualStyle, type VolumeStyle } from '../src/lint/volume-style.js';
import { type Mount, mountsOf } from '../src/model/service.js';
import { get, itemsOf, textOf } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

type Named = { readonly name: string; readonly key: Span; readonly file: FileSubject };

const volumesIn = (file: FileSubject): readonly Named[] =>
  file.roots.flatMap((root) => {
    const volumes = get(root, 'volumes');
    if (volumes?.kind !== 'mapping') return [];
    return [...volumes.entries].flatMap(([name, { key }]) => (key ? [{ name, key, file }] : []));
  });

const WHY: Readonly<Record<UsualStyle['by'], (style: VolumeStyle) => string>> = {
  most: (style) => `where most names here are in ${style}`,
  base: (style) => `where the base prefers ${style}`,
  first: (style) => `where as many are in ${style}, the first one among them`,
};

function* oddNames(workspace: WorkspaceSubject): Generator<Problem> {
  const names = workspace.files.flatMap(volumesIn);
  const { volumeNaming } = workspace.settings;
  if (volumeNaming === 'any') return;
  const usual = usualStyle(names.map(({ name, file }) => ({ name, isInBase: file.role === 'base' })));
  const wanted = volumeNaming ?? usual?.style;
  if (!usual || !wanted) return;
  const example = volumeNaming === undefined ? names.find(({ name }) => styleOf(name) === wanted) : undefined;
  const why = volumeNaming === undefined ? WHY[usual.by](wanted) : `where the settings want ${wanted}`;
  const reported = new Set<string>();
  for (const { name, key } of names) {
    const style = styleOf(name);
    if (style === undefined || style === wanted || reported.has(name)) continue;
    reported.add(name);
    yield {
      fix: () => volumeFix(name, inStyle(name, wanted), workspace),
      at: key,
      message: `The volume "${name}" is in ${style}, ${why}.`,
      help: `Call the key "${inStyle(name, wanted)}", and keep the data with \`name:\`, since Docker knows the volume by its old name.`,
      notes: example ? [{ at: example.key, message: `"${example.name}", for example` }] : [],
      path: ['volumes', name],
    };
  }
}

const volumeMount = (mount: Mount): boolean => mount.type === 'volume' && mount.sourceText !== undefined;

/** What can only be a folder of the host in the short form of a mount. */
const HOST_FOLDER = /^(?:\.{0,2}\/|\.:)/;

/** Whether a file may mount a volume: it writes so, or takes it from elsewhere. */
const mayMountVolumes = ({ roots }: FileSubject): boolean =>
  roots.some((root) => {
    const services = get(root, 'services');
    if (get(root, 'include') || services?.kind !== 'mapping') return true;
    return [...services.entries.values()].some(
      ({ value }) =>
        get(value, 'extends') !== undefined ||
        itemsOf(get(value, 'volumes')).some((item) => !HOST_FOLDER.test(textOf(item) ?? '')),
    );
  });

/** Mounts of a service that another file of the stack feeds from another volume. */
function* changedSources(stack: StackSubject): Generator<Problem> {
  const [first, ...later] = stack.files;
  for (const file of later) {
    // Tests are meant to have data of their own.
    if (file.role === 'test' || !mayMountVolumes(file)) continue;
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
that is not mounted. The style of most names counts, each name once; where two are as frequent, that of the base file, then
the one that is written first. Names of one word fit every style.

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
