import { type Mount, namesIn } from '../model/service.js';
import { get } from '../model/value.js';
import type { TextEdit } from '../source/edit.js';
import { data } from './edits/content.js';
import { insertEntry, insertItem } from './edits/insert.js';
import { insertAt } from './edits/insert-at.js';
import { placeAt, placeAtSpan } from './edits/place.js';
import { replaceScalar } from './edits/replace.js';
import type { ServiceSubject } from './subjects.js';

/** The short form of a mount, made read-only. */
const readOnlyText = (text: string): string | undefined => {
  const parts = text.split(':');
  const options = parts[2]?.split(',').filter((option) => option !== 'rw');
  if (parts.length < 2 || parts.length > 3 || text.includes('$')) return undefined;
  return [...parts.slice(0, 2), [...(options ?? []), 'ro'].join(',')].join(':');
};

/** Edits that make a mount read-only; undefined where it is not clear how to write it. */
export const makeReadOnly = ({ at }: Mount): readonly TextEdit[] | undefined => {
  const place = at && placeAtSpan(at);
  if (!place) return undefined;
  if (place.node.kind === 'mapping') return insertEntry(place, 'read_only', data(true));
  const text = place.node.kind === 'scalar' ? readOnlyText(place.node.text) : undefined;
  return text === undefined ? undefined : replaceScalar(place, text);
};

/** A name for a volume of a service, in the style that the stack's volumes have, which no other volume has. */
const volumeName = ({ name, stack }: ServiceSubject): string | undefined => {
  const known = namesIn(get(stack.model, 'volumes'));
  const joint = known.filter((other) => other.includes('-')).length > known.length / 2 ? '-' : '_';
  const wanted = `${name}${joint}data`;
  return known.includes(wanted) ? undefined : wanted;
};

/** Edits that give a service a named volume, in the file that defines it. */
export const addVolume = (service: ServiceSubject, target: string): readonly TextEdit[] | undefined => {
  const source = service.key?.source;
  const volume = volumeName(service);
  if (!source || volume === undefined) return undefined;
  const path = ['services', service.name, 'volumes'];
  const place = placeAt(source, path);
  const item = data(`${volume}:${target}`);
  const mount = place ? insertItem(place, item) : insertAt(source, path, 'item', item);
  const declared = insertAt(source, ['volumes', volume], 'entry', data(null));
  return mount && declared ? [...mount, ...declared] : undefined;
};
