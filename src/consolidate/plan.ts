import { parse } from '../parse/parse.js';
import { basename, dirname, join } from '../source/path.js';
import { type Source, sourceOf } from '../source/source.js';
import type { WorkspaceFile } from '../workspace/workspace.js';
import type { Analysis } from './analysis.js';
import { envFiles, gitignoreFor, proofEnv, readsWholeEnv, takenVariables } from './env-files.js';
import { type Layout, targetLayout } from './layout.js';
import type { Operation, Question } from './operation.js';
import { familiesOf } from './overlap.js';
import { askAboutAlternatives } from './steps/alternatives.js';
import { awaitDependencies } from './steps/awaits.js';
import { updateComments } from './steps/comments.js';
import { useVariables } from './steps/credentials.js';
import { addHealthchecks, setDecided } from './steps/decided.js';
import { tuneFamily } from './steps/families.js';
import { bindToLoopback } from './steps/loopback.js';
import { mergeDuplicates, mergesIn } from './steps/merge.js';
import { devSettingsIn, moveDevSettings } from './steps/moves.js';
import { shareNetworks } from './steps/networks.js';
import { pinImages } from './steps/pins.js';
import { prepareProduction } from './steps/prod.js';
import { dropRedundant } from './steps/redundant.js';
import { renameFile } from './steps/rename.js';
import { joinScrapes } from './steps/scrapes.js';
import { extractTemplate } from './steps/templates.js';
import { dropVersions } from './steps/versions.js';
import { nameVolumes } from './steps/volume-names.js';
import { rootOf, type Work } from './work.js';

/** What is to be done, and the files that come of it. Nothing is proven yet. */
export type Plan = {
  readonly layout: Layout;
  readonly operations: readonly Operation[];
  /** Operations that are decided and cannot be done: no edit of the texts as they are is certain. */
  readonly undone: readonly Operation[];
  readonly questions: readonly Question[];
  /** Texts of all files that change, by path; undefined for a file that goes. */
  readonly changes: ReadonlyMap<string, Source | undefined>;
  /** Files that come into being and must not be there yet. */
  readonly created: readonly string[];
  /** All Compose files as they are afterwards. */
  readonly composeFiles: readonly string[];
  /** The env file to resolve the new stacks with; undefined where today's will do. */
  readonly proofEnv: Source | undefined;
  /** Length of the texts that were worked through, in UTF-16 units. */
  readonly editedLength: number;
};

/** The files with their texts as they are at this step. */
const currentFiles = ({ analysis, texts }: Work): readonly WorkspaceFile[] =>
  analysis.workspace.files.map((file) => {
    const source = texts.get(file.path);
    return source === undefined || source === file.source ? file : { ...file, source, parsed: parse(source) };
  });

/** The steps in their order: later ones work on the texts that earlier ones leave. */
const STEPS: readonly ((work: Work) => void)[] = [
  dropVersions,
  mergeDuplicates,
  joinScrapes,
  moveDevSettings,
  dropRedundant,
  shareNetworks,
  pinImages,
  (work) => {
    const taken = takenVariables(work);
    for (const family of familiesOf(currentFiles(work))) tuneFamily(work, family, taken);
  },
  (work) => useVariables(work, takenVariables(work), readsWholeEnv(work)),
  (work) => {
    for (const family of familiesOf(currentFiles(work))) extractTemplate(work, family);
  },
  addHealthchecks,
  (work) => setDecided(work, 'base'),
  (work) => setDecided(work, 'override'),
  bindToLoopback,
  prepareProduction,
  awaitDependencies,
  (work) => setDecided(work, 'prod'),
  nameVolumes,
  askAboutAlternatives,
  updateComments,
  renameFile,
];

