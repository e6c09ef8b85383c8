import { namesIn } from '../model/service.js';
import { get, type Mapping } from '../model/value.js';
import type { Span } from '../source/source.js';
import { nameWords } from './name-words.js';
import { isPlaceholder, judgeName, looksRandom } from './secret-patterns.js';
import { plainWordsIn, type Secret } from './secrets.js';

/** Where credentials are looked for: what tells a credential from another one that happens to be the same word. */
export type Surroundings = {
  readonly services: ReadonlySet<string>;
  /** Words that stand in the files for something else, too: users, databases, hosts. */
  readonly plainWords: ReadonlySet<string>;
};

export const surroundingsOf = (roots: readonly Mapping[]): Surroundings => ({
  services: new Set(roots.flatMap((root) => namesIn(get(root, 'services')))),
  plainWords: new Set(roots.flatMap((root) => [...plainWordsIn(root)])),
});

/** The same credential in all its places. */
export type Same = readonly [Secret, ...Secret[]];

/** Shortest text that two people do not come to by chance, unless it is random. */
const SHORTEST = 12;

/** Whether two places have a text in common because they hold the same credential, rather than by chance or habit. */
const isDistinctive = (text: string, { plainWords }: Surroundings): boolean =>
  looksRandom(text) ||
  (text.length >= SHORTEST &&
    /[^A-Za-z]/.test(text) &&
    !isPlaceholder(text) &&
    judgeName(text) !== 'secret' &&
    !plainWords.has(text));

/** Words for one thing. */
const ALIASES: Readonly<Record<string, string>> = {
  database: 'db',
  sql: 'db',
  pg: 'postgres',
  postgresql: 'postgres',
  mariadb: 'mysql',
  mongodb: 'mongo',
};

/** Words that do not say whose a credential is. */
const FILLERS: ReadonlySet<string> = new Set(['default', 'init', 'initdb', 'initial', 'key', 'user', 'value']);

const DATABASES: ReadonlySet<string> = new Set(['postgres', 'mysql', 'mongo', 'mssql', 'oracle']);

/** Words for the one who may do everything, whose password is another one than that of the applications. */
const MASTERS: ReadonlySet<string> = new Set(['root', 'admin', 'sa', 'superuser']);

/** What the name of a credential says of whose it is: its words without those for a credential. */
const subjectOf = (name: string): readonly string[] => {
  const words = nameWords(name.replace(/^PG(?=PASS|PWD)/i, 'PG_'));
  return [...new Set(words.filter((word) => judgeName(word) !== 'secret').map((word) => ALIASES[word] ?? word))]
    .filter((word) => !FILLERS.has(word))
    .sort();
};

