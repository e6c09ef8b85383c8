import { type Encoding, type Source, sourceOf } from './source.js';

/** Byte order marks in the order they are tried. */
const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8-bom' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** Result of decoding: `badByte` is the offset in the text of the first byte sequence that is not valid. */
export type Decoded = { readonly source: Source; readonly badByte?: number };

/**
 * Decodes a file's bytes as libyaml does: UTF-8, or UTF-16 where a byte order mark says so.
 * Bytes that are not valid become U+FFFD and the first one is reported, since docker compose refuses such a file.
 */
export const decode = (path: string, bytes: Uint8Array): Decoded => {
  const mark = MARKS.find((m) => m.bytes.every((byte, i) => bytes[i] === byte));
  const body = mark ? bytes.subarray(mark.bytes.length) : bytes;
  const encoding = mark?.encoding ?? 'utf-8';
  const name = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
  const source = sourceOf(path, new TextDecoder(name, { ignoreBOM: true }).decode(body), encoding);
  if (!source.text.includes('\uFFFD')) return { source };
  try {
    new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(body);
    return { source };
  } catch {
    return { source, badByte: source.text.indexOf('\uFFFD') };
  }
};

/** The bytes of a text in its stored form; the opposite of `decode` for every text without invalid bytes. */
export const encode = (text: string, encoding: Encoding): Uint8Array => {
  const mark = MARKS.find((m) => m.encoding === encoding)?.bytes ?? [];
  if (encoding === 'utf-8' || encoding === 'utf-8-bom') {
    const body = new TextEncoder().encode(text);
    const bytes = new Uint8Array(mark.length + body.length);
    bytes.set(mark);
    bytes.set(body, mark.length);
    return bytes;
  }
  const bytes = new Uint8Array(mark.length + text.length * 2);
  bytes.set(mark);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i += 1)
    view.setUint16(mark.length + i * 2, text.charCodeAt(i), encoding === 'utf-16le');
  return bytes;
};
