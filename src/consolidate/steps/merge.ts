import { type Leaf, lineOf, pathKey } from '../../lint/leaves.js';
import { type ComposePath, formatPath } from '../../model/path.js';
import { namesIn } from '../../model/service.js';
import { get, textOf } from '../../model/value.js';
import { basename } from '../../source/path.js';
import { shellWord } from '../../source/shell-word.js';
import type { WorkspaceFile } from '../../workspace/workspace.js';
import { lossClaims, oldLeaves, provenPairs, volumePath } from '../claims.js';
import type { Claim } from '../operation.js';
import { attempt, leafAt, leavesIn, removeAt, removeLeaf, rootOf, serviceIn, servicesIn, type Work } from '../work.js';
import { keepingComments } from './kept-comments.js';

/** A service that an overlay defines once more. */
type Duplicate = { readonly service: string; readonly overlay: WorkspaceFile; readonly base: WorkspaceFile };

/** Whether services of an overlay become one with those of the base, as decided or for want of a decision. */
export const mergesIn = (
  { analysis, decisions, excluded }: Pick<Work, 'analysis' | 'decisions' | 'excluded'>,
  base: WorkspaceFile | undefined,
): readonly Duplicate[] => {
  const { merge } = decisions;
  if (!base || !merge) return [];
  return analysis.inventory.services.flatMap(({ name, files }) =>
    analysis.workspace.files.flatMap((overlay) => {
      const isDuplicate = files.get(overlay.path) === 'duplicate' && overlay.role === 'overlay';
      const isWanted = merge.includes(name) && !excluded.has(mergeId(overlay, name));
      return isDuplicate && isWanted ? [{ service: name, overlay, base }] : [];
    }),
  );
};

const mergeId = (overlay: WorkspaceFile, service: string): string =>
  `merge-duplicate:${basename(overlay.path)}:${service}`;

const sourceOfMount = (leaf: Leaf): string =>
  leaf.value.kind === 'mapping' ? (textOf(get(leaf.value, 'source')) ?? '') : (leaf.text.split(':')[0] ?? '');

const isHostPath = (source: string): boolean => /^[./~]/.test(source);

/** Networks of the overlay on which a service meets someone it needs, or who needs it. */
const neededNetworks = (work: Work, { service, overlay }: Duplicate): ReadonlySet<string> | undefined => {
  const needed = new Set<string>();
  let isKnown = false;
  for (const { stack, needs, networks } of work.analysis.topologies) {
    const files = work.analysis.workspace.stacks.find(({ name }) => name === stack)?.files ?? [];
    if (!files.includes(overlay)) continue;
    for (const { from, to } of needs) {
      const other = from === service ? to : to === service ? from : undefined;
      if (other === undefined) continue;
      isKnown = true;
      const isOwn = !leavesOfBase(work, other);
      for (const { name, members } of networks)
        if (isOwn && members.includes(service) && members.includes(other)) needed.add(name);
    }
  }
  return isKnown ? needed : undefined;
};

const leavesOfBase = (work: Work, service: string): boolean => {
  const { base } = work.layout;
  return base !== undefined && servicesIn(work, base.path).includes(service);
};

/** Why a setting goes that the base has, too. */
const SAME = 'the base says the same';

/** What becomes of a setting of the overlay: it goes, or it stays as what the overlay changes. */
type Verdict = { readonly leaf: Leaf; readonly goes: boolean; readonly why: string };

const mountVerdict = (work: Work, duplicate: Duplicate, leaf: Leaf, ours: Leaf | undefined): Verdict => {
  const [theirs, source] = [sourceOfMount(leaf), ours ? sourceOfMount(ours) : ''];
  if (!ours) return { leaf, goes: false, why: 'only here' };
  if (!isHostPath(theirs) && !isHostPath(source))
    return { leaf, goes: true, why: `one volume, ${source}, for ${String(leaf.path[1])}` };
  const target = String(leaf.path[1]);
  const kept = work.decisions.keep.get(duplicate.service)?.get(target);
  if (kept === undefined)
    work.questions.push({
      id: `keep:${duplicate.service}:${target}`,
      text: `${duplicate.service} gets ${target} from ${source} in ${basename(duplicate.base.path)} and from ${theirs} in ${basename(duplicate.overlay.path)}. Which one stays?`,
      candidates: [source, theirs],
      default: theirs,
      setting: `decisions.keep.${duplicate.service}`,
    });
  return kept === source ? { leaf, goes: true, why: `decided: ${source}` } : { leaf, goes: false, why: 'it differs' };
};

const verdictOn = (
  work: Work,
  duplicate: Duplicate,
  leaf: Leaf,
  networks: ReadonlySet<string> | undefined,
): Verdict => {
  const ours = leafAt(work, duplicate.base.path, duplicate.service, leaf.path);
  const [key, name] = leaf.path;
  if (ours?.text === leaf.text) return { leaf, goes: true, why: SAME };
  if (key === 'container_name' && ours) return { leaf, goes: true, why: 'one service has one container' };
  if (key === 'ports') return { leaf, goes: true, why: 'the base publishes it already, under its own host port' };
  if (key === 'volumes') return mountVerdict(work, duplicate, leaf, ours);
  if (key === 'networks' && networks && !networks.has(String(name)))
    return { leaf, goes: true, why: 'it needs nobody there' };
  return { leaf, goes: false, why: ours ? 'it differs' : 'only here' };
};

/** Volumes that the overlay declares and nobody there mounts any longer. */
const unusedVolumes = (work: Work, overlay: string): readonly string[] => {
  const declared = namesIn(get(rootOf(work.texts.get(overlay)), 'volumes'));
  const used = new Set(
    servicesIn(work, overlay).flatMap((service) =>
      leavesIn(work, overlay, service)
        .filter(({ path }) => path[0] === 'volumes')
        .map(sourceOfMount),
    ),
  );
  return declared.filter((name) => !used.has(name));
};

