import { Composer, CST, type Document, Lexer, Parser, type YAMLError } from 'yaml';
import { BOUNDS } from '../model/bounds.js';
import type { Source, Span } from '../source/source.js';
import { plainMessage } from './messages.js';
import { tabSearch } from './tabs.js';
import type { TokenSink } from './tokens.js';

/** A document of the parser. */
export type YamlDocument = Document.Parsed;

/** What is wrong with a text, as the parser says it or as libyaml would. */
export type SyntaxError = { readonly start: number; readonly end: number; readonly message: string };

/** Line breaks of YAML 1.1 that YAML 1.2 has given up, and the lone carriage return. One takes the place of one. */
const OLD_BREAKS = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** Whether a text has line breaks that only libyaml takes for some. */
export const hasOldBreaks = (text: string): boolean => text.search(OLD_BREAKS) >= 0;

/** What the parser holds against a text that go-yaml accepts. */
const isTolerated = ({ code, message, pos: [start] }: YAMLError, text: string): boolean => {
  if (code === 'NON_STRING_KEY') return true;
  if (code === 'BAD_DQ_ESCAPE') return message.endsWith("\\'");
  return code === 'MISSING_CHAR' && message.startsWith('Comments must be') && /["']/.test(text[start - 1] ?? '');
};

/** Errors of the parser that docker compose would have, too. A directive that nobody knows is one. */
const errorsIn = (documents: readonly YamlDocument[], text: string): readonly YAMLError[] =>
  documents.flatMap(({ errors, warnings }) => [
    ...errors.filter((error) => !isTolerated(error, text)),
    ...warnings.filter(({ code }) => code === 'BAD_DIRECTIVE'),
  ]);

/** The part of the lexer that knows how far a continued line has to be indented. */
type Indented = { indentNext: number };
type State = (this: Indented) => Generator<string, unknown>;
type LexerStates = Indented & { parseFlowCollection: State; parseQuotedScalar: State };

/** The same state of the lexer, in which a continued line need not be indented at all. */
const unindented = (state: State): State =>
  function* (this: Indented) {
    const { indentNext } = this;
    this.indentNext = 0;
    const next = yield* state.call(this);
    this.indentNext = indentNext;
    return next;
  };

/** A lexer that lets what is between brackets or quotes stand at any column, as libyaml does; YAML 1.2 wants it indented. */
const lenientLexer = (): Lexer => {
  const lexer = new Lexer();
  const states = lexer as unknown as LexerStates;
  states.parseFlowCollection = unindented(states.parseFlowCollection);
  states.parseQuotedScalar = unindented(states.parseQuotedScalar);
  return lexer;
};

/** The text goes beyond a bound; `offset` is where it does so. */
export class TooLargeError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const COLLECTIONS: ReadonlySet<CST.Token['type']> = new Set(['block-map', 'block-seq', 'flow-collection']);

/** Stops at a collection inside more open ones than the bound allows. The stack holds a few other tokens, too. */
const checkDepth = (stack: readonly CST.Token[]): void => {
  if (stack.length <= BOUNDS.depth) return;
  const tooDeep = stack.filter(({ type }) => COLLECTIONS.has(type))[BOUNDS.depth];
  if (tooDeep)
    throw new TooLargeError(`Mappings and lists are nested deeper than ${BOUNDS.depth} levels.`, tooDeep.offset);
};

/**
 * The tokens of a text as the parser makes them: documents, and what stands between them.
 * @param look Sees each piece of the text before it is parsed.
 * @throws {TooLargeError} when the text is made of too many pieces, or nests too deep.
 */
export function* tokensIn(
  text: string,
  lexer = new Lexer(),
  look?: (lexeme: string, offset: number) => void,
): Generator<CST.Token> {
  const parser = new Parser();
  let pieces = 0;
  for (const lexeme of lexer.lex(text)) {
    const { offset } = parser;
    pieces += 1;
    // The parser keeps each piece, which takes a hundred times the memory of its text.
    if (pieces > BOUNDS.pieces)
      throw new TooLargeError(`The file is made of more than ${BOUNDS.pieces} names, signs and spaces.`, offset);
    look?.(lexeme, offset);
    yield* parser.next(lexeme);
    checkDepth(parser.stack);
  }
  yield* parser.end();
}

type Attempt = {
  readonly tokens: readonly CST.Token[];
  readonly documents: readonly YamlDocument[];
  readonly errors: readonly YAMLError[];
  readonly tabs: readonly number[];
  readonly comments: readonly Span[];
};

const readWith = (lexer: Lexer, text: string, source: Source): Attempt => {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
    keepSourceTokens: false,
  });
  const tabs: number[] = [];
  const searchTabs = text.includes('\t') ? tabSearch(tabs) : undefined;
  const comments: Span[] = [];
  const documents: YamlDocument[] = [];
  const keep = (found: Iterable<YamlDocument>): void => {
    for (const document of found) {
      if (documents.length >= BOUNDS.documents)
        throw new TooLargeError(`The file has more than ${BOUNDS.documents} documents.`, document.range[0]);
      documents.push(document);
    }
  };
  const tokens: CST.Token[] = [];
  let isScalar = false;
  const look = (lexeme: string, offset: number): void => {
    searchTabs?.(lexeme, offset);
    if (!isScalar && lexeme.startsWith('#')) comments.push({ source, start: offset, end: offset + lexeme.length });
    isScalar = lexeme === CST.SCALAR;
  };
  for (const token of tokensIn(text, lexer, look)) {
    tokens.push(token);
    keep(composer.next(token));
  }
  keep(composer.end(false, text.length));
  return { tokens, documents, errors: errorsIn(documents, text), tabs, comments };
};

