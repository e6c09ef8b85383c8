import type { Fault } from '../model/fault.js';
import { namesIn } from '../model/service.js';
import { get, itemsOf, textOf, type Value } from '../model/value.js';
import { nearest } from '../source/nearest.js';
import { dirname, relative } from '../source/path.js';
import { isComplete } from '../workspace/complete.js';
import type { DecidedName } from '../workspace/decided-names.js';
import { imagesOf, type Services, servicesOf } from '../workspace/known-services.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Consolidation } from './consolidate.js';
import { devSettingsIn } from './steps/moves.js';
import { writtenIn } from './written.js';

const networksOf = (workspaces: readonly Workspace[]): readonly string[] => [
  'default',
  ...workspaces.flatMap(({ files, stacks }) => [
    ...files.flatMap((file) => writtenIn(file, 'networks').map(({ name }) => name)),
    ...stacks.flatMap(({ project }) => namesIn(get(project?.model, 'networks'))),
  ]),
];

/** Mounts of a service as they are written: source and target. */
const mountsOf = (service: Value): readonly (readonly [source: string, target: string])[] =>
  itemsOf(get(service, 'volumes')).map((item) => {
    const text = textOf(item);
    if (text === undefined) return [textOf(get(item, 'source')) ?? '', textOf(get(item, 'target')) ?? ''];
    const [source = '', target = source] = text.split(':');
    return [source, target];
  });

/** Files that are loaded over the base, by their paths from its folder. */
const layersOf = ({ plan: { layout }, analysis: { workspace } }: Consolidation): readonly string[] =>
  layout.layers.map(({ path }) => relative(workspace.directory, path));

/** Whether there is an override, or one is made: what the settings say of it can be done. Nothing need move where nothing can. */
const canFollow = ({ plan: { layout }, analysis }: Consolidation, decision: string): boolean =>
  layout.override !== undefined ||
  (decision === 'moveDevSettings' && (!layout.base || devSettingsIn(analysis, layout.base).length === 0));

type Known = {
  readonly services: Services;
  readonly networks: readonly string[];
  readonly images: readonly string[];
  readonly consolidations: readonly Consolidation[];
};

const wordsOf = (
  named: DecidedName,
  { services, networks, images, consolidations }: Known,
): readonly [known: readonly string[], message: string] => {
  const { kind, name, service = '', target: on = '' } = named;
  const mounts = (services.get(service) ?? []).flatMap(mountsOf);
  switch (kind) {
    case 'file': {
      const isDone = consolidations.some(({ plan }) => plan.layout.override !== undefined);
      return [isDone ? [name] : consolidations.flatMap(layersOf), `No file over the base is called "${name}".`];
    }
    case 'of-override':
      return [
        consolidations.some((consolidation) => canFollow(consolidation, name)) ? [name] : [],
        `No file is the override or becomes it, so that \`${name}\` has no effect.`,
      ];
    case 'service':
      return [[...services.keys()], `No file has a service called "${name}".`];
    case 'image':
      return [images, `No service has the image "${name}".`];
    case 'network':
      return [networks, `No file has a network called "${name}", so that it is added.`];
    case 'target':
      return [mounts.map(([, target]) => target), `"${service}" mounts nothing at ${name}.`];
    case 'source':
      return [
        mounts.flatMap(([source, target]) => (target === on ? [source] : [])),
        `"${service}" mounts no ${name} at ${on}.`,
      ];
  }
};

/** What is wrong with a name in the settings, if anything. Networks can be new: only a near miss is one. */
const faultOf = (named: DecidedName, known: Known): readonly Fault[] => {
  const { kind, name, at, service } = named;
  const isTold = service !== undefined && !known.services.has(service);
  const [candidates, message] = wordsOf(named, known);
  // Nothing is known of mounts of a service or at a target that is not there itself; that is told.
  if (isTold || candidates.includes(name) || (kind === 'source' && candidates.length === 0)) return [];
  const guess = nearest(name, candidates);
  if (kind === 'network' && guess === undefined) return [];
  const help = guess === undefined ? {} : { help: `Did you mean "${guess}"?` };
  return [{ rule: 'schema', severity: 'warning', message, ...(at ? { at } : {}), ...help }];
};

/**
 * Names in decisions and pins that nothing in the Compose files has, each at its place, with the one that was probably
 * meant; and decisions on an override that there is not. Settings that do not lie beside the Compose files may be about those
 * of other folders, and are not judged; nor are any where some of the Compose files of the folder were not asked for.
 */
export const unknownNames = (consolidations: readonly Consolidation[]): readonly Fault[] => {
  const workspaces = consolidations.map(({ analysis }) => analysis.workspace);
  const settings = new Map(
    workspaces.flatMap(({ settings: { path, decidedNames }, directory }) =>
      path !== undefined && dirname(path) === directory ? [[path, decidedNames] as const] : [],
    ),
  );
  if (settings.size === 0 || !workspaces.every(isComplete)) return [];
  const services = servicesOf(workspaces);
  const known: Known = { services, networks: networksOf(workspaces), images: imagesOf(services), consolidations };
  return [...settings.values()].flatMap((names) =>
    names.flatMap((named) => faultOf(named, known)).sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0)),
  );
};
