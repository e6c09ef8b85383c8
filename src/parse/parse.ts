import { BOUNDS } from '../model/bounds.js';
import type { Fault, FaultSink } from '../model/fault.js';
import { faultList } from '../model/fault-list.js';
import { scalar, type Value } from '../model/value.js';
import type { Source, Span } from '../source/source.js';
import { compose, composeContext } from './compose.js';
import { type Reading, readDocuments, TooLargeError } from './documents.js';
import { readQuickly } from './quick.js';
import type { Tagged } from './tagged.js';
import { taggedIn } from './tags.js';
import type { TokenSink } from './tokens.js';

/** One YAML document of a file. An empty one has a null root. */
export type ParsedDocument = { readonly root: Value; readonly tagged: readonly Tagged[] };

/** What a file says, and everything that is wrong with its YAML. */
export type ParsedFile = {
  readonly source: Source;
  readonly documents: readonly ParsedDocument[];
  /** Comments in the order of the file, each from its `#` to the end of its line; what looks like one inside a text is none. */
  readonly comments: readonly Span[];
  readonly faults: readonly Fault[];
};

const syntax = (report: FaultSink, source: Source, start: number, end: number, message: string, help?: string): void =>
  report({
    rule: 'yaml-syntax',
    severity: 'error',
    message,
    at: { source, start, end: Math.max(start, end) },
    ...(help === undefined ? {} : { help }),
  });

const tooLarge = (report: FaultSink, source: Source, offset: number, message: string): void =>
  report({ rule: 'too-large', severity: 'error', message, at: { source, start: offset, end: offset } });

/**
 * Characters that libyaml does not accept anywhere in a stream.
 * @see YAML 1.2.2 section 5.1, "Character Set"
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufffe\uffff]/g;

/** Reports each forbidden character where it stands first. */
const reportForbidden = (source: Source, report: FaultSink): void => {
  const seen = new Set<string>();
  for (const { 0: character, index } of source.text.matchAll(FORBIDDEN)) {
    if (seen.has(character)) continue;
    seen.add(character);
    const code = character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
    syntax(report, source, index, index + 1, `The control character U+${code} is not allowed in YAML.`);
  }
};

/** The documents of a text as the parser sees them, or what kept it from finishing. */
const documentsOf = (source: Source, report: FaultSink, onTokens: TokenSink | undefined): Reading => {
  try {
    const reading = readDocuments(source, onTokens);
    for (const { start, end, message } of reading.errors) syntax(report, source, start, end, message);
    return reading;
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    tooLarge(report, source, error.offset, error.message);
    return { documents: [], comments: [], errors: [] };
  }
};

/**
 * Reads a text with all that YAML has and all that can be wrong with it, which `parse` does where it must.
 * @returns What `parse` returns.
 */
export const parseWhole = (source: Source, onTokens?: TokenSink): ParsedFile => {
  const { report, all } = faultList();
  if (source.text.length > BOUNDS.fileLength) {
    tooLarge(report, source, 0, `The file is longer than ${BOUNDS.fileLength} characters.`);
    return { source, documents: [], comments: [], faults: all() };
  }
  reportForbidden(source, report);
  const context = composeContext(source, report);
  const documents: ParsedDocument[] = [];
  const { documents: read, comments } = documentsOf(source, report, onTokens);
  for (const document of read) {
    const { version } = document.directives?.yaml ?? {};
    if (document.directives?.yaml.explicit && version !== '1.1')
      syntax(report, source, 0, 0, `docker compose refuses a \`%YAML ${version}\` directive.`, 'Remove the directive.');
    const root = document.contents;
    const [start = 0, end = 0] = (document.range ?? []).map((offset) => Math.min(offset, source.text.length));
    if (!root) {
      documents.push({ root: scalar(null, [{ kind: 'written', at: { source, start, end } }]), tagged: [] });
    } else {
      const value = compose(root, context, false);
      const hasTags = source.text.includes('!reset') || source.text.includes('!override');
      documents.push({ root: value, tagged: hasTags ? taggedIn(root, context.anchors, source, comments) : [] });
    }
  }
  // What is left of a file that is cut off says nothing about the file.
  return { source, documents: context.full ? [] : documents, comments, faults: all() };
};

/**
 * Reads a text as YAML in the dialect of docker compose, completely: a fault in one place does not hide the next one.
 * @returns The documents with their spans, and every fault: syntax, duplicate keys, keys that are no strings, bounds.
 * @param onTokens Told what the text is made of, unless it is simple enough to be read without that.
 */
export const parse = (source: Source, onTokens?: TokenSink): ParsedFile => {
  const quick = readQuickly(source);
  if (!quick) return parseWhole(source, onTokens);
  const { root, tagged, comments } = quick;
  return { source, documents: [{ root, tagged }], comments, faults: [] };
};
