import type { Fix } from '../lint/rule.js';
import type { LintResult } from '../lint/run.js';
import { textAt } from '../source/source.js';

/** Whether a text shows a credential of the files. */
export const showsSecret = (text: string, { secrets }: LintResult): boolean =>
  secrets.some((secret) => text.includes(textAt(secret)));

/** Whether edits of the files are all there is to a fix, and show no credential that they move. */
export const isWhole = ({ edits, variables = [], lines = [], files = [] }: Fix, result: LintResult): boolean =>
  edits.length > 0 &&
  variables.length + lines.length + files.length === 0 &&
  !edits.some(({ text }) => showsSecret(text, result));
