import { spend } from '../model/budget.js';
import { narrowed } from '../model/part.js';
import {
  type Entry,
  isInteger,
  type Mapping,
  mapping,
  placeOfValue,
  type Scalar,
  sequence,
  textOf,
  type Value,
} from '../model/value.js';
import { entryOf } from './history.js';
import { parsePorts, type ShortPort, type ShortPorts } from './port.js';
import { implied, refuse, type Transform } from './transform.js';
import type { Field } from './volume.js';

const SHORT_PORT = 'compose-spec 05-services.md, "ports", short syntax';
const portMapping = (value: Scalar, parsed: ShortPorts, port: ShortPort): Mapping => {
  const entries = new Map<string, Entry>();
  const read = (content: Scalar['value'], at: Field): Entry => {
    const field = narrowed(value, content, at.from, at.to);
    return entryOf(field, placeOfValue(field));
  };
  if (parsed.hostIpAt) entries.set('host_ip', read(port.hostIp, parsed.hostIpAt));
  const { protocolAt, publishedAt } = parsed;
  entries.set('protocol', protocolAt ? read(port.protocol, protocolAt) : implied('tcp', SHORT_PORT));
  if (port.target !== 0) entries.set('target', read(port.target, parsed.targetAt));
  if (publishedAt) entries.set('published', read(port.published, publishedAt));
  entries.set('mode', implied('ingress', SHORT_PORT));
  return mapping(entries, value.origins);
};

/** `ports`: each short form becomes as many long ones as its range has ports. */
export const longPorts: Transform = (value, path, run) => {
  if (value.kind !== 'sequence') {
    refuse(run, 'schema', value, path, 'must be a list.');
    return value;
  }
  const items: Value[] = [];
  for (const [i, item] of value.items.entries()) {
    if (item.kind === 'mapping') {
      items.push(item);
      continue;
    }
    const isText = textOf(item) !== undefined;
    if (item.kind !== 'scalar' || !(isText || isInteger(item))) {
      refuse(run, 'invalid-port', item, [...path, i], 'is not a port.');
      continue;
    }
    const parsed = parsePorts(String(item.value));
    if ('reason' in parsed) {
      if (run.lenient && isText) return value;
      const help = 'Write "container", "host:container" or "address:host:container", with "/udp" where needed.';
      refuse(run, 'invalid-port', item, [...path, i], `is not a port: ${parsed.reason}.`, help);
      continue;
    }
    if (!spend(run.budget, 'ports', parsed.count, placeOfValue(item))) break;
    for (const port of parsed.ports()) items.push(portMapping(item, parsed, port));
  }
  return sequence(items, value.origins);
};
