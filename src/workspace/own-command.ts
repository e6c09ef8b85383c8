import { withoutHere } from '../source/path.js';
import { type Span, textAt } from '../source/source.js';

/** `-f name`, `--file=name`, and `-c name` of `docker stack deploy`, within a command that loads Compose files. */
const OPTION = /\s(?:-f|--file|-c|--compose-file)[\s=]{1,3}(["']?)([^\s"']+\.ya?ml)\1/g;
const COMMAND = /\b(?:docker[\s-]compose|podman-compose|docker stack deploy)\b/;
/** `COMPOSE_FILE=a.yml:b.yml`; on Windows the names stand between semicolons. */
const VARIABLE = /\bCOMPOSE_FILE=(["']?)([^\s"']+)\1/;

/** Longest line of a comment that is read. */
const LONGEST = 1000;

const namesIn = (line: string): readonly string[] => {
  const given = VARIABLE.exec(line)?.[2];
  if (given !== undefined) return given.split(/[:;]/).filter(Boolean);
  return COMMAND.test(line) ? [...line.matchAll(OPTION)].flatMap(([, , name = '']) => name) : [];
};

/** The file that a name means to somebody who stands in its folder, or in one above it. */
const fileCalled = (name: string, paths: readonly string[]): string | undefined =>
  paths.find((path) => path.endsWith(`/${withoutHere(name)}`));

/**
 * The files that a file is loaded with, by the first command in its own comments that names it:
 * `# docker compose -f compose.yml -f compose.tools.yml up`.
 * @param paths Absolute paths of the files of the folder.
 * @returns undefined where no comment says so, or a command names a file that is not among these.
 */
export const ownCommand = (
  path: string,
  comments: readonly Span[],
  paths: readonly string[],
): readonly string[] | undefined => {
  for (const comment of comments) {
    if (comment.end - comment.start > LONGEST) continue;
    const names = namesIn(textAt(comment));
    const files = names.flatMap((name) => fileCalled(name, paths) ?? []);
    if (files.length > 0 && files.length === names.length && files.includes(path)) return [...new Set(files)];
  }
  return undefined;
};
