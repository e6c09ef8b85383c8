import { CST } from 'yaml';

type TokenType = ReturnType<typeof CST.tokenType>;

/** Where the search stands in the text. */
type State = {
  /** Whether nothing but spaces and indicators of the block style came before on this line. */
  isStart: boolean;
  /** Whether a plain text came last, which may go on in the next line. */
  isPlain: boolean;
  /** Brackets that are open. */
  flow: number;
  lineStart: number;
  /** Column of what the line of that text starts with. */
  textColumn: number;
};

/** What lexemes do to the number of open brackets. */
const BRACKETS: Readonly<Partial<Record<NonNullable<TokenType>, number>>> = {
  'flow-map-start': 1,
  'flow-seq-start': 1,
  'flow-map-end': -1,
  'flow-seq-end': -1,
  'flow-error-end': Number.NEGATIVE_INFINITY,
};

/** Indicators behind which a line starts anew. */
const INDICATORS: ReadonlySet<TokenType> = new Set<TokenType>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

/** The characters of a plain or block text, with the line breaks that belong to it. */
const passText = (state: State, text: string, offset: number): void => {
  state.isStart = text.endsWith('\n');
  state.isPlain = !state.isStart;
  if (state.isStart) state.lineStart = offset + text.length;
};

const passToken = (state: State, type: NonNullable<TokenType>, offset: number): void => {
  if (state.isStart && type !== 'comment') state.textColumn = offset - state.lineStart;
  state.isStart = state.isStart && INDICATORS.has(type);
  state.isPlain = state.isPlain && type === 'scalar';
  state.flow = Math.max(0, state.flow + (BRACKETS[type] ?? 0));
};

/**
 * Looks for tabs where libyaml takes spaces only: at the start of a line outside of brackets, and behind `-` or `?`. Below a
 * plain text, a tab is taken where that text could go on.
 * @param found Is given the offsets of these tabs.
 * @returns A function that is given each lexeme of the text with its offset.
 */
export const tabSearch = (found: number[]): ((lexeme: string, offset: number) => void) => {
  const state: State = { isStart: true, isPlain: false, flow: 0, lineStart: 0, textColumn: 0 };
  let last: TokenType = null;
  return (lexeme, offset) => {
    const type = last === 'scalar' ? null : CST.tokenType(lexeme);
    last = type;
    if (type === 'space') {
      const tab = lexeme.indexOf('\t');
      const isTaken = state.isPlain && offset + tab - state.lineStart > state.textColumn;
      if (state.isStart && state.flow === 0 && tab >= 0 && !isTaken) found.push(offset + tab);
    } else if (type === 'newline') {
      state.isStart = true;
      state.lineStart = offset + lexeme.length;
    } else if (type === null) passText(state, lexeme, offset);
    else passToken(state, type, offset);
  };
};
