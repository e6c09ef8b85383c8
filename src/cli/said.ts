import { inertText, plainText } from '../model/message.js';
import type { Io } from './io.js';

/**
 * What `warn` does: whatever a line quotes, it is one line that steers no terminal.
 * @param write Writes to standard error, or what stands for it.
 */
export const warnTo =
  (write: (text: string) => void): Io['warn'] =>
  (...lines) => {
    if (lines.length > 0) write(lines.map((line) => `${plainText(line)}\n`).join(''));
  };

/**
 * What `write` does: programs get every byte, a terminal nothing that steers it.
 * @param write Writes to standard output, or what stands for it.
 * @param isTerminal Whether that is one. Asked only where it matters.
 */
export const writeTo =
  (write: (text: string) => void, isTerminal: () => boolean): Io['write'] =>
  (text, isPainted = false) => {
    const inert = inertText(text, isPainted);
    write(inert !== text && isTerminal() ? inert : text);
  };
