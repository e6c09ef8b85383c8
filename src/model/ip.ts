/** The eight groups of an IPv6 address, or undefined. An embedded IPv4 address makes the last two. */
const groupsOf = (text: string): readonly number[] | undefined => {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const parse = (half: string): number[] | undefined => {
    if (half === '') return [];
    const groups: number[] = [];
    const parts = half.split(':');
    for (const [i, part] of parts.entries()) {
      const embedded = i === parts.length - 1 && part.includes('.') ? parseIPv4(part) : undefined;
      if (embedded) groups.push((embedded[0] << 8) | embedded[1], (embedded[2] << 8) | embedded[3]);
      else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
      else return undefined;
    }
    return groups;
  };
  const head = parse(halves[0] ?? '');
  const tail = halves[1] === undefined ? [] : parse(halves[1]);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
};

/** The four bytes of a dotted IPv4 address without leading zeros, or undefined. */
const parseIPv4 = (text: string): readonly [number, number, number, number] | undefined => {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!found) return undefined;
  const [a = 256, b = 256, c = 256, d = 256] = found.slice(1).map((part) => (/^0\d/.test(part) ? 256 : Number(part)));
  return a <= 255 && b <= 255 && c <= 255 && d <= 255 ? [a, b, c, d] : undefined;
};

/** An IP address as its family and its number, or undefined when the text is none. Go's `net.ParseIP`. */
export const parseIP = (text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined => {
  const four = parseIPv4(text);
  if (four) return { family: 4, value: four.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) };
  if (!text.includes(':')) return undefined;
  const groups = groupsOf(text);
  return groups && { family: 6, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
};
