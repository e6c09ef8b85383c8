import type { Note } from '../model/fault.js';
import type { ComposePath } from '../model/path.js';
import type { Span } from '../source/source.js';
import type { Cause, Fix, Severity } from './rule.js';

/** One rule's word about the files: where, what, since which stacks, and how to mend it. */
export type Finding = {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The place where the user must act. Absent for what concerns no file, such as a bad project name. */
  readonly at: Span | undefined;
  readonly path: ComposePath;
  readonly help: string | undefined;
  readonly related: readonly Note[];
  /** Names of the stacks that have it; none for what a file says by itself. */
  readonly stacks: readonly string[];
  /** Ways to mend it, worked out when they are first asked for. */
  readonly fixes: () => readonly Fix[];
  /** What it has in common with other findings of its rule, with which it is told as one. */
  readonly cause: Cause | undefined;
  /** Stable identity: rule, file, path of the value and evidence; neither line nor words. Two findings can share it. */
  readonly fingerprint: string;
};

/** A finding that is kept silent: neither shown nor fixed, but known to reports that have a place for it. */
export type SuppressedFinding = {
  readonly finding: Finding;
  /** What keeps it silent: a comment in the file, or the baseline. */
  readonly by: 'comment' | 'baseline';
  /** Why, in the user's words. */
  readonly reason: string | undefined;
  /** The comment. */
  readonly at: Span | undefined;
};

const encoder = new TextEncoder();

/** Characters whose code is their one byte in UTF-8. */
const ASCII = /^[ -~]*$/;

/** 64 bits of FNV-1a as sixteen hexadecimal digits, counted in two halves: the prime is 2^40 + 435. */
const hash = (text: string): string => {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  // A buffer, which takes long to make and to drop, is made only where it has to be.
  const bytes = ASCII.test(text) ? undefined : encoder.encode(text);
  for (let i = 0; i < (bytes ?? text).length; i += 1) {
    const byte = bytes?.[i] ?? text.charCodeAt(i);
    const product = ((low ^ byte) >>> 0) * 435;
    high = (Math.imul(high, 435) + Math.floor(product / 2 ** 32) + ((low ^ byte) << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
};

/**
 * The identity of a finding. Positions in lists do not count, since an item that is added above moves them; what is the same
 * but for them is told apart by evidence, or counted.
 * @param file Relative to the project's root, so that it is the same on every machine.
 */
export const fingerprintOf = (rule: string, file: string, path: ComposePath, evidence: string): string =>
  hash(JSON.stringify([rule, file, path.map((key) => (typeof key === 'number' ? 0 : key)), evidence]));

const place = ({ at }: Finding): readonly [string, number] => [at?.source.path ?? '', at?.start ?? 0];

/** Order of findings: by file, place, rule, then message, so that two runs print the same bytes. */
export const byPlace = (a: Finding, b: Finding): number => {
  const [fileA, startA] = place(a);
  const [fileB, startB] = place(b);
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  if (startA !== startB) return startA - startB;
  const [keyA, keyB] = [`${a.rule}\n${a.message}`, `${b.rule}\n${b.message}`];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
};
