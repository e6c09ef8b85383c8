import type * as Protocol from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ActionData,
  ActionError,
  type ActionStyle,
  actionsAt,
  editFor,
  FIX_ALL,
  FIX_SET,
} from '../editor/actions.js';
import { definitionsAt } from '../editor/definition.js';
import { hoverAt } from '../editor/hover.js';
import { linksIn } from '../editor/links.js';
import { offsetOf, pathOf, uriOf } from '../editor/places.js';
import { type Analysis, editorSession, type Session, type SessionInput } from '../editor/session.js';
import type { ParsedFile } from '../parse/parse.js';
import { clientOf, watcher } from './editor-client.js';
import { failureText } from './failure-text.js';
import type { Io } from './io.js';

/** The libraries that know the protocol; they are large, and loaded for this alone. */
export type ServerLibrary = {
  readonly protocol: typeof Protocol;
  readonly textDocument: typeof TextDocument;
};

/** Milliseconds without a keystroke after which the files are looked at. */
const PAUSE = 150;

/** Languages that editors take Compose files for, beside YAML in general. */
const COMPOSE_LANGUAGES: ReadonlySet<string> = new Set(['dockercompose', 'docker-compose', 'yaml.docker-compose']);

const RESULT: Protocol.InitializeResult = {
  serverInfo: { name: 'fog-lint', version: FOG_LINT_VERSION },
  capabilities: {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: 2, save: true },
    codeActionProvider: { codeActionKinds: ['quickfix', FIX_ALL, FIX_SET], resolveProvider: true },
    hoverProvider: true,
    definitionProvider: true,
    documentLinkProvider: { resolveProvider: false },
  },
};

type Context = {
  /** The folders of an open text, and its path; undefined for what is no file. */
  readonly at: (uri: string) => { readonly path: string; readonly analyses: readonly Analysis[] } | undefined;
  readonly client: () => ReturnType<typeof clientOf>;
  readonly style: () => ActionStyle;
};

const offsetIn =
  (position: Protocol.Position) =>
  ({ source }: ParsedFile): number =>
    offsetOf(source, position);

/** Answers to what the editor asks about its texts. Each is of the texts as they are now, not as they were last shown. */
const answer = (connection: Protocol.Connection, { at, client, style }: Context, failed: (why: string) => Error) => {
  connection.onHover(({ textDocument, position }) => {
    const found = at(textDocument.uri);
    return found ? hoverAt(found.analyses, found.path, offsetIn(position), client().markup) : null;
  });
  connection.onDefinition(({ textDocument, position }) => {
    const found = at(textDocument.uri);
    return found ? [...definitionsAt(found.analyses, found.path, offsetIn(position))] : null;
  });
  connection.onDocumentLinks(({ textDocument }) => {
    const found = at(textDocument.uri);
    return found ? [...linksIn(found.analyses, found.path)] : null;
  });
  const withEdit = (action: Protocol.CodeAction, data: ActionData): Protocol.CodeAction => {
    try {
      return { ...action, edit: editFor(data, at(uriOf(data.file))?.analyses ?? [], style()) };
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      return { ...action, disabled: { reason: error.message } };
    }
  };
  connection.onCodeAction(({ textDocument, range, context }) => {
    const found = at(textDocument.uri);
    if (!found) return null;
    const actions = actionsAt(found.analyses, found.path, range, context.only, style());
    if (client().resolvesEdits) return [...actions];
    return actions.map((action) => withEdit(action, action.data)).filter(({ disabled }) => !disabled);
  });
  connection.onCodeActionResolve((action) => {
    const { disabled, ...resolved } = withEdit(action, action.data as ActionData);
    if (disabled) throw failed(disabled.reason);
    return resolved;
  });
};

/**
 * Speaks the protocol on standard input and output until the editor says `exit`, or goes away. What goes wrong with one request
 * or one folder is told to the editor, and the next one is answered.
 */
export const serve = (
  io: Io,
  { open, lint }: Pick<SessionInput, 'open' | 'lint'>,
  { protocol, textDocument }: ServerLibrary,
): Promise<never> => {
  const connection = protocol.createConnection(protocol.ProposedFeatures.all, process.stdin, process.stdout);
  const documents = new protocol.TextDocuments(textDocument);
  const report = (error: unknown): void => connection.console.error(failureText(error));
  let client = clientOf({ capabilities: {}, processId: null, rootUri: null }, io);
  const newSession = (): Session =>
    editorSession({ fs: io.fs, roots: client.roots, style: client.style, open, lint, report });
  let session = newSession();
  const watch = watcher(connection, protocol.DidChangeWatchedFilesNotification.type, io);
  const uris = new Map<string, string>();

  const publish = (): void => {
    for (const [path, diagnostics] of session.refresh()) {
      const version = session.fileAt(path)?.version;
      void connection.sendDiagnostics({
        uri: uris.get(path) ?? uriOf(path),
        diagnostics: [...diagnostics],
        ...(version === undefined ? {} : { version }),
      });
    }
    if (client.watches) watch(session).catch(report);
  };
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        publish();
      } catch (error) {
        report(error);
      }
    }, PAUSE);
  };

  connection.onInitialize((params) => {
    client = clientOf(params, io);
    session = newSession();
    return RESULT;
  });
  documents.onDidChangeContent(({ document }) => {
    const path = pathOf(document.uri);
    if (path === undefined) return;
    uris.set(path, document.uri);
    const isCompose = COMPOSE_LANGUAGES.has(document.languageId);
    session.openFile(path, { text: document.getText(), version: document.version, isCompose });
    soon();
  });
  documents.onDidClose(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) session.closeFile(path);
    soon();
  });
  documents.onDidSave(() => {
    // For editors that watch nothing: what else has changed on the disk is seen now.
    session.lookAgain();
    soon();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      const path = pathOf(uri);
      if (path !== undefined) session.changedOnDisk(path);
    }
    soon();
  });
  answer(
    connection,
    {
      at: (uri) => {
        const path = pathOf(uri);
        return path === undefined ? undefined : { path, analyses: session.analysesOf(path) };
      },
      client: () => client,
      style: () => ({ ...client.style, versionOf: (path) => session.fileAt(path)?.version }),
    },
    (why) => new protocol.ResponseError(protocol.LSPErrorCodes.RequestFailed, why),
  );
  documents.listen(connection);
  connection.listen();
  // The library ends the process, as the protocol says.
  return new Promise(() => undefined);
};
