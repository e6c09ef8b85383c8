import { BOUNDS } from '../model/bounds.js';
import type { Project } from '../model/project.js';
import { namesIn } from '../model/service.js';
import { get, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { parseDotenv } from '../resolve/dotenv.js';
import { sprint } from '../resolve/sprint.js';
import { decode } from '../source/encoding.js';
import { FileError, type FileSystem } from '../source/filesystem.js';
import { once, oncePerText } from '../source/once.js';
import { isAbsolute, join, relative } from '../source/path.js';
import type { Source, Span } from '../source/source.js';
import { type Dockerfile, readDockerfile } from '../workspace/dockerfile.js';
import { ignoredBelow } from '../workspace/ignored.js';
import type { Workspace, WorkspaceFile, WorkspaceStack } from '../workspace/workspace.js';
import { mask } from './mask.js';
import { type Secret, secretsIn, secretsInAssignments } from './secrets.js';
import type { EnvFileSubject, FileSubject, ServiceSubject, StackSubject, WorkspaceSubject } from './subjects.js';
import { topologyOf } from './topology.js';

/** A workspace as rules see it, and the credentials that stand in its files. */
export type OpenedSubjects = { readonly workspace: WorkspaceSubject; readonly secrets: () => readonly Secret[] };

const rootsOf = (file: WorkspaceFile): readonly Mapping[] =>
  file.parsed.documents.flatMap(({ root }) => (root.kind === 'mapping' ? [root] : []));

const overlaps = (a: Span, b: Span): boolean => a.source === b.source && a.start < b.end && b.start < a.end;

/** Reads files of the project, each once. */
const reader = (fs: Pick<FileSystem, 'kind' | 'read'>): ((path: string) => Source | undefined) => {
  let total = 0;
  return oncePerText((path) => {
    if (total > BOUNDS.besideTotal || fs.kind(path) !== 'file') return undefined;
    try {
      const bytes = fs.read(path);
      if (bytes.length > BOUNDS.besideLength) return undefined;
      total += bytes.length;
      return total > BOUNDS.besideTotal ? undefined : decode(path, bytes).source;
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  });
};

/** A value as it may be shown, with what is known to be secret masked. */
const shower =
  (secrets: () => readonly Secret[]) =>
  (value: Value): string => {
    const text = sprint(value);
    const at = placeOfValue(value);
    let shown = text;
    for (const secret of secrets())
      if (at && overlaps(at, secret.at) && shown.includes(secret.text))
        shown = shown.replaceAll(secret.text, mask(secret.text));
    return shown;
  };

/** Finds and reads the Dockerfile of a resolved service, when it is built from the project's own files. */
const dockerfileFinder = (
  workspace: WorkspaceSubject,
): ((service: Mapping) => ReturnType<ServiceSubject['dockerfile']>) => {
  const inFile = oncePerText((path): Dockerfile | undefined => {
    const source = workspace.read(path);
    return source && readDockerfile(source.text);
  });
  const inline = oncePerText(readDockerfile);
  return (service) => {
    const build = get(service, 'build');
    const context = textOf(get(build, 'context'));
    const text = textOf(get(build, 'dockerfile_inline'));
    let file: Dockerfile | undefined;
    if (text !== undefined) file = inline(text);
    else if (context !== undefined && isAbsolute(context))
      file = inFile(join(context, textOf(get(build, 'dockerfile')) ?? 'Dockerfile'));
    return file && { file, stage: file.stage(textOf(get(build, 'target'))) };
  };
};

type ServiceEntry = readonly [name: string, value: Mapping, key: Span | undefined, isActive: boolean];

const servicesOf = (project: Project | undefined): readonly ServiceEntry[] => {
  if (!project) return [];
  const found: ServiceEntry[] = [];
  const groups = [
    [get(project.model, 'services'), true],
    [project.disabled, false],
  ] as const;
  for (const [services, isActive] of groups) {
    if (services?.kind !== 'mapping') continue;
    for (const [name, { key, value }] of services.entries)
      if (value.kind === 'mapping') found.push([name, value, key, isActive]);
  }
  return found;
};

const writtenKeys = (roots: readonly Mapping[]): FileSubject['writtenKeys'] =>
  oncePerText((service) => new Set(roots.flatMap((root) => namesIn(get(root, 'services', service)))));

const openFile = (file: WorkspaceFile, workspace: WorkspaceSubject): FileSubject => {
  const { path, role, label, isAutomatic, isBroughtIn, source } = file;
  const roots = rootsOf(file);
  const services = once(() => new Map(servicesOf(file.alone).map(([name, value]) => [name, value])));
  return {
    path,
    name: relative(workspace.directory, path),
    role,
    label,
    isAutomatic,
    get isSelfSufficient() {
      return file.isSelfSufficient;
    },
    isBroughtIn,
    source,
    roots,
    get services() {
      return services();
    },
    writtenKeys: writtenKeys(roots),
    workspace,
  };
};

const pathsIn = (envFiles: Value | undefined): readonly string[] =>
  envFiles?.kind === 'sequence' ? envFiles.items.flatMap((file) => textOf(get(file, 'path')) ?? []) : [];

/** Files of variables that the stacks read: `.env` beside them, and what `env_file` names inside the project. */
const envFilesOf = (
  workspace: Workspace,
  read: WorkspaceSubject['read'],
  isIgnored: (path: string) => boolean | undefined,
): readonly EnvFileSubject[] => {
  const paths = new Set([join(workspace.directory, '.env')]);
  for (const { project } of workspace.stacks)
    for (const [, service] of project ? servicesOf(project) : [])
      for (const path of pathsIn(get(service, 'env_file'))) paths.add(path);
  return [...paths].flatMap((path) => {
    const source = read(path);
    if (!source) return [];
    const { assignments, comments } = parseDotenv(source, () => undefined, new Map());
    return [{ source, assignments, comments, isIgnored: isIgnored(path), isOpenToAll: workspace.fs.isOpenToAll(path) }];
  });
};

const openStack = (
  { name, files, envFile, project }: WorkspaceStack & { readonly project: Project },
  workspace: WorkspaceSubject,
  fileAt: (path: string) => FileSubject | undefined,
  findDockerfile: ReturnType<typeof dockerfileFinder>,
  names: () => ReadonlySet<string>,
): StackSubject => {
  const opened: StackSubject = {
    name,
    files: files.flatMap(({ path }) => fileAt(path) ?? []),
    envFile,
    model: project.model,
    get services() {
      return services();
    },
    workspace,
    topology: once(() => topologyOf(name, project.model, names(), workspace)),
  };
  const services = once(
    () =>
      new Map(
        servicesOf(project).map(([service, value, key, isActive]): [string, ServiceSubject] => [
          service,
          { name: service, value, key, isActive, stack: opened, dockerfile: once(() => findDockerfile(value)) },
        ]),
      ),
  );
  return opened;
};

/**
 * Makes the subjects that rules look at out of a workspace. Whatever takes time (files beside the Compose files, the search
 * for credentials) is done when the first rule asks for it.
 * @param before The workspaces that were opened before.
 */
export const openSubjects = (workspace: Workspace, before: WorkspaceSubject['before'] = () => []): OpenedSubjects => {
  const { fs } = workspace;
  // While rules look at files nobody changes them.
  const inside = { ...fs, kind: oncePerText(fs.kind), list: oncePerText(fs.list) };
  const isRepository = inside.kind(join(workspace.root, '.git')) !== undefined;
  const ignored = ignoredBelow(inside, workspace.root);
  const isIgnored = (path: string): boolean | undefined => (isRepository ? ignored(path, false) : undefined);
  const read = reader(inside);
  const envFiles = once(() => envFilesOf(workspace, read, isIgnored));
  const secrets = once(() => [
    ...workspace.files.flatMap((file) => rootsOf(file).flatMap(secretsIn)),
    ...envFiles().flatMap(({ assignments }) => secretsInAssignments(assignments)),
  ]);
  const files: FileSubject[] = [];
  const stacks: StackSubject[] = [];
  const subject: WorkspaceSubject = {
    directory: workspace.directory,
    files,
    stacks,
    kind: inside.kind,
    read,
    get envFiles() {
      return envFiles();
    },
    isIgnored,
    list: inside.list,
    settings: workspace.settings,
    before,
    show: shower(secrets),
  };
  files.push(...workspace.files.map((file) => openFile(file, subject)));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const findDockerfile = dockerfileFinder(subject);
  const names = once(
    () => new Set(files.flatMap(({ roots }) => roots.flatMap((root) => namesIn(get(root, 'services'))))),
  );
  for (const stack of workspace.stacks) {
    const { project } = stack;
    if (project)
      stacks.push(openStack({ ...stack, project }, subject, (path) => byPath.get(path), findDockerfile, names));
  }
  return { workspace: subject, secrets };
};