const startFrom = (analysis: Analysis, excluded: ReadonlySet<string>): Work => {
  const { workspace } = analysis;
  const { decisions } = workspace.settings;
  const base = workspace.files.find((file) => file.role === 'base' && !file.isBroughtIn);
  const hasDevSettings =
    base !== undefined && decisions.moveDevSettings !== false && devSettingsIn(analysis, base).length > 0;
  const merged = new Set(mergesIn({ analysis, decisions, excluded }, base).map(({ overlay }) => overlay.path));
  const layout = targetLayout(workspace, { hasDevSettings, merged, excluded });
  // A text that is no single mapping is left alone, and so is one that other files bring in.
  const texts = new Map(
    workspace.files.filter((file) => rootOf(file.source) !== undefined).map((file) => [file.path, file.source]),
  );
  return {
    analysis,
    layout,
    decisions,
    excluded,
    texts,
    edited: new Set(),
    operations: [],
    undone: [],
    questions: [],
    variables: new Map(),
    editedLength: 0,
  };
};

/** Files that differ from today's, under their new names. */
const changesOf = (work: Work): ReadonlyMap<string, Source | undefined> => {
  const { layout, analysis } = work;
  const changes = new Map<string, Source | undefined>();
  const renamed = work.operations.some(({ kind }) => kind === 'rename-file') ? layout.renamed?.path : undefined;
  for (const [path, source] of work.texts) {
    const isRenamed = path === renamed && layout.override !== undefined;
    const name = isRenamed ? layout.override : path;
    const today = analysis.subject.read(path);
    if (isRenamed) changes.set(path, undefined);
    if (isRenamed || today?.text !== source.text) changes.set(name, sourceOf(name, source.text, source.encoding));
  }
  return changes;
};

/** The layout without an override that was to be made, where nothing has gone into it. */
const withoutMissing = (layout: Layout, changes: ReadonlyMap<string, Source | undefined>): Layout => {
  const { override, isOverrideNew, pairs } = layout;
  if (!isOverrideNew || override === undefined || changes.get(override) !== undefined) return layout;
  return {
    ...layout,
    pairs: pairs.map((pair) => ({ ...pair, after: pair.after.filter((path) => path !== override) })),
  };
};

/** Changes that are no edits of what was read. */
const createdIn = ({ analysis, edited }: Work, changes: ReadonlyMap<string, Source | undefined>): readonly string[] => {
  const { files, directory } = analysis.workspace;
  const known = new Set([...files.map(({ path }) => path), ...edited]);
  const isOurs = (path: string): boolean =>
    dirname(path) === directory && /^(?:\.env|\.gitignore|env\.)/.test(basename(path));
  return [...changes.keys()].filter((path) => changes.get(path) !== undefined && !known.has(path) && !isOurs(path));
};

/**
 * Works out what leads from the files as they are to the layout, as far as files and decisions tell.
 * @param excluded Ids of operations that are not to be done.
 */
export const planFor = (analysis: Analysis, excluded: ReadonlySet<string> = new Set()): Plan => {
  const work = startFrom(analysis, excluded);
  for (const step of STEPS) step(work);
  const changes = new Map(work.operations.length === 0 ? [] : changesOf(work));
  const env = work.operations.length === 0 ? new Map<string, Source>() : envFiles(work);
  const gitignore = gitignoreFor(work, env);
  for (const [path, source] of env) changes.set(path, source);
  if (gitignore) changes.set(gitignore.path, gitignore);
  const { workspace } = analysis;
  const added = [work.layout.override, work.layout.prod].filter(
    (path) => path !== undefined && changes.get(path) !== undefined,
  );
  const composeFiles = [...new Set([...workspace.files.map(({ path }) => path), ...added])].filter(
    (path): path is string => path !== undefined && !(changes.has(path) && changes.get(path) === undefined),
  );
  return {
    layout: withoutMissing(work.layout, changes),
    operations: work.operations,
    undone: work.undone,
    questions: work.questions,
    changes,
    created: createdIn(work, changes),
    composeFiles,
    proofEnv: proofEnv(work),
    editedLength: work.editedLength,
  };
};

/** The `.env` of a workspace. */
export const envPath = (directory: string): string => join(directory, '.env');
