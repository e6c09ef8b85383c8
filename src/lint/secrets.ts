import { BOUNDS } from '../model/bounds.js';
import { partSpan } from '../model/part.js';
import type { ComposePath } from '../model/path.js';
import { type Mapping, placeOfValue, type Scalar, type Sequence, type Value } from '../model/value.js';
import { splitWords } from '../resolve/shell-words.js';
import { type Segment, substitute } from '../resolve/template.js';
import { oncePer } from '../source/once.js';
import { type Span, sourceOf } from '../source/source.js';
import { formsIn, isHarmless, isPlaceholder, isStub, judgeName, looksRandom } from './secret-patterns.js';

/** How sure it is that a found text is a credential in use. */
export type Certainty = 'literal' | 'default' | 'placeholder' | 'hash';

/** A credential written into a file. */
export type Secret = {
  /** The credential itself. It must never be shown: see `mask`. */
  readonly text: string;
  /** Its characters in the file. */
  readonly at: Span;
  /** Where it stands, for people: `POSTGRES_PASSWORD`, `the URL in DATABASE_URL`. */
  readonly where: string;
  /** Name of the variable or key that holds it, when it has one. */
  readonly name: string | undefined;
  /** Name of the variable in whose value it is a part, of a URL or a connection string. */
  readonly holder: string | undefined;
  readonly certainty: Certainty;
  readonly path: ComposePath;
  /** Whether it is the whole value of a variable, rather than a part of a URL or a command. */
  readonly isWhole: boolean;
};

/** A text with the defaults of its references put in, and where each part comes from. */
type Expanded = { readonly text: string; readonly segments: readonly Segment[]; readonly hasReference: boolean };

const expand = (raw: string): Expanded => {
  if (!raw.includes('$')) {
    const segment = { from: 0, to: raw.length, templateFrom: 0, templateTo: raw.length, literal: true };
    return { text: raw, segments: [segment], hasReference: false };
  }
  const { text, segments, references } = substitute(raw, () => undefined);
  return { text, segments, hasReference: references.some(({ outcome }) => outcome === 'unset') };
};

/** Where a part of a default stands in its reference: the part can be there several times, such as a user's name that is the password. */
const sameOccurrence = (text: string, at: number, part: string, reference: string): number => {
  const operator = /^\$\{\w+:?-/.exec(reference)?.[0].length ?? 0;
  let found = reference.indexOf(part, operator);
  for (let from = text.indexOf(part); from >= 0 && from < at; from = text.indexOf(part, from + part.length))
    found = reference.indexOf(part, found + part.length);
  return found;
};

/** A range of an expanded text as a range of the text as written, and whether a default is part of it. */
const rangeInRaw = (
  raw: string,
  { text, segments }: Expanded,
  from: number,
  to: number,
): { readonly from: number; readonly to: number; readonly isDefault: boolean } => {
  let start = raw.length;
  let end = 0;
  let isDefault = false;
  for (const segment of segments) {
    if (segment.to <= from || segment.from >= to) continue;
    const [a, b] = [Math.max(segment.from, from), Math.min(segment.to, to)];
    let shift = segment.templateFrom - segment.from;
    if (!segment.literal) {
      const reference = raw.slice(segment.templateFrom, segment.templateTo);
      const inside = sameOccurrence(
        text.slice(segment.from, segment.to),
        a - segment.from,
        text.slice(a, b),
        reference,
      );
      isDefault ||= reference !== '$$';
      shift = inside < 0 ? segment.templateFrom - a : segment.templateFrom + inside - a;
    }
    start = Math.min(start, a + shift);
    end = Math.max(end, b + shift);
  }
  return { from: Math.min(start, end), to: end, isDefault };
};

/** What a search adds to: the scalar it looks at, and where it stands. */
type Site = {
  readonly value: Scalar;
  readonly raw: string;
  /** What is behind, and not searched: a text that is too long. A credential that reaches it has no known end. */
  readonly unread: string;
  readonly offset: number;
  readonly path: ComposePath;
  readonly found: Secret[];
};

type Hit = {
  readonly from: number;
  readonly to: number;
  readonly where: string;
  readonly name?: string;
  readonly holder?: string | undefined;
  readonly isHash?: boolean;
  readonly isWhole: boolean;
};

const add = (site: Site, expanded: Expanded, hit: Hit): void => {
  const unread = hit.to === expanded.text.length ? site.unread : '';
  const text = expanded.text.slice(hit.from, hit.to) + unread;
  const range = rangeInRaw(site.raw, expanded, hit.from, hit.to);
  const at =
    partSpan(site.value, site.offset + range.from, site.offset + range.to + unread.length) ?? placeOfValue(site.value);
  if (!at || text === '') return;
  const certainty = isPlaceholder(text) ? 'placeholder' : hit.isHash ? 'hash' : range.isDefault ? 'default' : 'literal';
  if (site.found.some((known) => known.at.source === at.source && known.at.start < at.end && at.start < known.at.end))
    return;
  const { where, name, holder, isWhole } = hit;
  site.found.push({ text, at, where, name, holder, certainty, path: site.path, isWhole });
};

const findByName = (site: Site, expanded: Expanded, name: string, where: string): void => {
  const { text } = expanded;
  const verdict = judgeName(name);
  if (verdict === 'other' || expanded.hasReference || isHarmless(text) || isStub(name, text)) return;
  if (verdict === 'doubtful' && !looksRandom(text)) return;
  add(site, expanded, { from: 0, to: text.length, where, name, isWhole: true });
};

/** `scheme://user:password@host`; the password may hold anything but white space, `/` and `@`. */
const USER_INFO = /[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/:@]{0,200}):([^\s/@]{1,400})@/gi;

