import { BOUNDS } from './bounds.js';

/** Address of a value: mapping keys and list positions. Never a dotted string, since keys may contain dots. */
export type ComposePath = readonly (string | number)[];

/**
 * A path for people and JSON: `services.web.ports[0]`, `services.web.labels["com.example.a"]`. Only names of variables in env
 * files can be longer than keys may be; they are cut.
 */
export const formatPath = (path: ComposePath): string => {
  let text = '';
  for (const whole of path) {
    const key =
      typeof whole === 'string' && whole.length > BOUNDS.keyLength ? `${whole.slice(0, BOUNDS.keyLength)}…` : whole;
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[\w$-]+$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
};

/** A key between quotes, with the escapes of JSON, or with a backslash in front of any character. */
const unquoted = (text: string): string => {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text.replace(/\\(.)/g, '$1');
  }
};

/** The opposite of `formatPath`, lenient: `services.web.ports.0` and `services["a.b"]` are understood too. */
export const parsePath = (text: string): ComposePath => {
  const keys: (string | number)[] = [];
  const part = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g;
  for (const [, index, quoted, plain] of text.matchAll(part)) {
    if (index !== undefined) keys.push(Number(index));
    else if (quoted !== undefined) keys.push(unquoted(quoted));
    else if (plain !== undefined) keys.push(plain);
  }
  return keys;
};

/** A node of a table keyed by path patterns: what is said at this path, and the nodes below. */
export type PathTable<T> = {
  readonly value: T | undefined;
  readonly exact: ReadonlyMap<string, PathTable<T>>;
  readonly any: PathTable<T> | undefined;
};

type Draft<T> = { value: T | undefined; exact: Map<string, Draft<T>>; any: Draft<T> | undefined };

const draft = <T>(): Draft<T> => ({ value: undefined, exact: new Map(), any: undefined });

/**
 * Makes a table of statements about paths quick to walk. A pattern is dotted, with `*` for any key or list position:
 * `services.*.ports`. No two patterns of a table may match one path.
 * @throws {Error} when a pattern stands beside `*` at the same place, since both could match.
 */
export const pathTable = <T>(rows: Readonly<Record<string, T>>): PathTable<T> => {
  const root = draft<T>();
  for (const [pattern, value] of Object.entries(rows)) {
    let node = root;
    for (const key of pattern === '' ? [] : pattern.split('.')) {
      let next = key === '*' ? node.any : node.exact.get(key);
      if (!next) {
        next = draft<T>();
        if (key === '*') node.any = next;
        else node.exact.set(key, next);
        if (node.any && node.exact.size > 0) throw new Error(`path table: "${pattern}" is ambiguous`);
      }
      node = next;
    }
    node.value = value;
  }
  return root;
};

/** The node of a table one key further down. */
export const below = <T>(table: PathTable<T> | undefined, key: string | number): PathTable<T> | undefined =>
  table && (table.exact.get(String(key)) ?? table.any);

/** What a table says at a path. */
export const rowAt = <T>(table: PathTable<T>, path: ComposePath): T | undefined =>
  path.reduce<PathTable<T> | undefined>(below, table)?.value;
