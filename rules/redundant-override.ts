import { touchesComment } from '../src/lint/edits/comments.js';
import type { Place } from '../src/lint/edits/place.js';
import { remove } from '../src/lint/edits/remove.js';
import { isKeptTwice, isSaidOnce, type Leaf, leavesOf, pathKey } from '../src/lint/leaves.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { FileSubject } from '../src/lint/subjects.js';
import {
  isExtended,
  isLayer,
  isTagged,
  leafAt,
  placeIn,
  settingName,
  stacksOf,
  type WrittenService,
  writtenService,
  writtenServices,
} from '../src/lint/written-services.js';
import type { ComposePath } from '../src/model/path.js';
import { get } from '../src/model/value.js';
import { firstOf, listed } from '../src/source/listed.js';
import { once } from '../src/source/once.js';

/** Whether a file takes something of a service back that the files before it gave. */
const takesBack = (file: FileSubject, name: string, key: string): boolean => {
  const written = writtenService(file, name);
  const place = written && (placeIn(written, [key]) ?? placeIn(written, []));
  return place !== undefined && isTagged(place);
};

/** The file that says the same before this one, in every stack that loads it; undefined where some stack has none. */
const saidBefore = ({ file, name }: WrittenService, leaf: Leaf): readonly [FileSubject, Leaf] | undefined => {
  let found: readonly [FileSubject, Leaf] | undefined;
  for (const { files } of stacksOf(file)) {
    const before = files.slice(0, files.indexOf(file));
    const giver = before.findLast((other) => leafAt(writtenService(other, name), leaf.path));
    const given = giver && leafAt(writtenService(giver, name), leaf.path);
    if (!giver || given?.text !== leaf.text || given.at === undefined) return undefined;
    if (before.some((other) => takesBack(other, name, String(leaf.path[0])))) return undefined;
    found ??= [giver, given];
  }
  return found;
};

const DRIVER: ComposePath = ['logging', 'driver'];

/** Whether a file logs with another driver than the one before it, so that none of the options there are left. */
const changesDriver = (service: WrittenService, giver: FileSubject): boolean => {
  const [now, before] = [leafAt(service, DRIVER), leafAt(writtenService(giver, service.name), DRIVER)];
  return now !== undefined && before !== undefined && now.text !== before.text;
};

/** Settings that are named; more are counted. */
const MOST_NAMED = 8;

type Redundant = { readonly leaf: Leaf; readonly giver: FileSubject; readonly given: Leaf };

/** What a service says again. One that extends another says it to win over that one; one that is extended says it for others. */
const redundantIn = (service: WrittenService): readonly Redundant[] => {
  if (get(service.value, 'extends') !== undefined || isExtended(service)) return [];
  return leavesOf(service.value).flatMap((leaf) => {
    const place =
      leaf.isAliased || leaf.path[0] === 'env_file' || isKeptTwice(leaf) ? undefined : placeIn(service, leaf.real);
    const before = place && !isTagged(place) ? saidBefore(service, leaf) : undefined;
    if (!before || (leaf.path[0] === 'logging' && changesDriver(service, before[0]))) return [];
    if (!isSaidOnce(service.value, leaf)) return [];
    return [{ leaf, giver: before[0], given: before[1] }];
  });
};

/** Paths below a service whose values are tagged: what `!reset` takes away is no setting of the file, and is needed there. */
function* taggedIn({ node, steps }: Pick<Place, 'node' | 'steps'>, path: ComposePath = []): Generator<ComposePath> {
  if (isTagged({ node, steps })) yield path;
  else
    for (const [i, { key, value }] of node.items.entries())
      yield* taggedIn({ node: value, steps: [] }, [...path, node.kind === 'mapping' ? (key?.text ?? '') : i]);
}

