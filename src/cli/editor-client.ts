import type * as Protocol from 'vscode-languageserver/node';
import type { ActionStyle } from '../editor/actions.js';
import { pathOf } from '../editor/places.js';
import type { Session } from '../editor/session.js';
import { basename } from '../source/path.js';
import type { Io } from './io.js';
import { rulePages } from './rule-pages.js';

/** What the editor says that it can do, as far as answers depend on it. */
export type EditorClient = {
  /** Folders that it has opened, absolute. */
  readonly roots: readonly string[];
  /** Whether it can be asked to watch files. */
  readonly watches: boolean;
  /** Whether it asks for the edits of an action once the action is chosen. */
  readonly resolvesEdits: boolean;
  readonly markup: 'markdown' | 'plaintext';
  readonly style: Omit<ActionStyle, 'versionOf'>;
};

/** The editor as it introduces itself. */
export const clientOf = (
  { capabilities, workspaceFolders, rootUri }: Protocol.InitializeParams,
  io: Io,
): EditorClient => {
  const { workspace, textDocument } = capabilities;
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  const edits = workspace?.workspaceEdit;
  return {
    roots: uris.flatMap((uri) => pathOf(uri) ?? []),
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    markup: textDocument?.hover?.contentFormat?.includes('markdown') ? 'markdown' : 'plaintext',
    style: {
      ruleLink: rulePages(io),
      showsRelated: textDocument?.publishDiagnostics?.relatedInformation === true,
      takesVersions: edits?.documentChanges === true,
      makesFiles: edits?.resourceOperations?.includes('create') === true,
    },
  };
};

/** Names of files that Compose files, their stacks and the settings are made of. */
const WATCHED = ['**/*.{yml,yaml,env}', '**/.env*', '**/{Dockerfile,package.json,.gitignore}'] as const;
const IS_WATCHED = /\.ya?ml$|\.env$|^\.env|^(?:Dockerfile|package\.json|\.gitignore)$/;

/** Names of files that were read beyond these: a mounted configuration, a script. */
const otherNames = (session: Session, { fs }: Io): readonly string[] => {
  const read = session.filesRead().filter((path) => fs.kind(path) === 'file');
  return [...new Set(read.map(basename))].filter((name) => !IS_WATCHED.test(name)).sort();
};

/**
 * Asks the editor to watch the files that what is found depends on, anew whenever these are others.
 * @param changes The kind of notification that is asked for.
 */
export const watcher = (
  connection: Protocol.Connection,
  changes: typeof Protocol.DidChangeWatchedFilesNotification.type,
  io: Io,
): ((session: Session) => Promise<void>) => {
  let asked: string | undefined;
  let registered: Promise<Protocol.Disposable> | undefined;
  return async (session) => {
    const names = otherNames(session, io);
    if (asked === names.join('\n')) return;
    asked = names.join('\n');
    const before = registered;
    // A name that could be read as a pattern is watched with all that it matches.
    const patterns = [...WATCHED, ...names.map((name) => `**/${name.replace(/[*?{}[\],]/g, '?')}`)];
    registered = connection.client.register(changes, {
      watchers: patterns.map((globPattern) => ({ globPattern })),
    });
    await registered;
    (await before)?.dispose();
  };
};
