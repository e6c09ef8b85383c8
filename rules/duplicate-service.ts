import { collisionsIn } from '../src/lint/host-ports.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import { type Difference, serviceDifferences } from '../src/lint/service-differences.js';
import type { FileSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { mountsOf, namesIn, portsOf } from '../src/model/service.js';
import { get, isTrue, type Mapping, placeOfValue, textOf } from '../src/model/value.js';
import { relative } from '../src/source/path.js';
import type { Span } from '../src/source/source.js';

/** A service as one file defines it by itself. */
type Definition = { readonly file: FileSubject; readonly name: string; readonly service: Mapping; readonly key: Span };

const keyIn = (file: FileSubject, name: string): Span | undefined => {
  for (const root of file.roots) {
    const services = get(root, 'services');
    const entry = services?.kind === 'mapping' ? services.entries.get(name) : undefined;
    if (entry) return entry.key ?? placeOfValue(entry.value);
  }
  return undefined;
};

const definitionIn = (file: FileSubject, name: string): Definition | undefined => {
  const service = file.services.get(name);
  const key = keyIn(file, name);
  const written = file.writtenKeys(name);
  return service && key && (written.has('image') || written.has('build')) ? { file, name, service, key } : undefined;
};

/** Keys that describe what a container is. An overlay that gives several of them once more is not merely overriding. */
const IDENTITY = ['container_name', 'ports', 'volumes', 'networks', 'command', 'hostname'] as const;

const isRedefinition = (a: Definition, b: Definition): boolean => {
  const [ours, theirs] = [a.file.writtenKeys(a.name), b.file.writtenKeys(b.name)];
  return IDENTITY.filter((key) => ours.has(key) && theirs.has(key)).length >= 2;
};

/** Image, container ports and mount targets: what two services under different names have in common when they are one. */
const likeness = ({ service }: Definition): string | undefined => {
  const image = textOf(get(service, 'image'));
  const targets = [
    ...portsOf(service).map(({ target }) => `${target}`),
    ...mountsOf(service).map(({ target }) => target),
  ];
  return image === undefined || targets.length < 2 ? undefined : `${image} ${targets.sort().join(' ')}`;
};

/** Whether a file says by its name that it overrides: `docker-compose.override.sample.yml`. */
const isOverride = ({ label }: FileSubject): boolean =>
  label
    .toLowerCase()
    .split(/[._-]+/)
    .includes('override');

/** Whether a service is only on networks of other projects: it stands in front of those. */
const isForOthers = ({ file, service }: Definition): boolean => {
  const networks = namesIn(get(service, 'networks'));
  const isExternal = (name: string): boolean =>
    file.roots.some((root) => {
      const external = get(root, 'networks', name, 'external');
      return isTrue(external);
    });
  return file.isSelfSufficient && networks.length > 0 && networks.every(isExternal);
};

/** Pairs of files that run together where neither is the other's override: a base with an overlay. */
const pairsOf = (workspace: WorkspaceSubject): readonly (readonly [FileSubject, FileSubject, StackSubject])[] => {
  const pairs = new Map<string, readonly [FileSubject, FileSubject, StackSubject]>();
  for (const stack of workspace.stacks)
    for (const [i, earlier] of stack.files.entries())
      for (const later of stack.files.slice(i + 1))
        if (later.role === 'overlay' && !isOverride(later) && !pairs.has(`${earlier.path} ${later.path}`))
          pairs.set(`${earlier.path} ${later.path}`, [earlier, later, stack]);
  return [...pairs.values()];
};

const noteOf = ({ what, earlier, later }: Difference): { readonly at: Span; readonly message: string }[] => {
  if (earlier && later)
    return [
      { at: earlier.at, message: `${what} is ${earlier.text} here` },
      { at: later.at, message: `${what} becomes ${later.text}` },
    ];
  const only = earlier ?? later;
  if (!only) return [];
  return [{ at: only.at, message: `only here: ${what.endsWith(` ${only.text}`) ? what : `${what} (${only.text})`}` }];
};

/** What goes wrong when both files make one stack: it cannot start, or it starts as something nobody wrote. */
const consequence = (definition: Definition, stack: StackSubject): string => {
  const { name } = definition;
  const collision = collisionsIn(stack).find(
    ({ second }) => second.service.name === name && second.port.at?.source === definition.key.source,
  );
  if (collision) {
    const { first, second } = collision;
    const clash =
      first.service === second.service
        ? `publishes ${second.number} twice`
        : `also publishes ${second.number}, which "${first.service.name}" has`;
    return `The stack "${stack.name}" cannot start: "${name}" then ${clash}.`;
  }
  return `In the stack "${stack.name}" the two merge into one service that neither file describes; as two projects they take the same names and ports.`;
};

/** Stacks that load both definitions. */
const stacksWith = (earlier: Definition, later: Definition): readonly string[] =>
  later.file.workspace.stacks
    .filter(({ files }) => files.includes(earlier.file) && files.includes(later.file))
    .map(({ name }) => name);

const sameName = (earlier: Definition, later: Definition, stack: StackSubject): Problem => {
  const { workspace } = later.file;
  const toRelative = (path: string): string => `./${relative(workspace.directory, path)}`;
  const differences = serviceDifferences(earlier.service, later.service, workspace.show, toRelative);
  const count = differences.length === 1 ? 'one difference' : `${differences.length} differences`;
  return {
    at: later.key,
    message: `"${later.name}" is defined a second time, with ${count} from ${earlier.file.name}. ${consequence(later, stack)}`,
    help: `Define it once, in ${earlier.file.name}, and leave only what this file adds.`,
    notes: [{ at: earlier.key, message: 'first defined here' }, ...differences.flatMap(noteOf)],
    path: ['services', later.name],
    evidence: earlier.file.label,
    stacks: stacksWith(earlier, later),
  };
};

const otherName = (earlier: Definition, later: Definition): Problem => ({
  at: later.key,
  message: `"${later.name}" is "${earlier.name}" of ${earlier.file.name} under another name: the same image, container ports and mounts.`,
  help: `Use "${earlier.name}" here, too.`,
  notes: [{ at: earlier.key, message: `"${earlier.name}" is defined here` }],
  path: ['services', later.name],
  evidence: earlier.name,
  stacks: stacksWith(earlier, later),
});

function* duplicatesIn(earlier: FileSubject, later: FileSubject, stack: StackSubject): Generator<Problem> {
  const byLikeness = new Map<string, Definition>();
  for (const name of earlier.services.keys()) {
    const definition = definitionIn(earlier, name);
    const like = definition && !later.services.has(name) ? likeness(definition) : undefined;
    if (definition && like !== undefined) byLikeness.set(like, definition);
  }
  for (const name of later.services.keys()) {
    const definition = definitionIn(later, name);
    if (!definition || isForOthers(definition)) continue;
    const namesake = definitionIn(earlier, name);
    if (namesake && isRedefinition(namesake, definition)) yield sameName(namesake, definition, stack);
    const twin = earlier.services.has(name) ? undefined : byLikeness.get(likeness(definition) ?? '');
    if (twin) yield otherName(twin, definition);
  }
}

export default defineRule({
  meta: {
    id: 'duplicate-service',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service is defined in full in two files',
    description: `Two full definitions of one service drift apart. Given together with \`-f\` they merge value by value into something that neither
file describes; started as two projects of one folder they replace each other's containers.

The rule compares a base with each overlay that runs with it. An overlay that only overrides some keys of a service is not
found, nor is an environment file (\`dev\`, \`prod\`, \`override\`), whose purpose is to override, nor a service that is only on external
networks, where it serves other projects. Two services under different names
are found when image, container ports and mount targets are all the same. Every difference is listed with both places.`,
    source: 'compose-spec 13-merge.md',
    bad: {
      'docker-compose.yml':
        'services:\n  cache:\n    image: redis:7.4\n    container_name: shop-cache\n    ports: ["6379:6379"]\n    volumes: [cache:/data]\nvolumes:\n  cache:\n',
      'docker-compose.search.yml':
        'services:\n  cache:\n    image: redis:7.4\n    container_name: search-cache\n    ports: ["6379:6379"]\n    volumes: [search-cache:/data]\nvolumes:\n  search-cache:\n',
    },
    good: {
      'docker-compose.yml':
        'services:\n  cache:\n    image: redis:7.4\n    volumes: [cache:/data]\nvolumes:\n  cache:\n',
      'docker-compose.search.yml':
        'services:\n  cache:\n    environment: {SEARCH: "on"}\n  search:\n    image: example/search:1\n    depends_on: [cache]\n',
    },
    whenOff: 'When the overlay is a project of its own that is never started together with the base.',
  },
  *checkWorkspace(workspace) {
    for (const [earlier, later, stack] of pairsOf(workspace)) yield* duplicatesIn(earlier, later, stack);
  },
});
