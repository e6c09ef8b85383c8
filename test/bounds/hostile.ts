/** Files that are made to keep a run busy, or to take its memory, and what becomes of them. */
export type Hostile = {
  /** Files by name; made when they are needed, as some are large. */
  readonly files: () => Readonly<Record<string, string>>;
  /** The first error of `config`, as lint tells it in its compact format. Absent where there is a result. */
  readonly fault?: string;
  /** The first error of lint, where there is none for `config`. */
  readonly found?: string;
  /** What lint says where it cannot run. */
  readonly failure?: string;
};

/** A text for every number below a count, one behind the other. */
export const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join('');

/** A Compose file with one service, which has some keys more; each ends its line. */
export const service = (keys = ''): string => `services:\n  a:\n    image: example/a:1\n${keys}`;

/** Services `s0`, `s1` and so on, each with some keys. */
export const services = (count: number, keys: (i: number) => string): string =>
  `services:\n${times(count, (i) => `  s${i}:\n    image: example/a:1\n${keys(i)}`)}`;

/** One Compose file. */
export const compose =
  (text: () => string): Hostile['files'] =>
  () => ({ 'compose.yml': text() });

/** A Compose file, and the override that is loaded with it. */
export const pair =
  (text: (n: number) => string): Hostile['files'] =>
  () => ({ 'compose.yml': text(0), 'compose.override.yml': text(1) });

/** Files that are called and filled by their number. */
export const numbered = (
  count: number,
  file: (i: number) => readonly [string, string],
): Readonly<Record<string, string>> => Object.fromEntries(Array.from({ length: count }, (_, i) => file(i)));
