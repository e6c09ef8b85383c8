import { parseIP } from '../model/ip.js';
import { byCodePoint } from './sprint.js';
import type { Field } from './volume.js';

/** One port of a short form. `published` is a port or, for a single target, a range to pick from; empty for none. */
export type ShortPort = {
  readonly target: number;
  readonly protocol: string;
  readonly published: string;
  readonly hostIp: string;
};

/** A short form taken apart: how many ports it expands to, these, and the places of its parts. */
export type ShortPorts = {
  readonly count: number;
  readonly ports: () => readonly ShortPort[];
  readonly targetAt: Field;
  readonly publishedAt?: Field;
  readonly hostIpAt?: Field;
  readonly protocolAt?: Field;
};

const portNumber = (text: string): number | undefined => {
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value <= 65535 ? value : undefined;
};

/** First and last port of `80` or `80-90`; what follows a second dash is ignored, as docker compose does. */
const parseRange = (text: string): { readonly first: number; readonly last: number } | undefined => {
  const [from = '', to = from] = text.split('-');
  const first = portNumber(from);
  const last = portNumber(to);
  return first === undefined || last === undefined || last < first ? undefined : { first, last };
};

/** Parts of a spec at its colons: the last two are ports, all before them are an address. */
const splitSpec = (spec: string): { readonly ip?: Field; readonly host?: Field; readonly container: Field } => {
  const last = spec.lastIndexOf(':');
  const field = (from: number, to: number): Field => ({ text: spec.slice(from, to), from, to });
  const container = field(last + 1, spec.length);
  if (last < 0) return { container };
  const before = spec.lastIndexOf(':', last - 1);
  const host = field(last === 0 ? 0 : before + 1, last);
  if (last === 0 || before < 0) return { host, container };
  return { ip: field(0, before), host, container };
};

/** An address without brackets, or the reason why it is none. One of IPv6 must be in brackets. */
const parseAddress = (text: string): { readonly ip: string } | { readonly reason: string } => {
  const ip = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (ip === '' || (parseIP(ip) && (ip !== text || !ip.includes(':')))) return { ip };
  return { reason: parseIP(ip) ? `the IPv6 address "${text}" is not in brackets` : `"${text}" is not an IP address` };
};

/**
 * Takes `[[ip:]host:]container[/protocol]` apart, ranges expanded, in docker compose's order: by the text `port/protocol`.
 * @returns The ports, or the reason why it is none.
 * @see compose-spec 05-services.md, "ports", short syntax; docker/go-connections nat
 */
export const parsePorts = (spec: string): ShortPorts | { readonly reason: string } => {
  const { ip, host, container } = splitSpec(spec);
  const slash = container.text.indexOf('/');
  const range = slash < 0 ? container.text : container.text.slice(0, slash);
  const given = slash < 0 ? '' : (container.text.slice(slash + 1).split('/')[0] ?? '');
  const protocol = (range === '' ? '' : given || 'tcp').toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(protocol))
    return { reason: range === '' ? 'there is no container port' : `"${given}" is not a protocol` };
  const address = parseAddress(ip?.text ?? '');
  if ('reason' in address) return address;
  const targets = parseRange(range);
  if (!targets) return { reason: `"${range}" is not a container port` };
  const published = host && host.text !== '' ? parseRange(host.text) : undefined;
  if (host && host.text !== '' && !published) return { reason: `"${host.text}" is not a host port` };
  const count = targets.last - targets.first + 1;
  if (published && count !== 1 && published.last - published.first + 1 !== count)
    return { reason: `the ranges "${host?.text}" and "${range}" differ in length` };
  const publishedText = (i: number): string => {
    if (!published) return '';
    if (count === 1 && published.first !== published.last) return `${published.first}-${published.last}`;
    return String(published.first + i);
  };
  const port = (_: unknown, i: number): ShortPort => ({
    target: targets.first + i,
    protocol,
    published: publishedText(i),
    hostIp: address.ip,
  });
  const targetAt = { text: range, from: container.from, to: container.from + range.length };
  const protocolFrom = targetAt.to + 1;
  const protocolAt = given === '' ? undefined : { text: given, from: protocolFrom, to: protocolFrom + given.length };
  return {
    count,
    ports: () => Array.from({ length: count }, port).sort((a, b) => byCodePoint(`${a.target}/`, `${b.target}/`)),
    targetAt,
    ...(published && host ? { publishedAt: host } : {}),
    ...(ip && address.ip !== '' ? { hostIpAt: ip } : {}),
    ...(protocolAt ? { protocolAt } : {}),
  };
};
