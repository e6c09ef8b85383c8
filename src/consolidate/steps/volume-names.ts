import { renameKey, replaceScalar } from '../../lint/edits/replace.js';
import { pathKey } from '../../lint/leaves.js';
import { inStyle, styleOf, usualStyle } from '../../lint/volume-style.js';
import { namesIn } from '../../model/service.js';
import { get, isNull, textOf } from '../../model/value.js';
import { shellWord } from '../../source/shell-word.js';
import { oldLeaves, provenPairs, volumePath } from '../claims.js';
import type { StackPair } from '../layout.js';
import { type Claim, NO_CHANGE } from '../operation.js';
import { apply, attempt, insert, leafPlace, leavesIn, placeIn, rootOf, servicesIn, type Work } from '../work.js';

const declaredIn = (work: Work, file: string): readonly string[] =>
  namesIn(get(rootOf(work.texts.get(file)), 'volumes'));

const renameMounts = (work: Work, file: string, from: string, to: string): boolean =>
  servicesIn(work, file).every((service) =>
    leavesIn(work, file, service)
      .filter(({ path, text }) => path[0] === 'volumes' && text.split(':')[0] === from)
      .every((leaf) => {
        const place = leafPlace(work, file, service, leaf);
        return place !== undefined && apply(work, replaceScalar(place, to + leaf.text.slice(from.length)));
      }),
  );

const mountsLongForm = (work: Work, file: string, volume: string): boolean =>
  servicesIn(work, file).some((service) =>
    leavesIn(work, file, service).some(
      ({ path, value }) => path[0] === 'volumes' && value.kind === 'mapping' && textOf(get(value, 'source')) === volume,
    ),
  );

/** What Docker calls a volume of a stack, by its key. */
const nameIn = (pair: StackPair, key: string): string => String(volumePath(pair, key)[1]);

/** The volume itself is another one: its old name goes, the new one comes, and every mount of it changes. */
const copyClaims = (work: Work, from: string, to: string): readonly Claim[] =>
  provenPairs(work).flatMap((pair) => {
    const mounts = [...oldLeaves(pair).values()].filter(
      ({ path, text }) => path[2] === 'volumes' && text.includes(JSON.stringify(nameIn(pair, from))),
    );
    if (!oldLeaves(pair).has(pathKey([...volumePath(pair, from), 'name']))) return [];
    return [
      { stack: pair.name, path: volumePath(pair, from), after: null },
      { stack: pair.name, path: volumePath(pair, to), before: null },
      ...mounts.map(({ path }) => ({ stack: pair.name, path })),
    ];
  });

/** Commands that fill a new volume from the old one, which stays. */
const copyCommands = (work: Work, from: string, to: string): readonly string[] => {
  const [pair] = provenPairs(work).filter((each) => oldLeaves(each).has(pathKey([...volumePath(each, from), 'name'])));
  if (!pair) return [];
  const [old, now] = [nameIn(pair, from), nameIn(pair, to)];
  return [
    `docker volume create ${shellWord(now)}`,
    `docker run --rm -v ${shellWord(`${old}:/from:ro`)} -v ${shellWord(`${now}:/to`)} alpine cp -a /from/. /to`,
  ];
};

/** Writes the keys of volumes in one style and keeps the volumes that Docker knows by their old names. */
export const nameVolumes = (work: Work): void => {
  const files = [...work.texts.keys()];
  const { workspace } = work.analysis;
  const { volumeNaming } = workspace.settings;
  if (volumeNaming === 'any') return;
  const bases = new Set(workspace.files.flatMap(({ path, role }) => (role === 'base' ? [path] : [])));
  const names = files.flatMap((file) => declaredIn(work, file).map((name) => ({ name, isInBase: bases.has(file) })));
  const style = volumeNaming ?? usualStyle(names)?.style;
  if (!style) return;
  const all = new Set(files.flatMap((file) => declaredIn(work, file)));
  for (const name of all) {
    const wanted = inStyle(name, style);
    if (styleOf(name) === undefined || styleOf(name) === style || all.has(wanted)) continue;
    const holders = files.filter((file) => declaredIn(work, file).includes(name));
    const isPlain = holders.every((file) => {
      const value = get(rootOf(work.texts.get(file)), 'volumes', name);
      return (
        value !== undefined &&
        (isNull(value) || (value.kind === 'mapping' && !value.entries.has('name') && !value.entries.has('external')))
      );
    });
    if (!isPlain || files.some((file) => mountsLongForm(work, file, name))) continue;
    const real = `\${COMPOSE_PROJECT_NAME}_${name}`;
    const isCopied = work.decisions.volumes === 'copy';
    attempt(
      work,
      {
        id: `rename-volume:${name}`,
        kind: 'rename-volume',
        service: undefined,
        paths: [['volumes', name]],
        from: holders[0],
        to: holders[0],
        reason: `Most names of volumes here are in ${style}, ${name} is not.`,
        rule: 'volume-naming',
        effect: isCopied
          ? `The key is ${wanted}, and so is the volume: copy the data by hand before anything is started.`
          : `${NO_CHANGE} The key is ${wanted}; \`name:\` keeps the volume that Docker knows as ${real}.`,
        claims: isCopied ? copyClaims(work, name, wanted) : [],
        manual: isCopied ? copyCommands(work, name, wanted) : [],
      },
      () =>
        files.every((file) => {
          if (!renameMounts(work, file, name, wanted)) return false;
          if (!holders.includes(file)) return true;
          const place = placeIn(work, file, ['volumes', name]);
          return (
            place !== undefined &&
            apply(work, renameKey(place, wanted)) &&
            (isCopied || insert(work, file, ['volumes', wanted, 'name'], 'entry', real))
          );
        }),
    );
  }
};
