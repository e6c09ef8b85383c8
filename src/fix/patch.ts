import { structuredPatch } from 'diff';
import type { FileSystem } from '../source/filesystem.js';
import { dirname, isInside, relative } from '../source/path.js';
import { projectRoot } from '../workspace/project-root.js';

/** New bytes of files by absolute path; undefined for a file that goes. */
export type PatchedFiles = ReadonlyMap<string, Uint8Array | undefined>;

/** A patch and what it leaves out. */
export type Patch = {
  /** Unified diff that `git apply` and `patch -p1` accept in `directory`, the former in every folder of a repository; empty when nothing changes. */
  readonly text: string;
  /** Absolute folder that the names in the patch start from. */
  readonly directory: string;
  /** Absolute paths of files that cannot be in a patch of texts: those in UTF-16. */
  readonly omitted: readonly string[];
};

const ESCAPES: Readonly<Record<number, string>> = {
  7: 'a',
  8: 'b',
  9: 't',
  10: 'n',
  11: 'v',
  12: 'f',
  13: 'r',
  34: '"',
  92: '\\',
};

/** A name as git writes it: in quotes, bytes in octal, where it has more than printable ASCII characters. */
const quoted = (name: string): string => {
  const bytes = [...new TextEncoder().encode(name)];
  if (bytes.every((byte) => byte >= 32 && byte < 127 && byte !== 34 && byte !== 92)) return name;
  const text = bytes.map((byte) => {
    if (ESCAPES[byte] !== undefined) return `\\${ESCAPES[byte]}`;
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${text.join('')}"`;
};

/** The name in a line that starts with `---` or `+++`: a tab ends a name with spaces in it. */
const inHeader = (name: string): string => `${quoted(name)}${name.includes(' ') ? '\t' : ''}`;

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** The text of a file with its byte order mark, which is a character of the first line. */
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** `@@ -1,3 +1,4 @@`: a range without lines starts at the line before it. */
const range = (start: number, lines: number): string => `${lines === 0 ? start - 1 : start},${lines}`;

/** The part of a patch about one file; `before` is undefined for a new one, `after` for one that goes. */
const filePatch = (name: string, before: string | undefined, after: string | undefined): string => {
  const { hunks } = structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, { context: 3 });
  const [old, now] = [`a/${name}`, `b/${name}`];
  const lines = [
    `diff --git ${quoted(old)} ${quoted(now)}`,
    ...(after === undefined ? ['deleted file mode 100644'] : []),
    ...(before === undefined ? ['new file mode 100644', '--- /dev/null'] : [`--- ${inHeader(old)}`]),
    after === undefined ? '+++ /dev/null' : `+++ ${inHeader(now)}`,
    ...hunks.flatMap((hunk) => [
      `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
      ...hunk.lines,
    ]),
  ];
  return `${lines.join('\n')}\n`;
};

/** The folder itself when it holds all paths, else the nearest one above it that does. */
const commonFolder = (folder: string, paths: readonly string[]): string =>
  folder === '/' || paths.every((path) => isInside(folder, path)) ? folder : commonFolder(dirname(folder), paths);

/**
 * One patch for all changes, files in the order of their names. In a repository the names start from its root: in a folder
 * below, `git apply` passes over names that start there, and says nothing.
 * @param fs The files as they are.
 * @param cwd Folder that the patch is made in. Outside of a repository the names start there, if all files are below it.
 */
export const patchOf = (changes: PatchedFiles, fs: FileSystem, cwd: string): Patch => {
  const paths = [...changes.keys()].sort();
  const directory = commonFolder(projectRoot(fs, cwd, cwd), paths);
  const omitted: string[] = [];
  let text = '';
  for (const path of paths) {
    const after = changes.get(path);
    const before = fs.kind(path) === undefined ? undefined : fs.read(path);
    if (isUtf16(after ?? before ?? new Uint8Array())) omitted.push(path);
    else if (!before || !after || textOf(before) !== textOf(after))
      text += filePatch(relative(directory, path), before && textOf(before), after && textOf(after));
  }
  return { text, directory, omitted };
};
