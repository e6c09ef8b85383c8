/** The origins that `config --origins --format json` prints, and the texts at their places. */

/** A place in a file: lines and columns count from 1, ends are exclusive. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

/** One step of a value's history. */
export type Step = Partial<Place> & {
  readonly kind: string;
  readonly via?: string;
  readonly name?: string;
  readonly lost?: Place;
  readonly variables?: readonly (Place & {
    readonly name: string;
    readonly outcome: string;
    readonly source?: Partial<Place>;
  })[];
  readonly source?: Partial<Place> | string;
};

/** The history of one node of the model, and of what is inside. */
export type Node = {
  readonly steps: readonly Step[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly items?: readonly Node[];
};

/** Texts of files, by path. */
export type Files = Readonly<Record<string, string>>;

export const isPlace = (at: Partial<Place> | string | undefined): at is Place =>
  typeof at === 'object' && typeof at.file === 'string';

/** The text at a place; undefined when the place is not in the file. */
export const textAt = ({ file, line, column, endLine, endColumn }: Place, files: Files): string | undefined => {
  const lines = files[file]?.replace(/^\ufeff/, '').split('\n');
  const [first, last] = [lines?.[line - 1], lines?.[endLine - 1]];
  if (!lines || first === undefined || last === undefined) return undefined;
  if (column > first.length + 1 || endColumn > last.length + 1) return undefined;
  if (endLine < line || (endLine === line && endColumn < column)) return undefined;
  const inside = lines.slice(line - 1, endLine);
  inside[inside.length - 1] = last.slice(0, endColumn - 1);
  inside[0] = (inside[0] ?? '').slice(column - 1);
  return inside.join('\n');
};

/** One node of a model with its history. */
export type Told = { readonly path: string; readonly value: unknown; readonly node: Node };

/** All nodes of a model, each in front of what is inside. */
export const nodesOf = function* (value: unknown, node: Node, path: string): Generator<Told> {
  yield { path, value, node };
  for (const [key, inner] of Object.entries(node.entries ?? node.items ?? {}))
    yield* nodesOf((value as Readonly<Record<string, unknown>>)[key], inner, `${path}/${key}`);
};
