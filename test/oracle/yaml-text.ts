/** What the generator makes: plain data, values with a property in front, and texts that go into a file as they are. */
export type Data =
  | string
  | number
  | boolean
  | null
  | readonly Data[]
  | { readonly [key: string]: Data }
  | TaggedData
  | RawData;

type Property = '!reset' | '!override' | `&${string}`;

/** A value written behind `!reset`, `!override` or an anchor. */
export class TaggedData {
  readonly tag: Property;
  readonly data: Data;
  constructor(tag: Property, data: Data) {
    this.tag = tag;
    this.data = data;
  }
  toString(): string {
    return `${this.tag} ${JSON.stringify(this.data)}`;
  }
}

/** A scalar or an alias as it is written. */
export class RawData {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

const isPlainText = (text: string): boolean =>
  text === '<<' || (/^[A-Za-z/][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text));

export const scalarText = (data: string | number | boolean | null): string => {
  if (typeof data === 'string') return isPlainText(data) ? data : JSON.stringify(data);
  return String(data);
};

const isEmpty = (data: Data): boolean =>
  typeof data === 'object' &&
  data !== null &&
  !(data instanceof TaggedData || data instanceof RawData) &&
  Object.keys(data).length === 0;

const behindKey = (data: Data, indent: string): string => {
  if (data instanceof TaggedData) return ` ${data.tag}${behindKey(data.data, indent)}`;
  if (data instanceof RawData) return ` ${data.text}`;
  if (typeof data !== 'object' || data === null) return ` ${scalarText(data)}`;
  if (isEmpty(data)) return Array.isArray(data) ? ' []' : ' {}';
  return `\n${toYamlText(data, indent)}`;
};

/** Block YAML of a value; texts are quoted unless that would change nothing. */
export const toYamlText = (data: Data, indent = ''): string => {
  if (data instanceof TaggedData || data instanceof RawData || typeof data !== 'object' || data === null)
    return `${indent}${behindKey(data, indent).trimStart()}\n`;
  const inner = `${indent}  `;
  const end = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
  if (Array.isArray(data))
    return (data as readonly Data[]).map((item) => end(`${indent}-${itemText(item, inner)}`)).join('');
  return Object.entries(data as { readonly [key: string]: Data })
    .map(([key, value]) => end(`${indent}${scalarText(key)}:${behindKey(value, inner)}`))
    .join('');
};

const itemText = (item: Data, indent: string): string => {
  const text = behindKey(item, indent);
  return text.startsWith('\n') ? ` ${text.slice(1 + indent.length)}` : text;
};