/** Commands that save a volume's data and take it away; `name` is what Docker calls it. */
export const volumeCommands = (name: string): readonly string[] => [
  `docker run --rm -v ${shellWord(`${name}:/from:ro`)} -v "$PWD":/to alpine tar czf ${shellWord(`/to/${name}.tgz`)} -C /from .`,
  `docker volume rm ${shellWord(name)}`,
];

/** What Docker calls a volume of a file, as the file is loaded alone. */
const realName = ({ alone }: WorkspaceFile, volume: string): string =>
  textOf(get(alone?.model, 'volumes', volume, 'name')) ?? volume;

const mergeOne = (work: Work, duplicate: Duplicate): void => {
  const { service, overlay, base } = duplicate;
  const isOther = ['image', 'build'].some((key) => {
    const [ours, theirs] = [base.path, overlay.path].map((file) => get(serviceIn(work, file, service), key));
    return (ours && lineOf(ours)) !== (theirs && lineOf(theirs));
  });
  if (isOther) {
    work.questions.push({
      id: `merge:${service}`,
      text: `${service} is another program in ${basename(overlay.path)} than in ${basename(base.path)}: it is not merged. Give it a name of its own.`,
      candidates: [],
      default: 'nothing',
      setting: 'decisions.merge',
    });
    return;
  }
  const networks = neededNetworks(work, duplicate);
  const verdicts = leavesIn(work, overlay.path, service).map((leaf) => verdictOn(work, duplicate, leaf, networks));
  const going = verdicts.filter(({ goes }) => goes);
  const claims: Claim[] = going.flatMap(({ leaf }) => lossClaims(work, overlay, service, leaf, undefined));
  const volumes = new Set(
    going.flatMap(({ leaf }) =>
      leaf.path[0] === 'volumes' && !isHostPath(sourceOfMount(leaf)) ? [sourceOfMount(leaf)] : [],
    ),
  );
  const lost = [...volumes].filter((name) =>
    namesIn(get(rootOf(work.texts.get(overlay.path)), 'volumes')).includes(name),
  );
  const shared = going.flatMap(({ leaf }) => {
    const ours = leaf.path[0] === 'volumes' ? leafAt(work, base.path, service, leaf.path) : undefined;
    return ours && !isHostPath(sourceOfMount(ours)) ? [sourceOfMount(ours)] : [];
  });
  for (const pair of provenPairs(work).filter(({ before }) => before.includes(overlay.path))) {
    for (const name of lost) claims.push({ stack: pair.name, path: volumePath(pair, name), after: null });
    // What no service of the stack mounted before was left out of it.
    for (const name of shared.filter((volume) => !oldLeaves(pair).has(pathKey([...volumePath(pair, volume), 'name']))))
      claims.push({ stack: pair.name, path: volumePath(pair, name), before: null });
  }
  const kept = verdicts.filter(({ goes }) => !goes).map(({ leaf }) => formatPath(leaf.path));
  const same = going.filter(({ why }) => why === SAME).map(({ leaf }) => ['services', service, ...leaf.real]);
  const isSaid = (path: ComposePath): boolean =>
    same.some((said) => path.length <= said.length && path.every((key, i) => String(key) === String(said[i])));
  const dropped = going.filter(({ why }) => why !== SAME);
  attempt(
    work,
    {
      id: mergeId(overlay, service),
      kind: 'merge-duplicate',
      service,
      paths: going.map(({ leaf }) => ['services', service, ...leaf.path]),
      from: overlay.path,
      to: base.path,
      reason: `${service} is complete in ${basename(base.path)} and in ${basename(overlay.path)}. ${basename(overlay.path)} keeps ${kept.length === 0 ? 'nothing' : `what it changes: ${kept.join(', ')}`}.`,
      rule: 'duplicate-service',
      effect: `Gone from ${basename(overlay.path)}: ${dropped.map(({ leaf, why }) => `${formatPath(leaf.path)} (${why})`).join('; ') || 'only what the base says too'}.${lost.length === 0 ? '' : ` What is in ${lost.map((name) => `the volume ${realName(overlay, name)}`).join(' and ')} is not mounted any longer.`}`,
      claims,
      manual: lost.flatMap((name) => volumeCommands(realName(overlay, name))),
    },
    () => {
      const isDone = [...going]
        .reverse()
        .every(({ leaf }) =>
          keepingComments(
            work,
            overlay.path,
            base.path,
            () => removeLeaf(work, overlay.path, service, leaf.path),
            isSaid,
          ),
        );
      return (
        isDone &&
        unusedVolumes(work, overlay.path)
          .filter((name) => lost.includes(name))
          .every((name) => removeAt(work, overlay.path, ['volumes', name]))
      );
    },
  );
};

/** Makes one service of those that the base and an overlay define; the overlay keeps what it changes. */
export const mergeDuplicates = (work: Work): void => {
  for (const duplicate of mergesIn(work, work.layout.base)) mergeOne(work, duplicate);
  const { base } = work.layout;
  const undecided = work.decisions.merge === undefined && base !== undefined;
  if (!undecided) return;
  const names = work.analysis.inventory.services.filter(({ files }) => [...files.values()].includes('duplicate'));
  if (names.length > 0)
    work.questions.push({
      id: 'merge',
      text: `${names.map(({ name }) => name).join(', ')}: defined in the base and, completely, in another file. Do they become one service, so that the other file no longer works alone?`,
      candidates: [`[${names.map(({ name }) => name).join(', ')}]`, 'false'],
      default: 'false',
      setting: 'decisions.merge',
    });
};