/** The variable whose default a place is in: `${NAME:-…`. */
export const defaultOf = ({ source, start }: Span): string | undefined =>
  /\$\{([A-Za-z_]\w*):?-[^{}]*$/.exec(source.text.slice(Math.max(0, start - 200), start))?.[1];

const VARIABLE = /^[A-Za-z_]\w*$/;

const serviceOf = ({ path }: Secret): string => (path[0] === 'services' ? String(path[1]) : '');

/** What runs in a service, so that its words are about the service itself. */
const COMMANDS: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck']);

/**
 * Whose a credential is, as the words of its name tell: that of the variable whose default it is, or its own. One that tells
 * nothing belongs to the service.
 */
const ownerByName = (secret: Secret): string | undefined => {
  const { source, start } = secret.at;
  const [, reference] = /\$\{([A-Za-z_]\w*):?-$/.exec(source.text.slice(Math.max(0, start - 200), start)) ?? [];
  if (reference === undefined && COMMANDS.has(String(secret.path[2]))) return undefined;
  const name = reference ?? secret.name;
  if (name === undefined || !VARIABLE.test(name)) return undefined;
  return subjectOf(name).join(' ') || `of ${serviceOf(secret)}`;
};

/** The host of the URL that a password is part of, and the user that it is for. */
const urlAround = ({
  at: { source, start, end },
}: Secret): { readonly host: string; readonly user: string } | undefined => {
  const [, host] = /^@([\w.-]{1,200})/.exec(source.text.slice(end, end + 200)) ?? [];
  const [, user] = /:\/\/([^\s/:@]{0,200}):$/.exec(source.text.slice(Math.max(0, start - 200), start)) ?? [];
  return host === undefined || user === undefined ? undefined : { host, user };
};

/** Hosts by which a container reaches itself. */
const OF_THE_CONTAINER = /^(?:localhost|127\.[\d.]+)$/;

const isMaster = (owner: string): boolean => owner.split(' ').some((word) => MASTERS.has(word));

const USER_FLAG = /(?:-[uU]|--user(?:name)?)[\s=,"']{0,8}([\w.-]{1,100})/g;

/** The last user that a command names in front of a password: `-u root -p…`. */
const userBefore = ({ at: { source, start }, path }: Secret): string | undefined => {
  if (!COMMANDS.has(String(path[2]))) return undefined;
  return [...source.text.slice(Math.max(0, start - 200), start).matchAll(USER_FLAG)].at(-1)?.[1];
};

/** Whose a credential without a name is: that of the service in whose URL it stands, or of its own. */
const ownerByPlace = (
  secret: Secret,
  ownersIn: ReadonlyMap<string, readonly string[]>,
  { services }: Surroundings,
): string => {
  const url = urlAround(secret);
  const isElsewhere = url !== undefined && !OF_THE_CONTAINER.test(url.host);
  if (isElsewhere && !services.has(url.host)) return `at ${url.host}`;
  const service = isElsewhere ? url.host : serviceOf(secret);
  const owners = ownersIn.get(service) ?? [];
  const user = url?.user ?? userBefore(secret);
  const fitting = user === undefined ? owners : owners.filter((owner) => isMaster(owner) === MASTERS.has(user));
  const [owner, another] = fitting.length > 0 ? fitting : owners;
  return owner !== undefined && another === undefined ? owner : `of ${service}`;
};

/** The database that a credential for any database is for, where there is one alone. */
const databaseFor = (owner: string, owners: readonly string[]): string => {
  if (isMaster(owner) || !owner.split(' ').includes('db')) return owner;
  const known = owners.filter((other) => !isMaster(other) && other.split(' ').some((word) => DATABASES.has(word)));
  return known.length === 1 && known[0] !== undefined ? known[0] : owner;
};

/** Places with one text by whose credential it is. */
const byOwner = (secrets: Same, surroundings: Surroundings): readonly Same[] => {
  const named = new Map<Secret, string>();
  for (const secret of secrets) {
    const owner = ownerByName(secret);
    if (owner !== undefined) named.set(secret, owner);
  }
  const owners = [...new Set(named.values())];
  const ownersIn = new Map<string, string[]>();
  for (const [secret, owner] of named) {
    const known = databaseFor(owner, owners);
    named.set(secret, known);
    const inService = ownersIn.get(serviceOf(secret)) ?? [];
    ownersIn.set(serviceOf(secret), inService.includes(known) ? inService : [...inService, known]);
  }
  return grouped(secrets, (secret) => named.get(secret) ?? ownerByPlace(secret, ownersIn, surroundings));
};

const grouped = (secrets: readonly Secret[], keyOf: (secret: Secret) => string): readonly Same[] => {
  const groups = new Map<string, [Secret, ...Secret[]]>();
  for (const secret of secrets) {
    const key = keyOf(secret);
    const group = groups.get(key);
    if (group) group.push(secret);
    else groups.set(key, [secret]);
  }
  return [...groups.values()];
};

/**
 * Places of credentials, those of the same one together. One text is one credential, unless it is a word that people take for
 * many things: then names and places tell whose it is.
 */
export const sameCredentials = (secrets: readonly Secret[], surroundings: Surroundings): readonly Same[] =>
  grouped(secrets, ({ text }) => text).flatMap((group) =>
    group.length === 1 || isDistinctive(group[0].text, surroundings) ? [group] : byOwner(group, surroundings),
  );
