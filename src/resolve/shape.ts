/**
 * The shape of docker compose's own model: which fields there are, in which order they are printed, what each is converted
 * to, and when it is left out. The same table decodes a merged model and drives the printers.
 * @see compose-go types/types.go and the types it uses
 */

/** Conversions of single values. */
export type Kind =
  | 'text' // a text; whole numbers become one
  | 'flag' // a boolean; texts such as `yes` become one
  | 'integer' // signed; texts and fractions become one
  | 'unsigned' // never negative, never a text
  | 'float' // single precision
  | 'cpus' // single precision, from a text too
  | 'bytes' // a size such as `1g`, printed as a text of digits
  | 'duration' // printed as Go does: `1m30s`
  | 'mode' // permissions, printed in octal
  | 'device-count' // a number, or `all`, which is -1
  | 'command' // a list; a text is split as a shell would
  | 'test' // a list; a text is run by a shell
  | 'texts' // a list of texts; a text is one
  | 'text-list' // a list of texts and nothing else
  | 'mixed-list' // a list of texts and numbers; a text is one
  | 'mapping' // names to texts, from a list too; null is empty
  | 'labels' // the same, with other words for what is no text
  | 'variables' // names to texts or null, from a list too
  | 'options' // names to texts
  | 'text-mapping' // names to texts and nothing else
  | 'multi-options' // names to lists of texts
  | 'hosts' // names to addresses, printed as a list
  | 'ulimit' // a number, or soft and hard
  | 'ssh'
  | 'anything';

export type Shape =
  | { readonly kind: Kind }
  | { readonly kind: 'list'; readonly item: Shape }
  /**
   * Names to values. `nullable` ones may be null and are printed so. Where names are `free`, one that starts with `x-` is a
   * name like any other; elsewhere docker compose takes it for an extension.
   */
  | { readonly kind: 'named'; readonly value: Shape; readonly nullable: boolean; readonly free: boolean }
  | StructShape;

/** A mapping with known keys, and room for `x-` keys or none. */
export type StructShape = { readonly kind: 'struct'; readonly fields: readonly Field[]; readonly extensions: boolean };

/**
 * One field. `keep`: printed even when it is empty or absent; `pointer`: printed when it was given at all, zero included;
 * `inline-struct`: JSON prints it, empty or not.
 */
export type Field = {
  readonly key: string;
  readonly shape: Shape;
  readonly when?: 'keep' | 'pointer' | 'inline-struct' | 'keep-in-json';
  /** Another name in JSON. */
  readonly json?: string;
  /** Never in JSON output, or never in any. */
  readonly hidden?: 'json' | 'always';
};
