import { leavesOf, lineOf } from '../lint/leaves.js';
import { get, itemsOf, textOf, type Value } from '../model/value.js';
import type { Span } from '../source/source.js';
import type { Workspace, WorkspaceFile } from '../workspace/workspace.js';
import { writtenIn, writtenService } from './written.js';

/**
 * What a file has to do with a service. `defined`: it has all that the service needs; `override`: it changes or completes
 * it; `duplicate`: it defines once more, completely, what an earlier file of the same stack defines.
 */
export type Presence = 'defined' | 'override' | 'duplicate';

/** One row of the matrix of services and files. */
export type ServiceRow = {
  readonly name: string;
  /** By path of the file; a file that does not name the service is absent. */
  readonly files: ReadonlyMap<string, Presence>;
  /** Image as written, or the folder it is built from, of the first file that says so. */
  readonly image: string | undefined;
  readonly build: string | undefined;
};

/** One network or volume, over all files. */
export type ResourceRow = {
  readonly name: string;
  readonly files: readonly string[];
  readonly key: Span | undefined;
  readonly value: Value;
  /** Services that use it, in the order of the files. */
  readonly usedBy: readonly string[];
};

/** One published port as a file writes it. */
export type PortRow = {
  readonly service: string;
  readonly file: string;
  readonly text: string;
  readonly at: Span | undefined;
};

/** One variable of a service, in each file that gives it. Values are not masked. */
export type VariableRow = {
  readonly service: string;
  readonly name: string;
  readonly values: ReadonlyMap<string, { readonly text: string; readonly value: Value }>;
};

/** `from` starts after `to`, under a condition such as `service_healthy`. */
export type Dependency = { readonly from: string; readonly to: string; readonly condition: string };

export type Inventory = {
  readonly files: readonly WorkspaceFile[];
  readonly services: readonly ServiceRow[];
  readonly networks: readonly ResourceRow[];
  readonly volumes: readonly ResourceRow[];
  readonly ports: readonly PortRow[];
  readonly variables: readonly VariableRow[];
  readonly dependencies: readonly Dependency[];
};

const hasImageOrBuild = (service: Value | undefined): boolean =>
  get(service, 'image') !== undefined || get(service, 'build') !== undefined;

/** Whether two files are loaded together by some stack. */
export const shareStack = (a: WorkspaceFile, b: WorkspaceFile, { stacks }: Pick<Workspace, 'stacks'>): boolean =>
  stacks.some(({ files }) => files.includes(a) && files.includes(b));

/** Names of all services, in the order of files and of their places there. */
export const serviceNames = (files: readonly WorkspaceFile[]): readonly string[] => [
  ...new Set(files.flatMap((file) => writtenIn(file, 'services').map(({ name }) => name))),
];

const serviceRow = (name: string, workspace: Workspace): ServiceRow => {
  const found = new Map<string, Presence>();
  const definedIn: WorkspaceFile[] = [];
  let image: string | undefined;
  let build: string | undefined;
  for (const file of workspace.files) {
    const service = writtenService(file, name);
    if (!service) continue;
    image ??= textOf(get(service, 'image'));
    build ??= textOf(get(service, 'build', 'context')) ?? textOf(get(service, 'build'));
    const isComplete = hasImageOrBuild(service) && (file.isSelfSufficient || definedIn.length === 0);
    const isAgain = definedIn.some((earlier) => shareStack(earlier, file, workspace));
    found.set(file.path, !isComplete ? 'override' : isAgain ? 'duplicate' : 'defined');
    if (isComplete) definedIn.push(file);
  }
  return { name, files: found, image, build };
};

/** Services by the network or volume that they use. */
const usersIn = (
  section: 'networks' | 'volumes',
  files: readonly WorkspaceFile[],
): ReadonlyMap<string, ReadonlySet<string>> => {
  const users = new Map<string, Set<string>>();
  for (const file of files)
    for (const service of writtenIn(file, 'services'))
      for (const { path, text, value } of leavesOf(service.value)) {
        if (path[0] !== section) continue;
        const source = value.kind === 'mapping' ? textOf(get(value, 'source')) : text.split(':', 1)[0];
        const used = section === 'networks' ? path[1] : source;
        if (used === undefined) continue;
        const known = users.get(String(used)) ?? new Set<string>();
        users.set(String(used), known.add(service.name));
      }
  return users;
};

const resourceRows = (section: 'networks' | 'volumes', files: readonly WorkspaceFile[]): readonly ResourceRow[] => {
  const users = usersIn(section, files);
  const rows = new Map<string, ResourceRow & { readonly files: string[] }>();
  for (const file of files)
    for (const { name, value, key } of writtenIn(file, section)) {
      const row = rows.get(name) ?? { name, files: [], key, value, usedBy: [...(users.get(name) ?? [])] };
      row.files.push(file.path);
      rows.set(name, row);
    }
  return [...rows.values()];
};

const portRows = (files: readonly WorkspaceFile[]): readonly PortRow[] =>
  files.flatMap((file) =>
    writtenIn(file, 'services').flatMap((service) =>
      leavesOf(service.value)
        .filter(({ path }) => path[0] === 'ports')
        .map(({ path, at }) => ({ service: service.name, file: file.path, text: String(path[1]), at })),
    ),
  );

const variableRows = (files: readonly WorkspaceFile[]): readonly VariableRow[] => {
  const rows = new Map<
    string,
    { service: string; name: string; values: Map<string, { text: string; value: Value }> }
  >();
  for (const file of files)
    for (const service of writtenIn(file, 'services'))
      for (const { path, text, value } of leavesOf(service.value)) {
        const [key, name] = path;
        if (key !== 'environment' || name === undefined) continue;
        const id = JSON.stringify([service.name, name]);
        const row = rows.get(id) ?? { service: service.name, name: String(name), values: new Map() };
        row.values.set(file.path, { text, value });
        rows.set(id, row);
      }
  return [...rows.values()];
};

const dependencies = (files: readonly WorkspaceFile[]): readonly Dependency[] => {
  const found = new Map<string, Dependency>();
  for (const file of files)
    for (const service of writtenIn(file, 'services')) {
      for (const { path, text } of leavesOf(service.value)) {
        if (path[0] !== 'depends_on' || path[1] === undefined) continue;
        const to = String(path[1]);
        found.set(JSON.stringify([service.name, to]), { from: service.name, to, condition: text });
      }
      const links = get(service.value, 'links');
      for (const link of itemsOf(links)) {
        const to = lineOf(link).split(':')[0] ?? '';
        const id = JSON.stringify([service.name, to]);
        if (!found.has(id)) found.set(id, { from: service.name, to, condition: 'service_started' });
      }
    }
  return [...found.values()];
};

/** Everything that the files of a workspace declare, side by side. */
export const inventoryOf = (workspace: Workspace): Inventory => {
  const { files } = workspace;
  return {
    files,
    services: serviceNames(files).map((name) => serviceRow(name, workspace)),
    networks: resourceRows('networks', files),
    volumes: resourceRows('volumes', files),
    ports: portRows(files),
    variables: variableRows(files),
    dependencies: dependencies(files),
  };
};
