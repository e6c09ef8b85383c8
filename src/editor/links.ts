import type { DocumentLink } from 'vscode-languageserver';
import type { Environment } from '../model/environment.js';
import { below, type ComposePath, type PathTable, pathTable } from '../model/path.js';
import type { Project } from '../model/project.js';
import { get, itemsOf, placeOfValue, textOf, type Value } from '../model/value.js';
import type { ParsedFile } from '../parse/parse.js';
import { wholeModel } from '../report/story.js';
import { expandHome } from '../resolve/paths.js';
import { substitute } from '../resolve/template.js';
import type { FileSystem } from '../source/filesystem.js';
import { absolute, dirname, join } from '../source/path.js';
import { type Span, textAt } from '../source/source.js';
import type { Workspace } from '../workspace/workspace.js';
import { rangeOf, uriOf } from './places.js';
import type { Analysis } from './session.js';

/** A part of a Compose file that names a file, and the absolute paths that it can mean, the likeliest first. */
type Named = { readonly at: Span; readonly paths: readonly string[] };

/** Names of the file that a build context is built by, where none is given. */
const DOCKERFILES = ['Dockerfile', 'dockerfile'] as const;

const texts = (value: Value | undefined): readonly Value[] => (value && textOf(value) !== undefined ? [value] : []);

/** The scalars that name files in a value that is a path, a list of paths, or has them under some keys. */
const pathsIn = (value: Value | undefined, ...keys: readonly string[]): readonly Value[] => [
  ...texts(value),
  ...itemsOf(value).flatMap((item) => pathsIn(item, ...keys)),
  ...keys.flatMap((key) => pathsIn(get(value, key))),
];

/** Names of files that the resolved model no longer has: it has what they hold. */
const loadedFrom = (root: Value): readonly Value[] => {
  const services = get(root, 'services');
  const ofServices = services?.kind === 'mapping' ? [...services.entries.values()] : [];
  return [
    ...itemsOf(get(root, 'include')).flatMap((item) => pathsIn(item, 'path', 'env_file')),
    ...ofServices.flatMap(({ value }) => [
      ...texts(get(value, 'extends', 'file')),
      ...pathsIn(get(value, 'env_file'), 'path'),
      ...pathsIn(get(value, 'label_file')),
    ]),
  ];
};

/** What a text means with the variables of a project, seen from its folder or from the file's own. */
const meant = (
  text: string,
  file: string,
  home: string | undefined,
  projects: readonly Project[],
): readonly string[] => {
  const folders = new Set([...projects.map(({ directory }) => directory), dirname(file)]);
  const environments: readonly Environment[] = projects.map(({ environment }) => environment);
  const readings = new Set(
    environments.length === 0 ? [text] : environments.map((known) => substitute(text, (name) => known.get(name)).text),
  );
  return [...readings].flatMap((path) => [...folders].map((folder) => absolute(folder, expandHome(path, home))));
};

/** The paths of a value that resolving has made absolute. */
type Reading = (value: Value, path: ComposePath) => readonly string[];

const itself: Reading = (value) => [textOf(value) ?? ''];

const inContext: Reading = (value) => {
  const context = textOf(get(value, 'context')) ?? '';
  const dockerfile = textOf(get(value, 'dockerfile')) ?? '';
  return dockerfile === '' ? [] : [absolute(context, dockerfile)];
};

const contextItself: Reading = (value) => {
  const context = textOf(value) ?? '';
  return [...DOCKERFILES.map((name) => join(context, name)), context];
};

/** Values of the resolved model that name files or folders of the project. */
const NAMED: PathTable<Reading> = pathTable<Reading>({
  'services.*.build.context': contextItself,
  'services.*.build.additional_contexts.*': itself,
  'services.*.volumes.*.source': itself,
  'services.*.develop.watch.*.path': itself,
  'configs.*.file': itself,
  'secrets.*.file': itself,
});

const namedIn = (project: Project, path: string): readonly Named[] => {
  const found: Named[] = [];
  const add = (value: Value, paths: readonly string[]): void => {
    const at = placeOfValue(value);
    if (at?.source.path === path) found.push({ at, paths });
  };
  const visit = (value: Value, at: ComposePath, table: PathTable<Reading> | undefined): void => {
    if (table?.value) add(value, table.value(value, at));
    if (value.kind === 'sequence')
      for (const [i, item] of value.items.entries()) visit(item, [...at, i], table && below(table, i));
    if (value.kind !== 'mapping') return;
    const dockerfile = at.at(-1) === 'build' ? get(value, 'dockerfile') : undefined;
    if (dockerfile) add(dockerfile, inContext(value, at));
    for (const [key, entry] of value.entries) visit(entry.value, [...at, key], table && below(table, key));
  };
  visit(wholeModel(project), [], NAMED);
  return found;
};

const namesOf = (workspace: Workspace, file: ParsedFile): readonly Named[] => {
  const { path } = file.source;
  const member = workspace.files.find((one) => one.path === path);
  const own = member?.alone ? [member.alone] : [];
  const stacks = workspace.stacks.flatMap((stack) => stack.project ?? []);
  const loading = workspace.stacks.flatMap((stack) =>
    stack.project && stack.files.some((one) => one.path === path) ? [stack.project] : [],
  );
  return [
    ...file.documents
      .flatMap(({ root }) => loadedFrom(root))
      .flatMap((value) => {
        const at = placeOfValue(value);
        const paths = meant(textOf(value) ?? '', path, workspace.input.home, [...loading, ...own]);
        return at?.source.path === path ? [{ at, paths }] : [];
      }),
    ...[...own, ...stacks].flatMap((project) => namedIn(project, path)),
  ];
};

/** The part of a span that is the name itself, without the quotes around it. */
const unquoted = (at: Span): Span => {
  const isQuoted = /^(["']).*\1$/s.test(textAt(at)) && at.end - at.start > 1;
  return isQuoted ? { ...at, start: at.start + 1, end: at.end - 1 } : at;
};

/** The first of some paths that leads to a file or folder of the project. */
const there = (paths: readonly string[], fs: FileSystem): string | undefined =>
  paths.find((path) => path !== '' && ['file', 'directory'].includes(fs.kind(path) ?? ''));

/** Links from a Compose file to the files and folders that it names, as far as they are there and in the project. */
export const linksIn = (analyses: readonly Analysis[], path: string): readonly DocumentLink[] => {
  const links = new Map<string, DocumentLink>();
  for (const { results } of analyses)
    for (const { workspace } of results) {
      const file = workspace.parsed.get(path);
      for (const { at, paths } of file ? namesOf(workspace, file) : []) {
        const target = there(paths, workspace.fs);
        const place = unquoted(at);
        const key = `${place.start}:${place.end}`;
        if (target !== undefined && !links.has(key)) links.set(key, { range: rangeOf(place), target: uriOf(target) });
      }
    }
  return [...links.values()].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
};
