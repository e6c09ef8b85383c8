import { BOUNDS } from '../model/bounds.js';
import { spend } from '../model/budget.js';
import type { Environment } from '../model/environment.js';
import type { FaultSink } from '../model/fault.js';
import { formatPath } from '../model/path.js';
import {
  type Entry,
  type Mapping,
  mapping,
  placeOfValue,
  sameData,
  textOf,
  type Value,
  withEntry,
  withOriginDeep,
} from '../model/value.js';
import { absolute, dirname, isAbsolute, join, relative } from '../source/path.js';
import type { Source, Span } from '../source/source.js';
import { readEnvFiles } from './env-file.js';
import { type LoadContext, readNamedAt } from './load.js';
import { loadModel } from './model.js';
import { isThere } from './named-file.js';
import { isRemote } from './remote.js';

/** One entry of `include`, long form. */
type Inclusion = {
  readonly paths: readonly string[];
  readonly projectDirectory: string;
  readonly envFiles: readonly string[];
  readonly at: Span | undefined;
};

const place = (value: Value | undefined): { at: Span } | Record<never, never> => {
  const at = value && placeOfValue(value);
  return at ? { at } : {};
};

/** A text or a list of texts; undefined when it is anything else. */
const textsOf = (value: Value | undefined): readonly string[] | undefined => {
  if (!value) return [];
  const text = textOf(value);
  if (text !== undefined) return [text];
  if (value.kind !== 'sequence') return undefined;
  const texts = value.items.map(textOf);
  return texts.every((item) => item !== undefined) ? texts : undefined;
};

const inclusionOf = (value: Value, i: number, report: FaultSink): Inclusion | undefined => {
  const at = placeOfValue(value);
  const text = textOf(value);
  if (text !== undefined) return { paths: [text], projectDirectory: '', envFiles: [], at };
  const field = (name: string): Value | undefined =>
    value.kind === 'mapping' ? value.entries.get(name)?.value : undefined;
  const paths = textsOf(field('path'));
  const envFiles = textsOf(field('env_file'));
  const directory = field('project_directory');
  if (value.kind === 'mapping' && paths && envFiles && (!directory || textOf(directory) !== undefined))
    return { paths, projectDirectory: textOf(directory) ?? '', envFiles, at: placeOfValue(field('path') ?? value) };
  const message = `${formatPath(['include', i])} must be a path, or a mapping with path, project_directory and env_file.`;
  report({ rule: 'schema', severity: 'error', message, ...place(value), path: ['include', i] });
  return undefined;
};

const inclusionsOf = (value: Value, report: FaultSink): readonly Inclusion[] => {
  if (value.kind === 'scalar' && value.value === null) return [];
  if (value.kind === 'sequence')
    return value.items.map((item, i) => inclusionOf(item, i, report)).filter((item) => item !== undefined);
  report({ rule: 'schema', severity: 'error', message: 'include must be a list.', ...place(value), path: ['include'] });
  return [];
};

/** Resources that `include` brings in. */
const SECTIONS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const;

type Section = (typeof SECTIONS)[number];

const reportConflict = (section: Section, name: string, ours: Entry, theirs: Entry, report: FaultSink): void => {
  const lost = placeOfValue(theirs.value) ?? theirs.key;
  report({
    rule: 'include-conflict',
    severity: 'error',
    message: `${formatPath([section, name])} is defined here and, differently, in an included file.`,
    ...(ours.key ? { at: ours.key } : place(ours.value)),
    path: [section, name],
    notes: lost ? [{ at: lost, message: 'the included definition' }] : [],
    help: 'Override it in a second path of the include entry, or in a file given with `-f`.',
  });
};

/** A section of a document while included files add to it. */
type Growing = { readonly entry: Entry; readonly origins: Mapping['origins']; readonly entries: Map<string, Entry> };

/** Adds the entries of an included section; the same name may stand on both sides only with the same content. */
const importEntries = (
  section: Section,
  { entries }: Growing,
  theirs: Mapping,
  at: Span | undefined,
  report: FaultSink,
): void => {
  for (const [name, entry] of theirs.entries) {
    const known = entries.get(name);
    if (known) {
      if (!sameData(known.value, entry.value)) reportConflict(section, name, known, entry, report);
      continue;
    }
    const value = at ? withOriginDeep(entry.value, { kind: 'inherited', via: 'include', at }) : entry.value;
    entries.set(name, { ...entry, value });
  }
};

