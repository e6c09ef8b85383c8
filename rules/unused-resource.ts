import { placeAt } from '../src/lint/edits/place.js';
import { remove } from '../src/lint/edits/remove.js';
import { defineRule, type Fix } from '../src/lint/rule.js';
import type { FileSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { writtenServices } from '../src/lint/written-services.js';
import { mountsOf, namesIn, textsIn } from '../src/model/service.js';
import { get, itemsOf, type Mapping, placeOfValue, textOf, type Value } from '../src/model/value.js';
import { grouped } from '../src/source/grouped.js';
import { once } from '../src/source/once.js';
import type { Span } from '../src/source/source.js';

/** Top-level resources that services refer to by name. */
const SECTIONS = ['networks', 'volumes', 'secrets', 'configs'] as const;
type Section = (typeof SECTIONS)[number];

const ONE: Readonly<Record<Section, string>> = {
  networks: 'network',
  volumes: 'volume',
  secrets: 'secret',
  configs: 'config',
};

const sourcesOf = (list: Value | undefined): readonly string[] =>
  itemsOf(list).flatMap((item) => textOf(item) ?? textOf(get(item, 'source')) ?? []);

/** Names of the resources that a service uses, in long forms. */
const usedBy: Readonly<Record<Section, (service: Mapping) => readonly string[]>> = {
  networks: (service) => [...namesIn(get(service, 'networks')), ...textsIn(get(service, 'networks'))],
  volumes: (service) => mountsOf(service).flatMap(({ sourceText }) => sourceText ?? []),
  secrets: (service) => [...sourcesOf(get(service, 'secrets')), ...sourcesOf(get(service, 'build', 'secrets'))],
  configs: (service) => sourcesOf(get(service, 'configs')),
};

const isDeclared = ({ files }: WorkspaceSubject, section: Section): boolean =>
  files.some(({ roots }) => roots.some((root) => get(root, section)?.kind === 'mapping'));

/** Whether a variable says which resource a service uses, so that it may be any. */
const isChosen = ({ files }: WorkspaceSubject, section: Section): boolean =>
  files.some((file) =>
    writtenServices(file).some(({ value }) =>
      itemsOf(get(value, section)).some((item) => (textOf(item) ?? textOf(get(item, 'source')) ?? '').startsWith('$')),
    ),
  );

/** Tells whether a stack uses a resource, or a file by itself: these are looked at where no stack does. */
const usedIn = ({ files, stacks }: WorkspaceSubject, section: Section): ((name: string) => boolean) => {
  const namesOf = usedBy[section];
  const used = new Set(stacks.flatMap(({ services }) => [...services.values()].flatMap(({ value }) => namesOf(value))));
  const alone = once(() => new Set(files.flatMap(({ services }) => [...services.values()].flatMap(namesOf))));
  return (name) => used.has(name) || alone().has(name);
};

/** A resource that nothing uses, where a file declares it. */
type Unused = { readonly file: FileSubject; readonly document: number; readonly name: string; readonly at: Span };

/** Removes a resource from every file that declares it: what one of them leaves to the others may be nothing by itself. */
const removal = (section: Section, declared: readonly Unused[]): Fix | undefined => {
  const edits = declared.flatMap(({ file, document, name }) => {
    const place = placeAt(file.source, [section, name], document);
    return (place && remove(place)) ?? [];
  });
  const [first] = declared;
  return first && edits.length > 0
    ? { title: `Remove "${first.name}"`, applicability: section === 'volumes' ? 'unsafe' : 'safe', edits }
    : undefined;
};

/** Whether a comment has a name: what uses it is there, and switched off. */
const isInComments = ({ source }: FileSubject, name: string): boolean =>
  source.text.includes('#') &&
  source.text.split('\n').some((line) => line.trimStart().startsWith('#') && line.split(/[^\w.-]+/).includes(name));

const unusedIn = (file: FileSubject, section: Section, isUsed: (name: string) => boolean): readonly Unused[] =>
  file.roots.flatMap((root, document) => {
    const declared = get(root, section);
    if (declared?.kind !== 'mapping') return [];
    return [...declared.entries].flatMap(([name, { key, value }]): readonly Unused[] => {
      const at = key ?? placeOfValue(value);
      if (!at || (section === 'networks' && name === 'default') || isUsed(name) || isInComments(file, name)) return [];
      return [{ file, document, name, at }];
    });
  });

export default defineRule({
  meta: {
    id: 'unused-resource',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'No service uses a network, volume, secret or config',
    description: `docker compose does not make what no service uses, and says nothing. What is left over is often a trace of a mistake: a service
that should have been on the network, a mount whose name is spelled otherwise.

All stacks and files of the folder count, services of profiles too: a volume that only another file uses is used. The network
\`default\` is always there. Nothing is said where a variable chooses, where lines that are commented out use it, and in files without services, which are parts of
others.`,
    source: 'compose-spec 06-networks.md, 07-volumes.md, 08-configs.md, 09-secrets.md',
    bad: 'services:\n  db:\n    image: postgres:16\n    volumes: ["db_data:/var/lib/postgresql/data"]\nvolumes:\n  db_data:\n  cache:\n',
    good: 'services:\n  db:\n    image: postgres:16\n    volumes: ["db_data:/var/lib/postgresql/data"]\nvolumes:\n  db_data:\n',
    fixSafety: `Removing a network, a secret or a config is safe: every stack resolves to the same project. Removing a volume is unsafe, although it
resolves the same: \`docker compose down --volumes\` no longer removes the data that it may hold.`,
    whenOff: 'When files outside of the folder use what is declared here.',
  },
  *checkWorkspace(workspace) {
    for (const section of SECTIONS) {
      if (!isDeclared(workspace, section) || isChosen(workspace, section)) continue;
      const isUsed = usedIn(workspace, section);
      const files = workspace.files.filter((file) => writtenServices(file).length > 0);
      const unused = files.flatMap((file) => unusedIn(file, section, isUsed));
      const byName = grouped(unused, ({ name }) => name);
      for (const { file, name, at } of unused)
        yield {
          at,
          message: `No service uses the ${ONE[section]} "${name}"; docker compose leaves it out.`,
          help: section === 'volumes' ? 'Remove it. Data of an earlier time may still be in it.' : 'Remove it.',
          path: [section, name],
          cause: { of: `${ONE[section]} "${name}"`, name: file.name, note: 'and here' },
          fix: () => removal(section, byName.get(name) ?? []),
        };
    }
  },
  together: ({ of }, files) => ({
    message: `No service uses the ${of}, which ${files.length} files declare; docker compose leaves it out.`,
  }),
});
