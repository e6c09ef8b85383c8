import { placeAtSpan } from '../src/lint/edits/place.js';
import { replaceParts, replaceScalar } from '../src/lint/edits/replace.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { FileSubject } from '../src/lint/subjects.js';
import { partSpan } from '../src/model/part.js';
import { namesIn, wordsOf } from '../src/model/service.js';
import { get, type Mapping, type Scalar, type Value } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** Names of variables by which a program is tuned. */
const KNOBS =
  /(?:^|_)(?:LOG_?LEVEL|LOGLEVEL|TIMEOUT|RETRIES|RETRY|INTERVAL|WORKERS|THREADS|CONCURRENCY|POOL_SIZE|BATCH_SIZE|CACHE_SIZE|BUFFER_SIZE|QUEUE_SIZE|TTL|(?:MAX|MIN)_[A-Z_]{1,100}|LIMIT|TZ)(?:_(?:MS|S|SEC|SECS|SECONDS|MINUTES|MIN|BYTES|MB))?$/;

/** Values that such variables have: numbers, durations, sizes, levels, a time zone. */
const VALUES =
  /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|b|k|kb|mb|gb|ki|mi|gi)?|trace|debug|info|notice|warn|warning|error|fatal|critical|[A-Z][A-Za-z]+\/[A-Za-z_]+|UTC)$/i;

/** Longest name and value that a knob has. */
const LONGEST = 100;

/** How often one value must stand there, in different places. */
const TIMES = 3;

type Setting = { readonly name: string; readonly value: string; readonly at: Span; readonly service: string };

const writtenAt = (value: Value): Span | undefined => {
  // What an alias or a merge key brings along is written once already.
  if (value.origins.some(({ kind }) => kind === 'aliased')) return undefined;
  const [origin] = value.origins;
  return origin.kind === 'written' ? origin.at : undefined;
};

const settingOf = (name: string, value: string, at: Span | undefined, service: string): readonly Setting[] =>
  at && name.length <= LONGEST && value.length <= LONGEST && KNOBS.test(name) && VALUES.test(value)
    ? [{ name, value, at, service }]
    : [];

const inItem = (item: Scalar, service: string): readonly Setting[] => {
  const text = String(item.value);
  const equals = text.indexOf('=');
  if (equals < 1 || !writtenAt(item)) return [];
  return settingOf(text.slice(0, equals), text.slice(equals + 1), partSpan(item, equals + 1, text.length), service);
};

const settingsIn = (service: string, definition: Value | undefined): readonly Setting[] => {
  const environment = get(definition, 'environment');
  if (environment?.kind !== 'mapping') return wordsOf(environment).flatMap((item) => inItem(item, service));
  return [...environment.entries].flatMap(([name, { value }]) =>
    value.kind === 'scalar' && value.value !== null
      ? settingOf(name, String(value.value), writtenAt(value), service)
      : [],
  );
};

const groupsIn = (root: Mapping): readonly (readonly Setting[])[] => {
  const groups = new Map<string, Setting[]>();
  for (const service of namesIn(get(root, 'services')))
    for (const setting of settingsIn(service, get(root, 'services', service))) {
      const key = JSON.stringify([setting.name, setting.value]);
      groups.set(key, [...(groups.get(key) ?? []), setting]);
    }
  return [...groups.values()].filter((group) => new Set(group.map(({ at }) => at.start)).size >= TIMES);
};

/** Edits that put the variable, with the value as its default, in every place. */
const fixOf = (group: readonly Setting[], text: string): Fix | undefined => {
  const edits = group.map(({ at, value }) => {
    const place = placeAtSpan(at);
    if (!place) return undefined;
    const isWhole = place.node.kind === 'scalar' && place.node.text === value;
    return isWhole ? replaceScalar(place, text) : replaceParts([{ at, text }]);
  });
  if (edits.some((found) => found === undefined)) return undefined;
  return {
    title: `Write ${text} in ${group.length} places`,
    applicability: 'safe',
    edits: edits.flatMap((found) => found ?? []),
  };
};

const problemOf = (group: readonly Setting[], { workspace }: FileSubject): Problem | undefined => {
  const [first, ...others] = group;
  if (!first) return undefined;
  const { name, value, at, service } = first;
  const text = `\${${name}:-${value}}`;
  // A variable of that name that somebody sets already would change the services.
  const isTaken = (): boolean =>
    workspace.envFiles.some(({ assignments }) => assignments.some((assignment) => assignment.name === name));
  return {
    at,
    message: `${name} is ${value} in ${group.length} services, each time written out: who changes it must find them all.`,
    help: `Write \`${text}\`, and set ${name} in .env where another value is wanted.`,
    notes: others.map((other) => ({ at: other.at, message: `and in "${other.service}"` })),
    path: ['services', service, 'environment', name],
    evidence: value,
    fix: () => (isTaken() ? undefined : fixOf(group, text)),
  };
};

export default defineRule({
  meta: {
    id: 'hardcoded-tuning',
    severity: 'info',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'The same knob is written out in several services',
    description: `A log level, a timeout or a pool size that stands with the same value in three or more services of a file is one decision in
many places. A variable with that value as its default keeps what runs today, and can be set once. Values that an anchor shares are
written once already, and are not found; nor are other variables than those by which a program is tuned.`,
    source: 'compose-spec 12-interpolation.md',
    bad: 'services:\n  a:\n    image: example/a:1\n    environment: {LOG_LEVEL: info}\n  b:\n    image: example/b:1\n    environment: {LOG_LEVEL: info}\n  c:\n    image: example/c:1\n    environment: [LOG_LEVEL=info]\n',
    good: 'services:\n  a:\n    image: example/a:1\n    environment: {LOG_LEVEL: "${LOG_LEVEL:-info}"}\n  b:\n    image: example/b:1\n    environment: {LOG_LEVEL: "${LOG_LEVEL:-info}"}\n  c:\n    image: example/c:1\n    environment: ["LOG_LEVEL=${LOG_LEVEL:-info}"]\n',
    fixSafety: `The default is the value that stands there. Where \`.env\` sets a variable of that name there is no fix; one that is set in the
shell would reach the services from now on.`,
    whenOff: 'For files that a program writes.',
  },
  *checkFile(file) {
    for (const root of file.roots)
      for (const group of groupsIn(root)) {
        const problem = problemOf(group, file);
        if (problem) yield problem;
      }
  },
});
