import { narrowed } from '../model/part.js';
import { byDefault, type Entry, mapping, placeOfValue, textOf } from '../model/value.js';
import { clean } from '../source/path.js';
import { entryOf } from './history.js';
import { fieldOf, implied, refuse, type Transform } from './transform.js';
import { NO_MOUNT, parseVolume } from './volume.js';

const SHORT_VOLUME = 'compose-spec 05-services.md, "volumes", short syntax';

/** `volumes`: `source:target:options` with its fields. */
export const longVolume: Transform = (value, path, run) => {
  if (value.kind === 'mapping') return value;
  const spec = textOf(value);
  if (spec === undefined || value.kind !== 'scalar') {
    refuse(run, 'invalid-volume', value, path, 'is not a mount.');
    return value;
  }
  const parsed = parseVolume(spec);
  if ('reason' in parsed) {
    if (!run.lenient) {
      refuse(run, NO_MOUNT.rule, value, path, `is not a mount: ${parsed.reason}.`, NO_MOUNT.help);
    }
    return value;
  }
  const entries = new Map<string, Entry>([['type', implied(parsed.type, SHORT_VOLUME)]]);
  if (parsed.source) entries.set('source', fieldOf(value, parsed.source));
  if (parsed.target) {
    const { value: field, key } = fieldOf(value, parsed.target);
    const target = clean(parsed.target.text);
    entries.set('target', entryOf(field.kind === 'scalar' ? { ...field, value: target } : field, key));
  }
  if (parsed.readOnly) {
    const { from, to } = parsed.readOnly;
    const field = narrowed(value, true, from, to);
    entries.set('read_only', entryOf(field, placeOfValue(field)));
  }
  const details = (rows: readonly (readonly [string, Entry | undefined])[]): Entry => {
    const inner = new Map<string, Entry>();
    for (const [name, entry] of rows) if (entry) inner.set(name, entry);
    return { value: mapping(inner, byDefault(SHORT_VOLUME)) };
  };
  const isBind = parsed.type === 'bind';
  const { nocopy, propagation, selinux } = parsed;
  if (isBind || propagation || selinux) {
    entries.set(
      'bind',
      details([
        ['selinux', selinux && fieldOf(value, selinux)],
        ['propagation', propagation && fieldOf(value, propagation)],
        ['create_host_path', isBind ? implied(true, SHORT_VOLUME) : undefined],
      ]),
    );
  }
  if ((!isBind && !parsed.bare) || nocopy) {
    const copied = nocopy && narrowed(value, true, nocopy.from, nocopy.to);
    entries.set('volume', details([['nocopy', copied && entryOf(copied, placeOfValue(copied))]]));
  }
  return mapping(entries, value.origins);
};