const findInUrls = (site: Site, expanded: Expanded, where: string, holder: string | undefined): void => {
  for (const match of expanded.text.includes('://') ? expanded.text.matchAll(USER_INFO) : []) {
    const [whole, , password = ''] = match;
    const to = match.index + whole.length - 1;
    // The `@` may be one in the password of a JDBC URL, whose pairs stand behind the port.
    if (password !== '' && !/^[*x.<>-]+$|[;?&]\w{1,60}=/i.test(password))
      add(site, expanded, { from: to - password.length, to, where: `the URL in ${where}`, holder, isWhole: false });
  }
};

/** What tells a connection string from other texts with a password in them. */
const CONNECTION_KEY =
  /(?:^|[;\s])(?:server|host|hostaddr|data source|database|databasename|dbname|initial catalog|user|user id|uid|username|accountname|endpoint) ?=/i;

/** Pairs between semicolons: `Server=db;User Id=sa;Password=…`. A value in quotes may hold one. */
const BETWEEN_SEMICOLONS =
  /(?<=^|;)\s{0,20}([A-Za-z][\w -]{0,40}?)\s{0,20}=\s{0,20}('[^']{0,400}'|"[^"]{0,400}"|[^;]{0,400})/g;

/** Pairs between spaces: `host=db user=app password=…`. */
const BETWEEN_SPACES = /(?<=^|\s)([A-Za-z]\w{0,40})(?:=| = )('[^']{0,400}'|[^\s;]{0,400})/g;

