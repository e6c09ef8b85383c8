import { imageFacts } from '../src/catalog/images.js';
import { versionOf } from '../src/catalog/version.js';
import { isDatastore } from '../src/lint/known-image.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { leafAt, type WrittenService, writtenService, writtenServices } from '../src/lint/written-services.js';
import { familiarName, parseImage } from '../src/model/image.js';
import { mountsOf } from '../src/model/service.js';
import { get, textOf } from '../src/model/value.js';
import { oncePer } from '../src/source/once.js';
import type { Span } from '../src/source/source.js';

/** A service as one file gives it an image. */
type Holder = {
  readonly file: FileSubject;
  readonly service: WrittenService;
  readonly repository: string;
  readonly reference: string;
  readonly version: readonly number[] | undefined;
  readonly at: Span;
};

const holderIn = (file: FileSubject, name: string): Holder | undefined => {
  const service = writtenService(file, name);
  const leaf = leafAt(service, ['image']);
  const reference = textOf(leaf?.value);
  // What a variable gives may be anything.
  if (!service || !leaf?.at || reference === undefined || reference.includes('$') || leaf.isAliased) return undefined;
  const { name: repository, tag } = parseImage(reference);
  return {
    file,
    service,
    repository: familiarName(repository),
    reference,
    version: versionOf(tag),
    at: leaf.at,
  };
};

/** A reference without its digest, which is long and says nothing to people. */
const shown = ({ reference }: Holder): string => reference.split('@')[0] ?? reference;

/** Whether two versions differ as far as both say one: `15` and `15.4` may be the same. */
const differ = (a: readonly number[], b: readonly number[]): boolean =>
  a.some((part, i) => b[i] !== undefined && b[i] !== part);

/**
 * Whether two files are variants of one project: one builds on the base that the other one is, or they have most of their
 * services in common. A file that stands alone and shares one service with the base is a project of its own.
 */
const areVariants = (a: FileSubject, b: FileSubject): boolean => variantsOf(a)(b);

const variantsOf = oncePer((a: FileSubject) =>
  oncePer((b: FileSubject): boolean => {
    if ((a.role === 'base' && !b.isSelfSufficient) || (b.role === 'base' && !a.isSelfSufficient)) return true;
    const [ours, theirs] = [writtenServices(a), writtenServices(b)];
    const names = new Set(theirs.map(({ name }) => name));
    const common = ours.filter(({ name }) => names.has(name)).length;
    return common * 2 >= Math.min(ours.length, theirs.length) && common >= 2;
  }),
);

/** Whether a file overrides the other one in some stack on purpose: an environment's file on its base. */
const overrides = ({ stacks }: WorkspaceSubject, first: FileSubject, later: FileSubject): boolean =>
  later.role !== 'overlay' && stacks.some(({ files }) => files.includes(first) && files.includes(later));

function* tagDrift(workspace: WorkspaceSubject, holders: readonly Holder[]): Generator<Problem> {
  for (const [i, later] of holders.entries()) {
    const earlier = holders
      .slice(0, i)
      .find(
        (other) =>
          other.repository === later.repository &&
          areVariants(other.file, later.file) &&
          !overrides(workspace, other.file, later.file),
      );
    if (!earlier?.version || !later.version || !differ(earlier.version, later.version)) continue;
    const { name } = later.service;
    yield {
      at: later.at,
      message: `"${name}" runs ${shown(later)} here, and ${shown(earlier)} in ${earlier.file.name}.`,
      help: 'Run one version everywhere: what is tested should be what runs.',
      notes: [{ at: earlier.at, message: `${shown(earlier)} here` }],
      path: ['services', name, 'image'],
      evidence: `${earlier.file.label} ${earlier.reference} ${later.reference}`,
    };
  }
}

/** The mount of a named volume by a datastore. */
const dataMounts = ({ file, service, repository }: Holder) => {
  const facts = imageFacts(repository);
  const value = facts && isDatastore(facts) ? file.services.get(service.name) : undefined;
  return value ? mountsOf(value).filter(({ type, sourceText }) => type === 'volume' && sourceText !== undefined) : [];
};

function* mountDrift(holders: readonly Holder[]): Generator<Problem> {
  for (const [i, later] of holders.entries())
    for (const mount of dataMounts(later)) {
      const of = (holder: Holder) =>
        dataMounts(holder).find(({ sourceText, target }) => sourceText === mount.sourceText && target !== mount.target);
      const earlier = holders
        .slice(0, i)
        .find((other) => other.repository === later.repository && areVariants(other.file, later.file) && of(other));
      const before = earlier && of(earlier);
      if (!earlier || !before?.at || !mount.at) continue;
      const { name } = later.service;
      if (dataMounts(earlier).some(({ target }) => target === mount.target)) continue;
      yield {
        at: mount.at,
        message: `"${name}" keeps the volume "${mount.sourceText}" at ${mount.target} here, and at ${before.target} in ${earlier.file.name}: one of the two does not hold the data.`,
        help: 'Mount it at the same path everywhere.',
        notes: [{ at: before.at, message: `mounted at ${before.target} here` }],
        path: ['services', name, 'volumes'],
        evidence: `${earlier.file.label} ${mount.sourceText}`,
      };
    }
}

/** Names of all services, and where they have an image in files, base first. */
const holdersByName = ({ files }: WorkspaceSubject): ReadonlyMap<string, readonly Holder[]> => {
  const found = new Map<string, readonly Holder[]>();
  for (const name of new Set(files.flatMap((file) => writtenServices(file).map((service) => service.name)))) {
    // Most have one in the base alone.
    if (files.filter((file) => get(writtenService(file, name)?.value, 'image')).length < 2) continue;
    const holders = files.flatMap((file) => holderIn(file, name) ?? []);
    if (holders.length > 1) found.set(name, holders);
  }
  return found;
};

export default defineRule({
  meta: {
    id: 'service-drift',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Variants of one service run different versions',
    description: `Files that are alternatives to each other (a base and a production file that stands alone, a base and its overlays) start as copies
and drift apart: the tests run against PostgreSQL 15, production has 16. The rule compares the image of one service in such files:
the same repository with another version. Versions are compared as far as both say one, so that \`15\` and \`15.4\` are the same. For
datastores it also compares where one named volume is mounted.

A file for an environment that is loaded on top of the base overrides on purpose and is not found, nor are tags that are no
versions, and what a variable gives. Different volumes for development and production are right.`,
    source: 'compose-spec 13-merge.md; fog-lint, "variants"',
    bad: {
      'docker-compose.yml': 'services:\n  cache:\n    image: redis:7.4\n  api:\n    image: example/api:1\n',
      'docker-compose.prod.yml':
        'services:\n  cache:\n    image: redis:6.2\n    restart: always\n  api:\n    image: example/api:1\n    restart: always\n',
    },
    good: {
      'docker-compose.yml': 'services:\n  cache:\n    image: redis:7.4\n  api:\n    image: example/api:1\n',
      'docker-compose.prod.yml':
        'services:\n  cache:\n    image: redis:7.4\n    restart: always\n  api:\n    image: example/api:1\n    restart: always\n',
    },
    whenOff: 'When the files are there to try different versions.',
  },
  *checkWorkspace(workspace) {
    for (const holders of holdersByName(workspace).values()) {
      yield* tagDrift(workspace, holders);
      yield* mountDrift(holders);
    }
  },
});
