import type { ImageFacts, ImageKind, StatefulPath } from '../src/catalog/facts.js';
import { isWithin } from '../src/catalog/version.js';
import { containerPaths, hasUnreadVariables, switchSet, variableOf } from '../src/lint/container.js';
import { runsOnExample } from '../src/lint/image-config.js';
import { type KnownImage, knownImage } from '../src/lint/known-image.js';
import { addVolume } from '../src/lint/mount-edits.js';
import { isCompletedElsewhere, isForTests, isOneShot } from '../src/lint/purpose.js';
import { defineRule, fixBy } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { mountsOf, textsIn } from '../src/model/service.js';
import { get, placeOfValue } from '../src/model/value.js';
import { isInside } from '../src/source/path.js';

/** Where the data is: the path of the image, or the one that a variable names. */
const placeOf = ({ path, movedBy }: StatefulPath, { value }: ServiceSubject): string | undefined => {
  const moved = movedBy === undefined ? undefined : variableOf(value, movedBy);
  return moved?.startsWith('/') ? moved : moved === undefined ? path : undefined;
};

/** Whether a mount keeps the data: it is there, around it, or below it, where the image does not put the data elsewhere. */
const isKept = (service: ServiceSubject, stateful: StatefulPath): boolean => {
  const place = placeOf(stateful, service);
  if (place === undefined) return true;
  const tmpfs = textsIn(get(service.value, 'tmpfs')).map((mount) => mount.split(':')[0] ?? '');
  const targets = [...containerPaths(service).map(({ target }) => target), ...tmpfs];
  return targets.some(
    (target) =>
      isInside(target, place) ||
      (isInside(place, target) && !(place === stateful.path && stateful.except?.includes(target))),
  );
};

/** Whether what is at a path must not be lost, as far as the service says so. */
const isData = (
  service: ServiceSubject,
  { keeps, keptBy, isConfigured }: StatefulPath,
  { exampleConfig }: ImageFacts,
) => {
  if (isConfigured && exampleConfig && !runsOnExample(service, exampleConfig)) return false;
  return keeps === 'data' || (keptBy !== undefined && switchSet(service, keptBy) !== undefined);
};

const lost = (service: ServiceSubject, { facts, version }: KnownImage): StatefulPath | undefined => {
  const data = facts.stateful.filter((stateful) => isData(service, stateful, facts));
  // Of a version that is not known any place counts.
  const [first, ...others] = version ? data.filter((path) => isWithin(version, path)) : data;
  if (!first) return undefined;
  const candidates = [first, ...others];
  if (!version) return candidates.some((path) => isKept(service, path)) ? undefined : first;
  return candidates.find((path) => !isKept(service, path));
};

/** A mount that was meant to keep the data, and is elsewhere. */
const uselessMount = (service: ServiceSubject, { except = [] }: StatefulPath): string | undefined =>
  mountsOf(service.value).find(
    ({ type, target, sourceText }) => except.includes(target) || (type === 'volume' && sourceText !== undefined),
  )?.target;

/** Kinds of images whose data can be made or collected again. */
const REPLACEABLE: ReadonlySet<ImageKind> = new Set(['queue', 'search-engine', 'monitoring', 'admin-console']);

/** The folder whose data is lost, as far as the service can be known. */
const lostBy = (
  service: ServiceSubject,
): { readonly image: KnownImage; readonly stateful: StatefulPath } | undefined => {
  const image = knownImage(service);
  const stateful = image && lost(service, image);
  // The env files last: to look for them takes the most time.
  if (!stateful || get(service.value, 'volumes_from') || hasUnreadVariables(service)) return undefined;
  return { image, stateful };
};

export default defineRule({
  meta: {
    id: 'datastore-without-volume',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'The data of a database is not kept in a volume',
    description: `Without a mount the data stays in the container, or in a volume without a name: after \`docker compose down\`, or when the
container is made anew, the database is empty. The rule knows where well-known images keep what must not be lost, by version: from 18
on PostgreSQL has another folder, and a mount on the old one keeps nothing. Images that are built on one of them count, too, and
applications that keep files (WordPress, Gitea, n8n). Where it can be collected again (queues, search engines, metrics) it is an
information.

Not found are caches, which may be empty unless they are told to keep what they have (\`--appendonly yes\`), a mount anywhere at, around or below the folder, \`tmpfs\`, which says that the data may go,
stacks for tests, and a base that gets the volume from every file that is loaded with it.`,
    source: 'the documentation of each image, as the catalogue names it; docs.docker.com, "Volumes"',
    bad: 'services:\n  db:\n    image: postgres:16\n',
    good: 'services:\n  db:\n    image: postgres:16\n    volumes: ["db:/var/lib/postgresql/data"]\nvolumes:\n  db:\n',
    fixSafety: `The service gets a new named volume, which is empty: what an anonymous volume holds today stays there and must be copied.`,
    whenOff: 'For databases that are filled anew at every start.',
  },
  *checkService(service) {
    const { name, value, stack, key } = service;
    const found = lostBy(service);
    const named = get(value, 'image') ?? get(value, 'build');
    const at = (named && placeOfValue(named)) ?? key;
    if (!found || !at || isForTests(stack) || isOneShot(service)) return;
    if (isCompletedElsewhere(service, (other) => lostBy(other) !== undefined)) return;
    const { image, stateful } = found;
    const useless = uselessMount(service, stateful);
    const place = placeOf(stateful, service) ?? stateful.path;
    yield {
      at,
      message:
        useless === undefined
          ? `"${name}" keeps the data of ${image.facts.title} in no volume: it is gone with the container.`
          : `"${name}" mounts ${useless}, but ${image.facts.title} keeps its data in ${place}: it is gone with the container.`,
      help: `Mount a volume on ${place}.`,
      severity: REPLACEABLE.has(image.facts.kind) ? 'info' : 'warning',
      path: ['services', name, 'volumes'],
      evidence: place,
      fix: () =>
        useless === undefined
          ? fixBy(addVolume(service, place), 'unsafe', `Keep ${place} in a named volume`)
          : undefined,
    };
  },
});