const isUnclosedQuote = ({ message }: YAMLError): boolean => message.startsWith('Missing closing');

/**
 * Reads a text with a quote that is never closed. The lexer would take the rest of the file for its content, and hide all
 * faults there; with a quote at the end to be found it stops at the first line that is not indented enough.
 */
const readCut = (text: string, source: Source): Attempt | undefined => {
  const reading = readWith(new Lexer(), `${text}\n#"'`, source);
  if (!reading.errors.some((error) => isUnclosedQuote(error) && error.pos[0] <= text.length)) return undefined;
  return { ...reading, comments: reading.comments.filter(({ start }) => start < text.length) };
};

/** A document behind another one needs a `---` to libyaml. */
const unmarked = (documents: readonly YamlDocument[]): readonly SyntaxError[] =>
  documents.slice(1).flatMap(({ contents, directives }) => {
    if (!contents || directives?.docStart === true) return [];
    const [start] = contents.range;
    return [{ start, end: start, message: 'A further document must start with a line `---`.' }];
  });

/** The documents of a text with offsets into it as it was given, its comments, and all that is wrong with its syntax. */
export type Reading = {
  readonly documents: readonly YamlDocument[];
  /** In the order of the file, each from its `#` to the end of its line; what looks like one inside a text is none. */
  readonly comments: readonly Span[];
  readonly errors: readonly SyntaxError[];
};

/**
 * Reads a text as libyaml does, which takes some things that YAML 1.2 refuses and the other way round.
 * @throws {TooLargeError} when collections are nested too deep, or there are too many documents or pieces.
 */
export const readDocuments = (source: Source, onTokens?: TokenSink): Reading => {
  const text = source.text.replace(OLD_BREAKS, '\n');
  let reading = readWith(new Lexer(), text, source);
  if (reading.errors.some(isUnclosedQuote)) reading = readCut(text, source) ?? reading;
  if (reading.errors.length > 0) {
    // Where a quote or bracket is not closed, the lenient way takes the rest of the file for its content.
    const lenient = readWith(lenientLexer(), text, source);
    const isCut = lenient.errors.some(({ message }) => /^Missing closing|must end with/.test(message));
    if (!isCut && lenient.errors.length < reading.errors.length) reading = lenient;
  } else onTokens?.(source, reading.tokens);
  const errors: SyntaxError[] = reading.errors.map(({ pos: [start, end], message }) => ({
    start: Math.min(start, text.length),
    end: Math.min(end, text.length),
    message: plainMessage(message),
  }));
  const isKnown = (tab: number): boolean =>
    errors.some(({ start }) => !text.slice(Math.min(start, tab), Math.max(start, tab)).includes('\n'));
  const tabs = reading.tabs
    .filter((tab) => !isKnown(tab))
    .map((tab) => ({ start: tab, end: tab + 1, message: 'A tab stands where only spaces may stand.' }));
  return { ...reading, errors: [...errors, ...tabs, ...unmarked(reading.documents)] };
};
