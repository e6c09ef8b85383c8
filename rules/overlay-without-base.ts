import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { type WrittenService, writtenServices } from '../src/lint/written-services.js';
import { DEFAULT_FILES } from '../src/model/default-files.js';
import { get } from '../src/model/value.js';
import { firstOf, listed } from '../src/source/listed.js';
import { join } from '../src/source/path.js';
import type { Span } from '../src/source/source.js';

/** Services named in a message; more are counted. */
const MOST_NAMED = 3;

const keyOf = ({ file, name, document }: WrittenService): Span | undefined => {
  const services = get(file.roots[document], 'services');
  return services?.kind === 'mapping' ? services.entries.get(name)?.key : undefined;
};

/** Services of a file that nothing in it gives an image, nor a build. */
const unfinishedIn = (file: FileSubject): readonly WrittenService[] =>
  writtenServices(file).filter(({ name }) => {
    const service = file.services.get(name);
    return service !== undefined && !get(service, 'image') && !get(service, 'build');
  });

const listOf = (services: readonly WrittenService[]): string => {
  const names = services.map(({ name }) => `"${name}"`);
  return listed(firstOf(names, MOST_NAMED));
};

const pathOf = (file: string | FileSubject): string => (typeof file === 'string' ? file : file.path);

/** A file that changes services, and those that it leaves without what they need. */
type Overlay = { readonly file: FileSubject; readonly services: readonly WrittenService[] };

/** The file of the folder above that has services of some names, as it is reached from the folder. */
const giverAbove = ({ directory, read }: WorkspaceSubject, names: readonly string[]): string | undefined =>
  DEFAULT_FILES.map((file) => `../${file}`).find((path) => {
    const lines = new Set(
      read(join(directory, path))
        ?.text.split('\n')
        .map((line) => line.trim()),
    );
    return names.every((name) => lines.has(`${name}:`));
  });

/** The file that has what an overlay lacks: the base of the folder above, or one beside it, the one with the shortest name. */
const giverOf = ({ file, services }: Overlay): string | undefined => {
  const above = giverAbove(
    file.workspace,
    services.map(({ name }) => name),
  );
  if (above !== undefined) return above;
  const beside = file.workspace.files.filter((other) =>
    services.every(({ name }) => {
      const service = other.services.get(name);
      return get(service, 'image') ?? get(service, 'build');
    }),
  );
  const [shortest] = beside.map(({ name }) => name).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return shortest;
};

const problemOf = (giver: string | undefined, [first, ...others]: readonly Overlay[]): Problem | undefined => {
  const at = first?.services[0] && keyOf(first.services[0]);
  if (!first || !at) return undefined;
  const { file, services } = first;
  const needs = `${listOf(services)} ${services.length === 1 ? 'has' : 'have'} neither image nor build in ${file.name}`;
  const stack = `\`${file.label}: [${giver ?? '<base>'}, ${file.name}]\``;
  return {
    at,
    message: giver
      ? `${needs}. ${giver} gives one, but no name says that the two are loaded together.`
      : `${needs}, and no base is here that gives one: docker compose does not load the file by itself.`,
    help: `${giver ? 'L' : 'Put the base beside it, or l'}ist what is loaded together under \`stacks\` in fog-lint.yaml, such as ${stack}.`,
    notes: others.flatMap((other) => {
      const place = other.services[0] && keyOf(other.services[0]);
      return place
        ? [{ at: place, message: `the same is so for ${listOf(other.services)} of ${other.file.name}` }]
        : [];
    }),
    path: ['services'],
    evidence: `${giver ?? ''} ${file.name}`,
    ...(giver ? { severity: 'info' } : {}),
  };
};

const overlaysIn = ({ files, stacks, settings }: WorkspaceSubject): readonly Overlay[] => {
  const listed = new Set([...settings.stacks, ...stacks].flatMap((stack) => stack.files.map(pathOf)));
  return files
    .filter(({ isSelfSufficient, isBroughtIn, path }) => !isSelfSufficient && !isBroughtIn && !listed.has(path))
    .map((file) => ({ file, services: unfinishedIn(file) }))
    .filter(({ services }) => services.length > 0);
};

export default defineRule({
  meta: {
    id: 'overlay-without-base',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A file changes services that no file below it defines',
    description: `A file such as \`docker-compose.prod.yml\` says what is different in production. Without the base that it changes docker compose refuses
it, and fog-lint cannot check it: nobody sees what it says before it is loaded.

Found where the folder has no base, and services of the file have neither image nor build. Where another file of the folder, or the
base of the folder above, has them, it is a note that says how to tell that the two belong together. Files that \`include\` and \`extends\` bring in, those that
\`stacks\` in the settings list, and those that a comment gives with \`docker compose -f …\` are left alone.`,
    source: 'compose-spec 13-merge.md; docker compose, "Merge Compose files"',
    bad: { 'docker-compose.prod.yml': 'services:\n  api:\n    restart: always\n' },
    good: {
      'docker-compose.yml': 'services:\n  api:\n    image: example/api:1\n',
      'docker-compose.prod.yml': 'services:\n  api:\n    restart: always\n',
    },
    options: { stacks: 'files that are loaded together, by the name of the stack.' },
    whenOff: 'When the base is put beside the file later, by a generator or from another repository.',
  },
  *checkWorkspace(workspace) {
    if (workspace.files.some(({ role }) => role === 'base')) return;
    const byGiver = new Map<string | undefined, Overlay[]>();
    for (const overlay of overlaysIn(workspace)) {
      const giver = giverOf(overlay);
      byGiver.set(giver, [...(byGiver.get(giver) ?? []), overlay]);
    }
    for (const [giver, overlays] of byGiver) {
      const problem = problemOf(giver, overlays);
      if (problem) yield problem;
    }
  },
});