/** The paths, as they are written, at which or below which something new is said. */
const neededIn = (service: WrittenService, redundant: readonly Redundant[]): ReadonlySet<string> => {
  const all = new Set(redundant.map(({ leaf }) => pathKey(leaf.path)));
  const said = leavesOf(service.value).flatMap(({ path, real }) => (all.has(pathKey(path)) ? [] : [real]));
  const written = placeIn(service, []);
  const needed = new Set<string>();
  for (const path of [...said, ...(written ? taggedIn(written) : [])])
    for (let depth = 0; depth <= path.length; depth += 1) needed.add(pathKey(path.slice(0, depth)));
  return needed;
};

/** Takes away the widest part around a setting that says nothing new. */
const removal = (service: WrittenService, { real }: Leaf, needed: ReadonlySet<string>): Fix | undefined => {
  let depth = 0;
  while (depth < real.length && needed.has(pathKey(real.slice(0, depth)))) depth += 1;
  const place = placeIn(service, real.slice(0, depth));
  const edits = place && remove(place);
  // What a comment says of it would be lost, or be said of what comes next; a plan takes it to the other file.
  if (!edits || touchesComment(edits)) return undefined;
  return { title: 'Remove what is said twice', applicability: 'safe', edits };
};

function* problemsIn(service: WrittenService): Generator<Problem> {
  const redundant = redundantIn(service);
  const needed = once(() => neededIn(service, redundant));
  for (const { leaf, giver, given } of redundant) {
    if (!leaf.at) continue;
    const subject = `${giver.name} already gives "${service.name}"`;
    yield {
      at: leaf.at,
      message: `${subject} ${settingName(leaf)}, with the same value: saying it again changes nothing.`,
      help: 'Leave it out here.',
      notes: given.at ? [{ at: given.at, message: 'the same is said here' }] : [],
      path: ['services', service.name, ...leaf.path],
      cause: {
        of: JSON.stringify([service.file.path, giver.path, service.name]),
        subject,
        name: settingName(leaf),
        note: settingName(leaf),
      },
      fix: () => removal(service, leaf, needed()),
    };
  }
}

export default defineRule({
  meta: {
    id: 'redundant-override',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A file repeats what the file below it says',
    description: `A file that is loaded on top of another one only needs to say what is different. What it repeats changes nothing today, and
hides a change of the base tomorrow: the base is edited, and the old value stays in force.

Settings are compared as they are written, one by one: a variable, a port, a mount, a command. What a list has twice is there once.
Only files are looked at that are never loaded without another one before them: an overlay that also stands alone needs all that it
says. What a service says again in one file is one finding for each of the files below. What came by an anchor, and what \`!override\` or \`!reset\` takes back, is left alone.`,
    source: 'compose-spec 13-merge.md',
    bad: {
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports: ["8080:80"]\n    init: true\n',
      'docker-compose.override.yml': 'services:\n  web:\n    ports: ["8080:80"]\n    environment: {LOG_LEVEL: debug}\n',
    },
    good: {
      'docker-compose.yml': 'services:\n  web:\n    image: example/web:1\n    ports: ["8080:80"]\n    init: true\n',
      'docker-compose.override.yml': 'services:\n  web:\n    environment: {LOG_LEVEL: debug}\n',
    },
    fixSafety:
      'What is removed is given by a file that every stack loads before; each resolves to the same project as before. What a comment is about is left to you, or to `fog-lint consolidate`, which takes the comment along.',
    whenOff:
      'When files are loaded in combinations that their names do not tell, and the settings do not list them as `stacks`.',
  },
  *checkWorkspace(workspace) {
    for (const file of workspace.files) {
      const stacks = stacksOf(file);
      if (stacks.length === 0 || !isLayer(file) || stacks.some(({ files }) => files[0] === file)) continue;
      for (const service of writtenServices(file)) yield* problemsIn(service);
    }
  },
  together: ({ subject }, settings) => ({
    message: `${subject} ${listed(firstOf(settings, MOST_NAMED))}, with the same values: saying it again changes nothing.`,
  }),
});
