import { type Collision, collide, collisionsIn, type TakenPort, takenBy } from '../src/lint/host-ports.js';
import { isSwarm } from '../src/lint/purpose.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { formatHostPort, replicasOf } from '../src/model/service.js';
import type { Span } from '../src/source/source.js';

const pathOf = ({ service }: TakenPort): Problem['path'] & {} => ['services', service.name, 'ports'];

/** Lists merge: a later file adds to the ports of the one before it. */
const OVERRIDE_HELP =
  'Ports of several files add up. Leave this one out, or replace the whole list with `ports: !override`.';

const inOneStack = ({ first, second }: Collision, at: Span, stack: StackSubject): Problem => {
  const other = stack.files.find(({ source }) => source === first.port.at?.source && source !== at.source);
  const where = other ? ` in ${other.name}` : '';
  const port = formatHostPort(second.port);
  const isOwn = first.service === second.service;
  return {
    at,
    message: isOwn
      ? `"${second.service.name}" publishes the host port ${port} twice, first${where} as ${formatHostPort(first.port)} for ${first.port.target}: it cannot start in the stack "${stack.name}".`
      : `The host port ${port} of "${second.service.name}" is taken by "${first.service.name}"${where}: the stack "${stack.name}" cannot start both.`,
    help: isOwn && other ? OVERRIDE_HELP : 'Publish one of them on another host port, or not at all.',
    notes: first.port.at
      ? [{ at: first.port.at, message: `"${first.service.name}" publishes ${formatHostPort(first.port)} here` }]
      : [],
    path: pathOf(second),
    evidence: `${first.service.name} ${second.number}/${second.port.protocol}`,
  };
};

function* selfCollisions(stack: StackSubject): Generator<Problem> {
  // Swarm publishes a port once for all replicas.
  if (isSwarm(stack)) return;
  for (const service of stack.services.values()) {
    const replicas = replicasOf(service.value);
    const [taken] = takenBy(service);
    if (replicas < 2 || !taken?.port.at) continue;
    yield {
      at: taken.port.at,
      message: `The ${replicas} replicas of "${service.name}" would all publish the host port ${formatHostPort(taken.port)}.`,
      help: 'Publish a range, leave the host port out, or put a proxy in front.',
      path: pathOf(taken),
      evidence: 'replicas',
    };
  }
}

const isStandalone = (stack: StackSubject): boolean => stack.files.length === 1;

/** Stacks of a base and of an overlay that stands alone: two projects in one folder, which people start side by side. */
function* sideBySide(workspace: WorkspaceSubject, reported: ReadonlySet<string>): Generator<Problem> {
  const base = workspace.stacks.find((stack) => isStandalone(stack) && stack.files[0]?.role === 'base');
  if (!base) return;
  for (const stack of workspace.stacks) {
    const [file] = stack.files;
    if (!isStandalone(stack) || file?.role !== 'overlay' || isSwarm(stack)) continue;
    for (const second of [...stack.services.values()].flatMap(takenBy)) {
      const first = [...base.services.values()].flatMap(takenBy).find((taken) => collide(taken, second));
      const { at } = second.port;
      if (!first?.port.at || !at || reported.has(`${first.port.at.start} ${at.start}`)) continue;
      // Both include the file that publishes it: two ways to start one project.
      if (at.source !== file.source && at.source === first.port.at.source) continue;
      const isSame = first.service.name === second.service.name;
      const merged = isSame
        ? ` In one stack the two definitions of "${second.service.name}" merge into one service, which takes the port once.`
        : '';
      yield {
        at,
        message: `"${second.service.name}" here and "${first.service.name}" in ${base.files[0]?.name} both publish the host port ${formatHostPort(second.port)}: as two projects they cannot run side by side.${merged}`,
        help: isSame ? 'Define the service once.' : 'Publish one of them on another host port.',
        notes: [{ at: first.port.at, message: `"${first.service.name}" publishes ${formatHostPort(first.port)} here` }],
        severity: 'warning',
        path: pathOf(second),
        evidence: `${first.service.name} ${second.number}/${second.port.protocol}`,
      };
    }
  }
}

export default defineRule({
  meta: {
    id: 'port-collision',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'One host port is published twice',
    description: `\`docker compose config\` accepts such a stack, and \`up\` fails half-way. Ports are compared by address, number and protocol in
every stack, ranges expanded. A port without an address is taken on all of them, as are those on \`0.0.0.0\` and \`::\` in their
family; two different addresses do not collide. A port without a host part is picked by Docker and never collides, nor do services
whose profiles have nothing in common. A service collides with itself where two of its ports, perhaps one from each file, take one
host port, and where several replicas would take a fixed one.

A base and an overlay that stands alone are also compared as two projects that run side by side; that is a warning. Stacks for Swarm,
which publishes a port once for all replicas and runs no project of the folder, are left out of both.`,
    source: 'compose-spec 05-services.md, "ports"',
    bad: 'services:\n  web:\n    image: example/web:1\n    ports: ["8080:80"]\n  api:\n    image: example/api:1\n    ports: ["0.0.0.0:8080:3000"]\n',
    good: 'services:\n  web:\n    image: example/web:1\n    ports: ["127.0.0.1:8080:80"]\n  api:\n    image: example/api:1\n    ports: ["127.0.0.2:8080:3000", "9000"]\n',
    whenOff: 'Never for a stack that is started as it is.',
  },
  *checkStack(stack) {
    for (const collision of collisionsIn(stack)) {
      const { at } = collision.second.port;
      if (at) yield inOneStack(collision, at, stack);
    }
    yield* selfCollisions(stack);
  },
  *checkWorkspace(workspace) {
    const reported = new Set<string>();
    for (const stack of workspace.stacks)
      for (const { first, second } of collisionsIn(stack))
        reported.add(`${first.port.at?.start} ${second.port.at?.start}`);
    yield* sideBySide(workspace, reported);
  },
});
