import { commentsIn } from '../../lint/edits/comments.js';
import type { TextEdit } from '../../source/edit.js';
import { lineStartAt, nextLineAt } from '../../source/lines.js';
import { basename } from '../../source/path.js';
import type { Source } from '../../source/source.js';
import { composeCommand } from '../layout.js';
import { NO_CHANGE } from '../operation.js';
import { apply, attempt, type Work } from '../work.js';

const COMMAND = /docker[- ]compose((?:\s+-f\s+[\w./-]+)+)/g;

/** A command in a comment, as it has to be now: the files that give the same stack. */
const inNewWords = (work: Work, command: string, files: string): string | undefined => {
  const { directory } = work.analysis.workspace;
  const names = [...files.matchAll(/-f\s+(?:\.\/)?([\w./-]+)/g)].map(([, name = '']) => name);
  const pair = work.layout.pairs.find(({ before }) => before.map(basename).join(' ') === names.join(' '));
  const replacement = work.layout.pairs.find(({ name }) => name === (pair?.standsIn ?? pair?.name));
  if (!pair || !replacement || replacement.after.join(' ') === pair.before.join(' ')) return undefined;
  const spoken = composeCommand(replacement.after, directory);
  return command.startsWith('docker-compose') ? spoken.replace('docker compose', 'docker-compose') : spoken;
};

const withCommands = (work: Work, text: string): string =>
  text.replace(COMMAND, (command, files: string) => inNewWords(work, command, files) ?? command);

/** The comment with the new name of the file that is renamed. */
const withNames = ({ layout }: Work, text: string): string => {
  const { renamed, override } = layout;
  return renamed && override !== undefined ? text.replaceAll(basename(renamed.path), basename(override)) : text;
};

const editsOf = (source: Source, rewrite: (text: string) => string | undefined): readonly TextEdit[] =>
  commentsIn(source).flatMap(({ start, end, isAlone }): readonly TextEdit[] => {
    const text = source.text.slice(start + 1, end);
    const changed = rewrite(text);
    if (changed === text) return [];
    if (changed !== undefined) return [{ at: { source, start: start + 1, end }, text: changed }];
    if (isAlone)
      return [{ at: { source, start: lineStartAt(source, start), end: nextLineAt(source, start) }, text: '' }];
    return [{ at: { source, start: start - 1, end }, text: '' }];
  });

/** Brings comments up to date: commands and names of files that have changed, and what is decided. */
export const updateComments = (work: Work): void => {
  const { comments } = work.decisions;
  const rewrite = (text: string): string | undefined => {
    const decided = comments.get(text.trim());
    if (decided !== undefined) return decided === '' ? undefined : ` ${decided}`;
    return withNames(work, withCommands(work, text));
  };
  const edits = new Map<string, readonly TextEdit[]>();
  for (const [path, source] of work.texts) {
    if (!/\.ya?ml$/.test(path)) continue;
    const found = editsOf(source, rewrite);
    if (found.length > 0) edits.set(path, found);
  }
  for (const [path, found] of edits)
    attempt(
      work,
      {
        id: `update-comment:${basename(path)}`,
        kind: 'update-comment',
        service: undefined,
        paths: [],
        from: path,
        to: path,
        reason:
          'The comment names a command or a file that is another one now, or it is decided that it is no longer true.',
        rule: undefined,
        effect: NO_CHANGE,
        claims: [],
        manual: [],
      },
      () => apply(work, found),
    );
};
