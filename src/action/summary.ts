import { counted } from '../report/counts.js';

/** Bytes that GitHub takes as the summary of one step: 1 MiB. With more than that it shows none of it. */
export const SUMMARY_LIMIT = 1024 * 1024;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const note = (lines: number): string =>
  `\n> [!NOTE]\n> GitHub shows no summary above 1 MiB: ${counted(lines, 'more line')} of this report ${lines === 1 ? 'is' : 'are'} left out. The log and the SARIF file have all of it.\n`;

/**
 * The beginning of a report that fits into the summary, whole lines, with a note on what is left out; all of it where it fits.
 * @param limit Bytes that there is room for.
 */
export const fitting = (report: string, limit: number): string => {
  if (bytesOf(report) <= limit) return report;
  const lines = report.trimEnd().split('\n');
  let room = limit - bytesOf(note(lines.length));
  let kept = 0;
  for (const line of lines) {
    room -= bytesOf(line) + 1;
    if (room < 0) break;
    kept += 1;
  }
  const said = note(lines.length - kept);
  const text = lines
    .slice(0, kept)
    .map((line) => `${line}\n`)
    .join('');
  return bytesOf(said) > limit ? '' : `${text}${said}`;
};