/** Pairs behind the question mark of a URL: `jdbc:postgresql://db/app?user=app&password=…`. */
const IN_QUERY = /(?<=[?&])([A-Za-z][\w.-]{0,60})=([^&#\s"']{0,400})/g;

/** A URL up to its query. */
const BEFORE_QUERY = /[a-z][a-z0-9+.:-]{0,60}:\/\/[^\s?#]{0,400}\?/i;

/** The password behind the user in a JDBC URL of Oracle: `jdbc:oracle:thin:scott/…@db`. */
const ORACLE = /\bjdbc:oracle:\w{1,10}:([^\s/@:]{1,100})\/([^\s/@]{1,400})@/g;

/** The account that every emulator of Azure's storage has, with a key that is in its documentation. */
const EMULATOR = /(?:^|;)AccountName=devstoreaccount1(?:;|$)/i;

/** What stands for a value that a program or a person puts in: `{password}`, `<password>`, `****`. */
const isTemplate = (value: string): boolean => /^(?:[*x.<>-]+|\{.*\}|<.*>|\[.*\]|%.*%|#.*#|\(.*\)|%s|\?)$/i.test(value);

/** Names of a password in connection strings; `Pwd` alone is a folder elsewhere. */
const isPasswordName = (name: string): boolean => judgeName(name) === 'secret' || /^pwd$/i.test(name);

const connectionPairs = (text: string): readonly RegExpExecArray[] => {
  if (!text.includes('=')) return [...text.matchAll(ORACLE)];
  const isConnection = CONNECTION_KEY.test(text) && !EMULATOR.test(text);
  const pattern = text.includes(';') ? BETWEEN_SEMICOLONS : BETWEEN_SPACES;
  return [
    ...(isConnection ? text.matchAll(pattern) : []),
    ...(BEFORE_QUERY.test(text) ? text.matchAll(IN_QUERY) : []),
    ...text.matchAll(ORACLE),
  ];
};

const findInConnections = (site: Site, expanded: Expanded, where: string, holder: string | undefined): void => {
  for (const match of connectionPairs(expanded.text)) {
    const [whole, name = '', written = ''] = match;
    const value = written.trimEnd();
    const isOracle = whole.startsWith('jdbc:oracle:');
    const isQuoted = /^(?:'.*'|".*")$/s.test(value);
    const password = isQuoted ? value.slice(1, -1) : value;
    if (!isOracle && !isPasswordName(name)) continue;
    if (isHarmless(password) || isTemplate(password)) continue;
    const from = match.index + whole.length - (isOracle ? 1 : 0) - written.length + (isQuoted ? 1 : 0);
    const to = from + password.length;
    const range = rangeInRaw(site.raw, expanded, from, to);
    // A part of it comes from a variable.
    if (site.raw[range.to] === '$' || (range.from > 0 && site.raw[range.from - 1] === '}' && !range.isDefault))
      continue;
    add(site, expanded, { from, to, where: `the connection string in ${where}`, holder, isWhole: false });
  }
};

/** Where a credential ends that begins with its form: behind what ends it, or else where the text does. */
const endOf = (text: string, from: number, end: RegExp): number => {
  const last = end.exec(text.slice(from));
  return last ? from + last.index + last[0].length : text.trimEnd().length;
};

const findByForm = (site: Site, expanded: Expanded, where: string, name: string | undefined): void => {
  const { text } = expanded;
  for (const { what, pattern, end } of formsIn(text)) {
    let searched = 0;
    for (const match of text.matchAll(pattern)) {
      if (match.index < searched) continue;
      const isHash = what.includes('hash');
      const form = match.index + match[0].length;
      const to = end ? endOf(text, form, end) : form;
      searched = to;
      const isWhole = match.index === 0 && to === text.length;
      const hit = {
        from: match.index,
        to,
        where: isHash ? where : `${where} (${what})`,
        isHash,
        isWhole,
      };
      add(site, expanded, name === undefined ? hit : { ...hit, name });
    }
  }
};

/** The shortest text with a credential that its form tells: `a://:b@`. */
const SHORTEST_FORM = 7;

/** Whether a search of a text could find anything: most texts have no sign of a credential, and neither do their names. */
const mayHold = (text: string, name: string | undefined): boolean => {
  const raw = text.slice(0, BOUNDS.secretLength);
  if (raw.includes('$') || (name !== undefined && judgeName(name) !== 'other')) return true;
  return raw.length >= SHORTEST_FORM && (/:\/\/|=|\bjdbc:/.test(raw) || formsIn(raw).length > 0);
};

/** Searches one text: by the name it stands under, then for URLs and forms of credentials. */
const searchText = (site: Site, name: string | undefined, where: string): void => {
  const expanded = expand(site.raw);
  if (expanded.text === '') return;
  if (expanded.text.length >= SHORTEST_FORM) {
    findByForm(site, expanded, where, name);
    findInUrls(site, expanded, where, name);
    findInConnections(site, expanded, where, name);
  }
  if (name !== undefined) findByName(site, expanded, name, where);
};

/** Where the search stands: one array for all of it, which a site copies. */
type OpenPath = (string | number)[];

const siteOf = (value: Scalar, from: number, to: number, path: OpenPath, found: Secret[]): Site => {
  const text = String(value.value);
  const end = Math.min(to, from + BOUNDS.secretLength);
  return { value, raw: text.slice(from, end), unread: text.slice(end, to), offset: from, path: [...path], found };
};

/** A long option whose name is that of a credential: `--requirepass`, `--db-password`. */
const isSecretOption = (word: string): boolean => /^--?[a-z][\w-]{2,}$/i.test(word) && judgeName(word) === 'secret';

/** Options that name a credential only behind the program they belong to; `joined` ones have it behind the letter. */
const SHORT_OPTIONS: readonly { readonly program: RegExp; readonly option: string; readonly joined: boolean }[] = [
  { program: /(^|\/)redis-(cli|benchmark)$/, option: '-a', joined: false },
  { program: /(^|\/)sqlcmd$/, option: '-P', joined: false },
  { program: /(^|\/)(mysql|mysqladmin|mysqldump|mariadb|mariadb-admin)$/, option: '-p', joined: true },
];

type CommandWord = { readonly text: string; readonly site: Site };

/** The same site without its first characters. */
const behind = (site: Site, length: number): Site => ({
  ...site,
  raw: site.raw.slice(length),
  offset: site.offset + length,
});

/** The credential that a word of a command gives, or announces for the next word. */
const credentialIn = (
  word: CommandWord,
  next: CommandWord | undefined,
  programs: readonly string[],
): { readonly site: Site; readonly option: string } | undefined => {
  const { text, site } = word;
  const equals = text.indexOf('=');
  const option = equals < 0 ? text : text.slice(0, equals);
  if (isSecretOption(option) && equals > 0) return { site: behind(site, equals + 1), option };
  const short = SHORT_OPTIONS.find(
    (known) =>
      (known.joined ? text.startsWith(known.option) && text !== known.option : text === known.option) &&
      programs.some((program) => known.program.test(program)),
  );
  if (short?.joined) return { site: behind(site, short.option.length), option: short.option };
  const isAnnounced = next && !next.text.startsWith('-') && (isSecretOption(text) || short);
  return isAnnounced ? { site: next.site, option } : undefined;
};

/** Searches the words of a command: options that take a credential, with `=`, behind their letter, or as the next word. */
const searchCommand = (words: readonly CommandWord[], where: string): void => {
  const programs = words.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text);
  for (const [i, word] of words.entries()) {
    const credential = credentialIn(word, words[i + 1], programs);
    if (!credential) continue;
    const { site, option } = credential;
    findByName(site, expand(site.raw), 'password', `${option} in ${where}`);
  }
};

const COMMANDS: ReadonlySet<string> = new Set(['command', 'entrypoint', 'test']);

const isText = (value: Value): value is Scalar =>
  value.kind === 'scalar' && typeof value.value === 'string' && value.form === undefined;

const searchScalar = (value: Scalar, key: string, path: OpenPath, found: Secret[]): void => {
  const text = String(value.value);
  if (mayHold(text, key)) searchText(siteOf(value, 0, text.length, path, found), key, key);
  if (!COMMANDS.has(key) || text.length > BOUNDS.secretLength) return;
  const words = splitWords(text) ?? [];
  searchCommand(
    words.flatMap(({ text: word, from, to }) =>
      text.slice(from, to) === word ? [{ text: word, site: siteOf(value, from, to, path, found) }] : [],
    ),
    key,
  );
};

/** `NAME=value` in a list. */
const PAIR = /^([A-Za-z_][\w.-]{0,200})=/;

const searchItem = (item: Scalar, key: string, path: OpenPath, found: Secret[]): void => {
  const text = String(item.value);
  const pair = COMMANDS.has(key) ? undefined : PAIR.exec(text)?.[1];
  const from = pair === undefined ? 0 : pair.length + 1;
  if (mayHold(text.slice(from), pair)) searchText(siteOf(item, from, text.length, path, found), pair, pair ?? key);
};

const searchItems = (list: Sequence, key: string, path: OpenPath, found: Secret[]): void => {
  const isCommand = COMMANDS.has(key);
  const words: CommandWord[] = [];
  for (const [i, item] of list.items.entries()) {
    path.push(i);
    if (isText(item)) {
      searchItem(item, key, path, found);
      const text = String(item.value);
      if (isCommand && text.length <= BOUNDS.secretLength) {
        // The word of a shell is a command line of its own.
        if (/\s/.test(text) && words.length > 0) searchScalar(item, key, path, found);
        words.push({ text, site: siteOf(item, 0, text.length, path, found) });
      }
    } else searchValue(item, key, path, found);
    path.pop();
  }
  if (isCommand) searchCommand(words, key);
};

const searchEntries = (value: Mapping, path: OpenPath, found: Secret[]): void => {
  for (const [key, entry] of value.entries) {
    path.push(key);
    searchValue(entry.value, key, path, found);
    path.pop();
  }
};

const searchValue = (value: Value, key: string, path: OpenPath, found: Secret[]): void => {
  if (value.kind === 'mapping') searchEntries(value, path, found);
  else if (value.kind === 'sequence') searchItems(value, key, path, found);
  else if (isText(value)) searchScalar(value, key, path, found);
};

/** Sections whose texts name things, or say where a secret is, and hold none. */
const NAMING: ReadonlySet<string> = new Set(['secrets', 'include', 'name']);

/** Credentials that are written into a document, each place once. A document is searched once, however often it is asked about. */
export const secretsIn = oncePer((root: Mapping): readonly Secret[] => {
  const found: Secret[] = [];
  for (const [key, entry] of root.entries) if (!NAMING.has(key)) searchValue(entry.value, '', [key], found);
  return found;
});

/** Credentials among the assignments of an env file. */
export const secretsInAssignments = (
  assignments: readonly { readonly name: string; readonly value: string; readonly valueAt: Span }[],
): readonly Secret[] =>
  assignments.flatMap(({ name, value, valueAt }) => {
    const found: Secret[] = [];
    const scalar: Scalar = { kind: 'scalar', value, origins: [{ kind: 'written', at: valueAt }] };
    searchText(siteOf(scalar, 0, value.length, [name], found), name, name);
    return found;
  });

/** The credentials in the value of a variable, by its name and by their form. */
export const credentialsIn = (name: string, value: string): readonly string[] => {
  const source = sourceOf(name, value);
  return secretsInAssignments([{ name, value, valueAt: { source, start: 0, end: value.length } }]).map(
    ({ text }) => text,
  );
};

/** Offsets at which a text holds another one as a word of its own. */
const wordOffsets = (text: string, word: string): readonly number[] => {
  const found: number[] = [];
  const isEdge = (char: string | undefined): boolean => char === undefined || !/\w/.test(char);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    if (isEdge(text[at - 1]) && isEdge(text[at + word.length])) found.push(at);
  return found;
};

/** A place where a known credential stands once more. */
export type Repetition = { readonly at: Span; readonly path: ComposePath };

/** Options in front of the name of a user, a database or a host. */
const NAMES_SOMETHING =
  /(?:^|\s)(?:-[dhnuU]|--?(?:user(?:-?name)?|login|db(?:-?name)?|database|host(?:-?name)?|name|schema|vhost))[ =]["']?$/i;

/** Whether what stands in front of a word, and behind it, says that it is a name: an option, a variable, a part of a URL. */
const isName = (before: string, after: string): boolean => {
  if (NAMES_SOMETHING.test(before)) return true;
  const [, variable] = /(?:^|[\s"';&])([A-Za-z_][\w.-]{0,200})=["']?$/.exec(before) ?? [];
  if (variable !== undefined) return judgeName(variable) === 'other';
  return /:\/\/$/.test(before) ? !after.startsWith('@') : /@[^\s/@]{0,200}\/?$/.test(before);
};

const repetitionsIn = (value: Scalar, secret: string, path: ComposePath, word: string, found: Repetition[]): void => {
  const text = String(value.value);
  for (const from of wordOffsets(text, secret)) {
    const to = from + secret.length;
    const before = text.slice(Math.max(0, from - BOUNDS.secretLength), from);
    if (isName(before === '' ? word : before, text.slice(to, to + 1))) continue;
    const at = partSpan(value, from, to);
    if (at) found.push({ at, path });
  }
};

const repetitionsBelow = (value: Value, secret: string, path: ComposePath, found: Repetition[]): void => {
  if (value.kind === 'mapping')
    for (const [key, entry] of value.entries) repetitionsBelow(entry.value, secret, [...path, key], found);
  else if (value.kind === 'sequence')
    for (const [i, item] of value.items.entries()) {
      const last = value.items[i - 1];
      if (isText(item)) repetitionsIn(item, secret, [...path, i], last && isText(last) ? `${last.value} ` : '', found);
      else repetitionsBelow(item, secret, [...path, i], found);
    }
  else if (isText(value)) repetitionsIn(value, secret, path, '', found);
};

/**
 * Other places of a document where a known credential stands, as a word of its own, in commands and probes. Words without a
 * digit or sign are left out: `postgres` is the name of too much; so are places that say that a name stands there.
 */
export const repetitionsOf = (secret: string, root: Mapping): readonly Repetition[] => {
  const found: Repetition[] = [];
  if (secret.length < 6 || !/[^a-z]/i.test(secret)) return found;
  repetitionsBelow(root, secret, [], found);
  return found.filter(({ path }) => path.some((key) => COMMANDS.has(String(key))));
};

const plainWordsBelow = (value: Value, name: string, found: Set<string>): void => {
  if (COMMANDS.has(name)) return;
  if (value.kind === 'mapping') for (const [key, entry] of value.entries) plainWordsBelow(entry.value, key, found);
  else if (value.kind === 'sequence') for (const item of value.items) plainWordsBelow(item, name, found);
  else if (isText(value)) {
    const text = String(value.value);
    const pair = PAIR.exec(text)?.[1];
    if (judgeName(pair ?? name) === 'other') found.add(pair === undefined ? text : text.slice(pair.length + 1));
  }
};

/** Words that stand in a document under names that are not those of credentials: users, databases, hosts. */
export const plainWordsIn = oncePer((root: Mapping): ReadonlySet<string> => {
  const found = new Set<string>();
  plainWordsBelow(root, '', found);
  return found;
});
