import { defineRule } from '../src/lint/rule.js';
import type { StackSubject } from '../src/lint/subjects.js';
import { parseIP } from '../src/model/ip.js';
import { get, itemsOf, placeOfValue, textOf } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** One subnet of a network, as the first and the last of its addresses. */
type Subnet = {
  readonly network: string;
  readonly text: string;
  readonly at: Span;
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
};

const parseSubnet = (text: string): Pick<Subnet, 'family' | 'first' | 'last'> | undefined => {
  const [address = '', length = ''] = text.split('/');
  const ip = parseIP(address);
  const size = ip?.family === 4 ? 32 : 128;
  const bits = Number(length);
  if (!ip || !/^\d{1,3}$/.test(length) || bits > size) return undefined;
  const count = 1n << BigInt(size - bits);
  const first = ip.value - (ip.value % count);
  return { family: ip.family, first, last: first + count - 1n };
};

const subnetsOf = ({ model }: StackSubject): readonly Subnet[] => {
  const networks = get(model, 'networks');
  if (networks?.kind !== 'mapping') return [];
  return [...networks.entries].flatMap(([network, { value }]) => {
    const pools = get(value, 'ipam', 'config');
    return itemsOf(pools).flatMap((pool): readonly Subnet[] => {
      const subnet = get(pool, 'subnet');
      const [text, at] = [textOf(subnet), subnet && placeOfValue(subnet)];
      const range = text === undefined ? undefined : parseSubnet(text);
      return text !== undefined && at && range ? [{ network, text, at, ...range }] : [];
    });
  });
};

export default defineRule({
  meta: {
    id: 'network-subnet-overlap',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Two networks of a stack share addresses',
    description: `Docker refuses to create a network whose addresses overlap with those of another one ("Pool overlaps with other one on this
address space"), so that \`up\` fails half-way. The subnets under \`ipam.config\` of all networks of a stack are compared, IPv4 and IPv6.`,
    source: 'compose-spec 06-networks.md, "ipam"',
    bad: 'services:\n  a:\n    image: example/a:1\n    networks: [front, back]\nnetworks:\n  front:\n    ipam: {config: [{subnet: 172.30.0.0/16}]}\n  back:\n    ipam: {config: [{subnet: 172.30.8.0/24}]}\n',
    good: 'services:\n  a:\n    image: example/a:1\n    networks: [front, back]\nnetworks:\n  front:\n    ipam: {config: [{subnet: 172.30.0.0/16}]}\n  back:\n    ipam: {config: [{subnet: 172.31.8.0/24}]}\n',
    whenOff: 'Never for a stack that is started as it is.',
  },
  *checkStack(stack) {
    const subnets = subnetsOf(stack);
    for (const [i, second] of subnets.entries()) {
      const first = subnets
        .slice(0, i)
        .find((other) => other.family === second.family && other.first <= second.last && second.first <= other.last);
      if (!first) continue;
      yield {
        at: second.at,
        message: `The subnet ${second.text} of the network "${second.network}" overlaps with ${first.text} of "${first.network}": Docker creates only one of them.`,
        help: 'Choose another range, or leave the choice to Docker.',
        notes: [{ at: first.at, message: `the addresses of "${first.network}"` }],
        path: ['networks', second.network, 'ipam', 'config'],
        evidence: `${first.network} ${first.text}`,
      };
    }
  },
});
