import { placeFor } from './place.js';
import type { LintReport } from './run-result.js';
import { type Told, toldIn } from './told.js';

/**
 * All findings by the absolute path of the file that they are told in, in the order of the paths: Compose files, those without
 * findings among them, and other files in which something was found. Those that are kept silent are there, too.
 */
export const toldByFile = (report: LintReport): ReadonlyMap<string, readonly Told[]> => {
  const files = new Map<string, Told[]>();
  for (const { workspace } of report.results) for (const { path } of workspace.files) files.set(path, []);
  for (const told of toldIn(report)) {
    const { path } = placeFor(told.finding, told.result);
    const list = files.get(path) ?? [];
    list.push(told);
    files.set(path, list);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
};
