import { type ParsedFile, parse } from '../parse/parse.js';
import type { ReadFile } from '../resolve/load.js';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { STANDARD_INPUT } from '../workspace/command-line.js';

/** What answers for the path `-`: the bytes, and the absolute path that the source goes by. */
export type StandardInput = { readonly path: string; readonly read: () => Uint8Array };

/** Reads and parses each file once, however many stacks hold it. */
export const cachedReader = (fs: FileSystem, standardInput?: StandardInput): ReadFile => {
  const known = new Map<string, ParsedFile | FileError>();
  const load = (path: string): ParsedFile | FileError => {
    try {
      const isInput = path === STANDARD_INPUT && standardInput !== undefined;
      const { source, badByte } = isInput
        ? decode(standardInput.path, standardInput.read())
        : decode(path, fs.read(path));
      const file = parse(source);
      if (badByte === undefined) return file;
      const at = { source, start: badByte, end: badByte + 1 };
      const message = 'The file is not valid UTF-8.';
      return { ...file, faults: [{ rule: 'yaml-syntax', severity: 'error', message, at }, ...file.faults] };
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
