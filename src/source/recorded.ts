import type { FileSystem } from './filesystem.js';
import { clean, dirname } from './path.js';
import { watched } from './watched.js';

/** What a run has looked at: paths that it asked about, there or not, and folders whose names it has seen. */
export type Seen = { readonly paths: ReadonlySet<string>; readonly folders: ReadonlySet<string> };

/** A file system, and what is asked of it from now on. */
export type Recorded = { readonly fs: FileSystem; readonly seen: Seen };

/** Keeps a record of all that is asked of a file system. */
export const recorded = (fs: FileSystem): Recorded => {
  const paths = new Set<string>();
  const folders = new Set<string>();
  return {
    fs: watched(fs, (question, path) => (question === 'list' ? folders : paths).add(clean(path))),
    seen: { paths, folders },
  };
};

/** Whether a run could have come out otherwise, now that a file has changed, come or gone. */
export const concerns = ({ paths, folders }: Seen, path: string): boolean =>
  paths.has(clean(path)) || folders.has(dirname(clean(path)));
