import { InvalidArgumentError } from 'commander';
import { absolute } from '../source/path.js';
import { RunError } from '../workspace/run-error.js';
import { choice, knowing } from './options.js';
import { FORMATS, type Format } from './render.js';

/** A report that is asked for: its format, and the file that it goes to unless it is printed. */
export type Wanted = { readonly format: Format; readonly file: string | undefined };

/** Reads `format` or `format=file`, and adds it to those that were asked for before. */
export const wanted = knowing((value: string, earlier: readonly Wanted[]): readonly Wanted[] => {
  const equals = value.indexOf('=');
  const format = choice(FORMATS)(equals < 0 ? value : value.slice(0, equals));
  const file = equals < 0 ? undefined : value.slice(equals + 1);
  if (file === '') throw new InvalidArgumentError('Name the file behind the "=".');
  return [...earlier, { format, file }];
}, FORMATS);

/**
 * The reports of a run: those asked for, or else the one for people.
 * @param output File for the one report that names none.
 * @param cwd Folder that the names of files start from.
 * @throws {RunError} when two would be printed, or would go to one file.
 */
export const reportsOf = (asked: readonly Wanted[], output: string | undefined, cwd: string): readonly Wanted[] => {
  const given: readonly Wanted[] = asked.length > 0 ? asked : [{ format: 'pretty', file: undefined }];
  const loose = given.filter(({ file }) => file === undefined);
  if (loose.length > 1)
    throw new RunError('bad-usage', {
      message: `only one report can be ${output === undefined ? 'printed' : 'written to --output'}, not ${loose.map(({ format }) => format).join(' and ')}`,
      hint: 'Name a file for the others, for example --format json=report.json.',
    });
  if (output !== undefined && loose.length === 0)
    throw new RunError('bad-usage', { message: '--output has no report to hold: every --format names its file' });
  const reports = given.map(({ format, file }) => ({ format, file: file ?? output }));
  const files = reports.flatMap(({ file }) => file ?? []);
  const paths = files.map((file) => absolute(cwd, file));
  const twice = files.find((_, i) => paths.indexOf(paths[i] ?? '') !== i);
  if (twice !== undefined) throw new RunError('bad-usage', { message: `two reports would go to ${twice}` });
  return reports;
};
