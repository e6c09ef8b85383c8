import type { Source } from '../source/source.js';

/** What the parser has cut a text without faults into. Only the parser's own types, which stay in this room, say more of it. */
export type Tokens = readonly unknown[];

/** Takes the tokens of a text. */
export type TokenSink = (source: Source, tokens: Tokens) => void;
