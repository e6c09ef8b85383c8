import { namesIn } from '../model/service.js';
import { get, type Mapping } from '../model/value.js';
import { grouped } from '../source/grouped.js';
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

/** The reference whose default begins at a place, and where it begins: `${NAME:-`. */
export const referenceBefore = ({
  source,
  start,
}: Span): { readonly name: string; readonly start: number } | undefined => {
  const found = /\$\{([A-Za-z_]\w*):?-$/.exec(source.text.slice(Math.max(0, start - 200), start));
  return found ? { name: found[1] ?? '', start: start - found[0].length } : undefined;
};

const VARIABLE = /^[A-Za-z_]\w*$/;

const serviceOf = ({ path }: Secret): string => (path[0] === 'services' ? String(path[1]) : '');

/** What runs in a service, so that its words are about the service itself. */
const COMMANDS: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck']);

/**
 * Whose a credential is, as the words of its name tell: that of the variable whose default it is, or its own. One that tells
 * nothing belongs to the service.
 */
const ownerByName = (secret: Secret): string | undefined => {
  const reference = referenceBefore(secret.at)?.name;
  if (reference === undefined && COMMANDS.has(String(secret.path[2]))) return undefined;
  const name = reference ?? secret.name;
  if (name === undefined || !VARIABLE.test(name)) return undefined;
  return subjectOf(name).join(' ') || `of ${serviceOf(secret)}`;
};

/** What a password is for, as the URL or the connection string around it tells. */
type Around = { readonly host: string; readonly user: string | undefined; readonly kind: string | undefined };

/** How far around a password its connection is looked at. */
const REACH = 400;

/** What the schemes of URLs are for, where the scheme has another name. */
const KINDS: Readonly<Record<string, string>> = {
  amqp: 'rabbitmq',
  amqps: 'rabbitmq',
  rediss: 'redis',
  valkey: 'redis',
};

const urlAround = (before: string, after: string): Around | undefined => {
  const [, host] = /^@([\w.-]{1,200})/.exec(after) ?? [];
  const [, scheme = '', user] = /([a-z][\w+.-]{0,30}):\/\/([^\s/:@]{0,200}):$/i.exec(before) ?? [];
  if (host === undefined || user === undefined) return undefined;
  const [kind = ''] = scheme.toLowerCase().split('+');
  return { host, user, kind: KINDS[kind] ?? ALIASES[kind] ?? kind };
};

const HOST_PAIR = /\b(?:server|host|data source)\s?=\s?(?:tcp:)?([\w.-]{1,200})/i;
const USER_PAIR = /\b(?:user|user id|uid|username)\s?=\s?([\w.-]{1,100})/i;
const HOST_OF_JDBC = /\bjdbc:\w{1,30}:(?:\w{1,10}:)?\/\/([\w.-]{1,200})/i;

/** The end of a text from its last line break, and its beginning up to the first. */
const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

const connectionAround = (before: string, after: string): Around | undefined => {
  const line = lastLine(before) + firstLine(after);
  const [, host] = HOST_OF_JDBC.exec(line) ?? HOST_PAIR.exec(line) ?? [];
  return host === undefined ? undefined : { host, user: USER_PAIR.exec(line)?.[1], kind: undefined };
};

const around = ({ at: { source, start, end }, isWhole }: Secret): Around | undefined => {
  if (isWhole) return undefined;
  const before = source.text.slice(Math.max(0, start - REACH), start);
  const after = source.text.slice(end, end + REACH);
  return urlAround(before, after) ?? connectionAround(before, after);
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

/** Whose the credentials with names are: all of them, and those in each service. */
type Owners = { readonly all: readonly string[]; readonly inService: ReadonlyMap<string, readonly string[]> };

/** Whose a credential without a name is: that of the service in whose URL it stands, or of its own. */
const ownerByPlace = (secret: Secret, { all, inService }: Owners, { services }: Surroundings): string => {
  const connection = around(secret);
  const isElsewhere = connection !== undefined && !OF_THE_CONTAINER.test(connection.host);
  if (isElsewhere && !services.has(connection.host)) return `at ${connection.host}`;
  const service = isElsewhere ? connection.host : serviceOf(secret);
  const known = inService.get(service) ?? [];
  // The variables of a service may stand in a fragment that others have, too.
  const ofKind = all.filter((owner) => isElsewhere && owner.split(' ').includes(connection.kind ?? ''));
  const owners = known.length > 0 ? known : ofKind;
  const user = connection?.user ?? userBefore(secret);
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
  const inService = new Map<string, string[]>();
  for (const [secret, owner] of named) {
    const known = databaseFor(owner, owners);
    named.set(secret, known);
    const others = inService.get(serviceOf(secret)) ?? [];
    inService.set(serviceOf(secret), others.includes(known) ? others : [...others, known]);
  }
  const byName = grouped(
    secrets,
    (secret) =>
      named.get(secret) ?? ownerByPlace(secret, { all: [...new Set(named.values())], inService }, surroundings),
  );
  return [...byName.values()];
};

/**
 * Places of credentials, those of the same one together. One text is one credential, unless it is a word that people take for
 * many things: then names and places tell whose it is.
 */
export const sameCredentials = (secrets: readonly Secret[], surroundings: Surroundings): readonly Same[] =>
  [...grouped(secrets, ({ text }) => text).values()].flatMap((group) =>
    group.length === 1 || isDistinctive(group[0].text, surroundings) ? [group] : byOwner(group, surroundings),
  );
