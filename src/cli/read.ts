import { type ParsedFile, parse } from '../parse/parse.js';
import type { TokenSink } from '../parse/tokens.js';
import type { ReadFile } from '../resolve/load.js';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { STANDARD_INPUT } from '../workspace/command-line.js';
import type { Memory } from '../workspace/memory.js';

/** What answers for the path `-`: the bytes, and the absolute path that the source goes by. */
export type StandardInput = { readonly path: string; readonly read: () => Uint8Array };

/** The bytes of a file as they are parsed. Bytes that are no UTF-8 are a fault of theirs. */
const parsedBytes = (path: string, bytes: Uint8Array, onTokens: TokenSink | undefined): ParsedFile => {
  const { source, badByte } = decode(path, bytes);
  const file = parse(source, onTokens);
  if (badByte === undefined) return file;
  const at = { source, start: badByte, end: badByte + 1 };
  const message = 'The file is not valid UTF-8.';
  return { ...file, faults: [{ rule: 'yaml-syntax', severity: 'error', message, at }, ...file.faults] };
};

/**
 * Reads and parses each file once, however many stacks hold it.
 * @param memory Files that were parsed before: those with the same bytes under the same path are not parsed again.
 * @param onTokens Told what each text that is parsed is made of.
 */
export const cachedReader = (
  fs: FileSystem,
  standardInput?: StandardInput,
  memory?: Memory,
  onTokens?: TokenSink,
): ReadFile => {
  const known = new Map<string, ParsedFile | FileError>();
  const load = (path: string): ParsedFile | FileError => {
    try {
      if (path === STANDARD_INPUT && standardInput)
        return parsedBytes(standardInput.path, standardInput.read(), onTokens);
      const bytes = fs.read(path);
      const known = memory?.parsed.get(bytes);
      if (known?.source.path === path) return known;
      const file = parsedBytes(path, bytes, onTokens);
      memory?.parsed.set(bytes, file);
      return file;
    } catch (error) {
      if (error instanceof FileError) return error;
      throw error;
    }
  };
  return (path, report) => {
    const file = known.get(path) ?? load(path);
    known.set(path, file);
    if (!(file instanceof FileError)) return file;
    report({ rule: 'missing-file', severity: 'error', message: `${path} cannot be read: ${file.reason}.` });
    return undefined;
  };
};
