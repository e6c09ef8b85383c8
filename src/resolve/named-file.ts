import { spend } from '../model/budget.js';
import type { Fault } from '../model/fault.js';
import { FileError } from '../source/filesystem.js';
import type { Span } from '../source/source.js';
import type { LoadContext } from './load.js';

/** What reading a file that another one names needs of a context. */
export type FileContext = Pick<LoadContext, 'fs' | 'report' | 'files' | 'budget'>;

const fault = (severity: Fault['severity'], path: string, message: string, at: Span | undefined): Fault => ({
  rule: 'missing-file',
  severity,
  message,
  about: path,
  ...(at ? { at } : {}),
});

/**
 * Whether a file that is named at `at` is there to be read; a fault when not. One outside of a confined project is passed
 * by, with an information.
 * @param what The file for people: `The included file ../base.yml`.
 */
export const isThere = (path: string, what: string, at: Span | undefined, { fs, report }: FileContext): boolean => {
  const kind = fs.kind(path);
  if (kind === 'outside') report(fault('info', path, `${what} lies outside of the project and is not read.`, at));
  else if (kind === undefined) report(fault('error', path, `${what} does not exist.`, at));
  return kind !== 'outside' && kind !== undefined;
};

/** Bytes of an env file that is named at `at`; undefined, with a fault, when they cannot be read or are too many. */
export const bytesOf = (
  path: string,
  what: string,
  at: Span | undefined,
  context: FileContext,
): Uint8Array | undefined => {
  const { fs, report, files } = context;
  if (fs.kind(path) === 'outside') {
    isThere(path, what, at, context);
    return undefined;
  }
  try {
    const bytes = fs.read(path);
    files.add(path);
    return spend(context.budget, 'envBytes', bytes.length, at) ? bytes : undefined;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    report(fault('error', path, `${what} cannot be read: ${error.reason}.`, at));
    return undefined;
  }
};
