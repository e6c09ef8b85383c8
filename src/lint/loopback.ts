import { type Port, portsOf } from '../model/service.js';
import { get, hasUnsetVariable, textOf } from '../model/value.js';
import { textAt } from '../source/source.js';
import { data } from './edits/content.js';
import { insertEntry } from './edits/insert.js';
import { pathOf, placeAt, placeAtSpan } from './edits/place.js';
import { replaceScalar } from './edits/replace.js';
import type { Fix } from './rule.js';
import type { ServiceSubject } from './subjects.js';

/** Whether a published port is open on every address of the host, because none is given or one that stands for all. */
export const isOnAllAddresses = ({ hostIp }: Port): boolean =>
  hostIp === undefined || hostIp === '0.0.0.0' || hostIp === '::';

/** Whether an address leads back to the host itself. */
export const isLoopback = ({ hostIp }: Port): boolean =>
  hostIp !== undefined && (/^127\./.test(hostIp) || hostIp === '::1');

/** Whether a part of a port came from a variable that nobody has set, so that what it will be is not known. */
export const isUnsettled = ({ value }: Port): boolean =>
  [value, ...[...value.entries.values()].map((entry) => entry.value)].some(hasUnsetVariable);

/** Ports that other machines may reach. On the host's network, or none, nothing is published. */
export const openPortsOf = ({ value }: ServiceSubject): readonly Port[] => {
  const mode = textOf(get(value, 'network_mode'));
  return mode === 'host' || mode === 'none' ? [] : portsOf(value).filter((port) => !isLoopback(port));
};

const LOOPBACK = '127.0.0.1';

/** The short form of a port with the loopback address in front. */
const bound = (text: string): string => {
  const rest = text.replace(/^(?:0\.0\.0\.0|\[?::\]?):/, '');
  return /^\d+(?:-\d+)?(?:\/\w+)?$/.test(rest) ? `${LOOPBACK}::${rest}` : `${LOOPBACK}:${rest}`;
};

/** The change that publishes a port on the host's own address alone; undefined where it is not clear how to write it. */
export const bindToLoopback = (port: Port): Fix | undefined => {
  const place = port.at && placeAtSpan(port.at);
  if (!port.at || !place) return undefined;
  const { node } = place;
  const title = `Publish it on ${LOOPBACK} alone`;
  let edits: Fix['edits'] | undefined;
  if (node.kind === 'scalar') edits = replaceScalar(place, bound(node.text));
  else if (node.kind === 'mapping') {
    const path = pathOf(place);
    const given = path && placeAt(place.source, [...path, 'host_ip']);
    edits = given ? replaceScalar(given, LOOPBACK) : insertEntry(place, 'host_ip', data(LOOPBACK));
  }
  return edits && textAt(port.at) !== '' ? { title, applicability: 'unsafe', edits } : undefined;
};
