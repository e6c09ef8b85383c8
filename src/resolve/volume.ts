/** A part of a short form with its offsets in it. */
export type Field = { readonly text: string; readonly from: number; readonly to: number };

/** A short mount taken apart. `bindOptions` holds `z`, `Z` and the propagation. */
export type ShortVolume = {
  readonly type: 'bind' | 'volume';
  readonly source?: Field;
  readonly target?: Field;
  readonly readOnly?: Field;
  readonly nocopy?: Field;
  readonly propagation?: Field;
  readonly selinux?: Field;
  /** Two characters or fewer: taken as a target as they are, without the details of a volume. */
  readonly bare?: true;
};

/** How a text that is no mount is reported. */
export const NO_MOUNT = { rule: 'invalid-volume', help: 'Write "source:target" or "source:target:ro".' } as const;

const PROPAGATIONS: ReadonlySet<string> = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']);

const isLetter = (text: string): boolean => /^\p{L}$/u.test(text);

/** Whether a source is a path of the host: it starts with `.`, `/`, `~`, `\\` or a drive. */
const isHostPath = (source: string): boolean => {
  if (/^[./~]/.test(source) || source.startsWith('\\\\')) return true;
  const [first = ''] = source;
  return isLetter(first) && source[first.length] === ':';
};

/** The fields of a spec between its colons; a colon behind a single letter belongs to a Windows drive. */
const fieldsOf = (spec: string): Field[] => {
  const fields: Field[] = [];
  let from = 0;
  let substitutions = 0;
  for (let i = 0; i <= spec.length; i += 1) {
    const char = spec[i];
    if (char === '$' && spec[i + 1] === '{') substitutions += 1;
    else if (char === '}' && substitutions > 0) substitutions -= 1;
    else if (char === ':' && isLetter(spec.slice(from, i))) continue;
    else if ((char === ':' || char === undefined) && substitutions === 0) {
      fields.push({ text: spec.slice(from, i), from, to: i });
      from = i + 1;
    }
  }
  return fields;
};

/**
 * Takes `[source:]target[:options]` apart as docker compose does, whatever the host's platform.
 * @returns The parts, or the reason why it is none.
 * @see compose-spec 05-services.md, "volumes", short syntax; compose-go format/volume.go
 */
export const parseVolume = (spec: string): ShortVolume | { readonly reason: string } => {
  if (spec === '') return { reason: 'it is empty' };
  if (new TextEncoder().encode(spec).length <= 2)
    return { type: 'volume', target: { text: spec, from: 0, to: spec.length }, bare: true };
  const fields = fieldsOf(spec);
  if (fields.some((field, i) => field.text === '' && i < 3)) return { reason: 'there is an empty part between colons' };
  const [first, second, options] = fields;
  if (!second) return { type: 'volume', ...(first ? { target: first } : {}) };
  if (fields.length > 3) return { reason: 'there are too many colons' };
  const type = isHostPath(first?.text ?? '') ? 'bind' : 'volume';
  return { type, ...(first ? { source: first } : {}), target: second, ...optionsOf(options) };
};

type Options = Pick<ShortVolume, 'readOnly' | 'nocopy' | 'propagation' | 'selinux'>;

/** Options behind the second colon; unknown ones are ignored, the last one of a kind wins. */
const optionsOf = (field: Field | undefined): Options => {
  const found: { -readonly [K in keyof Options]: Options[K] } = {};
  let from = field?.from ?? 0;
  for (const text of field?.text.split(',') ?? []) {
    const option = { text, from, to: from + text.length };
    from = option.to + 1;
    if (text === 'ro') found.readOnly = option;
    else if (text === 'rw') delete found.readOnly;
    else if (text === 'nocopy') found.nocopy = option;
    else if (text === 'z' || text === 'Z') found.selinux = option;
    else if (PROPAGATIONS.has(text)) found.propagation = option;
  }
  return found;
};