/** A section as it is before the first file adds to it; a fault when it is no mapping. */
const startOf = (section: Section, ours: Entry | undefined, theirs: Entry, report: FaultSink): Growing | undefined => {
  const entry = { ...theirs, ...ours };
  if (!ours) return { entry, origins: theirs.value.origins, entries: new Map() };
  if (ours.value.kind === 'mapping')
    return { entry, origins: ours.value.origins, entries: new Map(ours.value.entries) };
  const message = `${section} must be a mapping where files are included.`;
  report({ rule: 'schema', severity: 'error', message, ...place(ours.value), path: [section] });
  return undefined;
};

/** Adds what an included model defines to the sections of a document. */
const importResources = (
  sections: Map<Section, Growing | undefined>,
  model: Mapping,
  included: Mapping,
  at: Span | undefined,
  report: FaultSink,
): void => {
  for (const section of SECTIONS) {
    const theirs = included.entries.get(section);
    if (theirs?.value.kind !== 'mapping') continue;
    if (!sections.has(section)) sections.set(section, startOf(section, model.entries.get(section), theirs, report));
    const growing = sections.get(section);
    if (growing) importEntries(section, growing, theirs.value, at, report);
  }
};

/** Folder of a file that is included, as docker compose finds it: a path that is a folder counts as one. */
const folderOf = (path: string, context: LoadContext): string =>
  context.fs.kind(path) === 'directory' ? path : dirname(path);

/** Variables that the included files see: those of the project win over the included folder's env files. */
const environmentFor = (inclusion: Inclusion, projectDirectory: string, context: LoadContext): Environment => {
  const { fs } = context;
  const standard = join(projectDirectory, '.env');
  const files =
    inclusion.envFiles.length > 0
      ? inclusion.envFiles.map((file) => (isAbsolute(file) ? file : join(context.base, file)))
      : fs.kind(standard) === 'file' || context.standIn?.(standard) !== undefined
        ? [standard]
        : [];
  const paths = files.map((file) => absolute(context.cwd, file)).map((path) => context.standIn?.(path) ?? path);
  const read = readEnvFiles(paths, context.environment, context, inclusion.at);
  return new Map([...read, ...context.environment]);
};

const load = (inclusion: Inclusion, context: LoadContext): Mapping | undefined => {
  const { report } = context;
  const fault = (rule: string, message: string): undefined => {
    report({ rule, severity: 'error', message, ...(inclusion.at ? { at: inclusion.at } : {}) });
  };
  const [main] = inclusion.paths;
  if (main === undefined) return fault('schema', 'An include entry must have a path.');
  if (inclusion.paths.some(isRemote)) return fault('missing-file', 'Remote files are not loaded.');
  const paths = inclusion.paths.map((path) => absolute(context.folder, path));
  const [mainPath = ''] = paths;
  const { projectDirectory: given } = inclusion;
  const named = given === '' ? folderOf(mainPath, context) : absolute(context.folder, given);
  const base = given === '' || !isAbsolute(given) ? relative(context.folder, folderOf(named, context)) : given;
  // docker compose joins a relative project_directory to a folder that is itself relative below a second include, so that
  // the folder it was started in decides.
  const projectDirectory = given === '' ? dirname(mainPath) : absolute(context.cwd, join(context.base, given));
  if (context.including.includes(mainPath)) {
    const chain = [...context.including, mainPath].map((path) => relative(context.folder, path)).join(' → ');
    return fault('include-cycle', `The files include each other in a cycle: ${chain}.`);
  }
  if (context.including.length > BOUNDS.chain)
    return fault('too-large', `Files include each other over more than ${BOUNDS.chain} links.`);
  if (!spend(context.budget, 'loadedFiles', paths.length, inclusion.at)) return undefined;
  const shown = (path: string): string => `The included file ${relative(context.folder, path)}`;
  if (!paths.every((path) => isThere(path, shown(path), inclusion.at, context))) return undefined;
  return loadModel(paths, {
    ...context,
    read: readNamedAt(context.read, inclusion.at),
    options: { ...context.options, resolvePaths: true },
    environment: environmentFor(inclusion, projectDirectory, context),
    folder: projectDirectory,
    base,
  });
};

/**
 * Loads the files that a document includes, each as a project of its own, and adds their resources to the document.
 * @see compose-spec 14-include.md; compose-go loader/include.go
 */
export const applyInclude = (model: Mapping, source: Source, context: LoadContext): Mapping => {
  const include = model.entries.get('include');
  if (!include) return model;
  const sections = new Map<Section, Growing | undefined>();
  for (const inclusion of inclusionsOf(include.value, context.report)) {
    const included = load(inclusion, { ...context, including: [...context.including, source.path] });
    if (included) importResources(sections, model, included, inclusion.at, context.report);
  }
  let result = withEntry(model, 'include', undefined);
  for (const [section, growing] of sections) {
    if (!growing) continue;
    const { entry, entries, origins } = growing;
    result = withEntry(result, section, { ...entry, value: mapping(entries, origins) });
  }
  return result;
};
