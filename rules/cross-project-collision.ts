import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { formatHostPort, portsOf } from '../src/model/service.js';
import { get, itemsOf, placeOfValue, textOf } from '../src/model/value.js';
import { oncePer } from '../src/source/once.js';
import { relative } from '../src/source/path.js';
import type { Span } from '../src/source/source.js';

/** Something of the machine that only one project at a time can have. */
type Claim = {
  /** What makes two claims one. */
  readonly key: string;
  /** For people: `the host port 8080`. */
  readonly what: string;
  readonly at: Span;
  readonly by: string;
};

const claim = (key: string, what: string, at: Span | undefined, by: string): readonly Claim[] =>
  at ? [{ key, what, at, by }] : [];

const claimsOfService = ({ name, value }: ServiceSubject): readonly Claim[] => {
  const container = get(value, 'container_name');
  const called = textOf(container);
  return [
    ...(container && called !== undefined
      ? claim(`name ${called}`, `the container name ${called}`, placeOfValue(container), `"${name}"`)
      : []),
    ...portsOf(value).flatMap((port) =>
      port.published && port.published.first === port.published.last
        ? claim(
            `port ${port.hostIp ?? '0.0.0.0'} ${port.published.first} ${port.protocol}`,
            `the host port ${formatHostPort(port)}`,
            port.at,
            `"${name}"`,
          )
        : [],
    ),
  ];
};

const claimsOfNetworks = ({ model }: StackSubject): readonly Claim[] => {
  const networks = get(model, 'networks');
  if (networks?.kind !== 'mapping') return [];
  return [...networks.entries].flatMap(([name, { value }]) =>
    itemsOf(get(value, 'ipam', 'config')).flatMap((pool) => {
      const subnet = get(pool, 'subnet');
      const text = textOf(subnet);
      return subnet && text !== undefined
        ? claim(`subnet ${text}`, `the subnet ${text}`, placeOfValue(subnet), `the network "${name}"`)
        : [];
    }),
  );
};

/** What a folder's project has of the machine when it runs as `docker compose up` starts it. */
const claimsOf = oncePer((workspace: WorkspaceSubject): readonly Claim[] => {
  const [stack] = workspace.stacks;
  // Files that need one of another folder are a part of its project.
  if (!stack?.files[0]?.isSelfSufficient) return [];
  const services = [...stack.services.values()].filter(({ isActive }) => isActive);
  return [...services.flatMap(claimsOfService), ...claimsOfNetworks(stack)];
});

const servicesOf = ({ files }: WorkspaceSubject): ReadonlySet<string> =>
  new Set(files.flatMap((file) => [...file.services.keys()]));

/** Whether one of two folders has all services of the other: a layer of it, or another way to run it. */
const areOne = (a: WorkspaceSubject, b: WorkspaceSubject): boolean => {
  const [ours, theirs] = [servicesOf(a), servicesOf(b)];
  return [...ours].every((name) => theirs.has(name)) || [...theirs].every((name) => ours.has(name));
};

const problemOf = ({ what, at, by, key }: Claim, other: Claim, folder: string): Problem => ({
  at,
  message: `${by} wants ${what}, which ${other.by} of the project in ${folder} has: only one of the two can run on a machine.`,
  help: 'Choose another one, or make it a variable.',
  notes: [{ at: other.at, message: `${other.by} has it here` }],
  evidence: `${key} ${folder}`,
});

export default defineRule({
  meta: {
    id: 'cross-project-collision',
    severity: 'warning',
    preset: 'all',
    fix: 'none',
    since: '0.1.0',
    summary: 'Projects of two folders want the same of one machine',
    description: `A host port, a \`container_name\` and a subnet exist once on a machine. Two projects of one repository that want the same cannot
run side by side; the second does not start.

Found among the folders of one run (\`fog-lint -r\`), each as \`docker compose up\` starts it. The rule is in the preset \`all\` only:
most projects of a repository are never run on one machine. Ranges of ports and services of profiles are left alone, and folders one
of which has all services of the other: that is a layer of it, or another way to run it.`,
    source: 'compose-spec 05-services.md, "container_name", "ports"; 06-networks.md, "ipam"',
    bad: {
      'shop/compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]\n',
      'wiki/compose.yml': 'services:\n  wiki:\n    image: example/wiki:1\n    ports: ["8080:3000"]\n',
    },
    good: {
      'shop/compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]\n',
      'wiki/compose.yml': 'services:\n  wiki:\n    image: example/wiki:1\n    ports: ["8081:3000"]\n',
    },
    whenOff: 'When the projects run on different machines, or one at a time.',
  },
  *checkWorkspace(workspace) {
    const taken = new Map<string, { readonly claim: Claim; readonly folder: WorkspaceSubject }>();
    for (const other of workspace.before())
      for (const made of claimsOf(other)) if (!taken.has(made.key)) taken.set(made.key, { claim: made, folder: other });
    for (const wanted of claimsOf(workspace)) {
      const known = taken.get(wanted.key);
      if (known && !areOne(workspace, known.folder))
        yield problemOf(wanted, known.claim, relative(workspace.directory, known.folder.directory));
    }
  },
});
