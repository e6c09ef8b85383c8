import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fitting, SUMMARY_LIMIT } from './summary.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sets outputs of the step. A value may have several lines: what ends it cannot be foreseen by whoever wrote it.
 * @see docs.github.com, "Workflow commands for GitHub Actions", "Multiline strings"
 */
export const setOutputs = (outputs: Readonly<Record<string, string | number>>, env: Environment): void => {
  const file = env['GITHUB_OUTPUT'];
  if (!file) return;
  for (const [name, value] of Object.entries(outputs)) {
    const end = `end_${randomUUID()}`;
    appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
  }
};

/** Adds a report to the summary of the step, as far as there is room for it. */
export const addSummary = (report: string, env: Environment): void => {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  const used = existsSync(file) ? statSync(file).size : 0;
  appendFileSync(file, fitting(report, SUMMARY_LIMIT - used));
};

/** The nearest folder at or above a path that is there, with all links resolved. */
const realFolder = (path: string): string => (existsSync(path) ? realpathSync(path) : realFolder(dirname(path)));

/** The absolute path of a file or folder, if it lies in the workspace wherever links lead; undefined otherwise. */
export const insideWorkspace = (path: string, workspace: string): string | undefined => {
  const full = resolve(workspace, path);
  const root = realpathSync(workspace);
  const folder = realFolder(full);
  return folder === root || folder.startsWith(root + sep) ? full : undefined;
};

/** Writes a file of the workspace: next to its place first, so that a link of that name is replaced and not followed. */
export const writeInWorkspace = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  writeFileSync(draft, text, { flag: 'wx' });
  renameSync(draft, path);
};
