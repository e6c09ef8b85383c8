import { type ParsedFile, parse } from '../parse/parse.js';
import type { ReadFile } from '../resolve/load.js';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';

/**
 * Reads and parses each file once, however many stacks hold it.
 * @param standardInput Answers for the path `-`, under the name of `standardInputName`.
 */
export const cachedReader = (
  fs: FileSystem,
  standardInput: () => Uint8Array,
  standardInputName = '<stdin>',
): ReadFile => {
  const known = new Map<string, ParsedFile | FileError>();
  const load = (path: string): ParsedFile | FileError => {
    try {
      const bytes = path === '-' ? standardInput() : fs.read(path);
      const { source, badByte } = decode(path === '-' ? standardInputName : path, bytes);
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
