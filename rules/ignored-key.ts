import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { portsOf } from '../src/model/service.js';
import { get, itemsOf, placeOfValue, textOf } from '../src/model/value.js';

/** Keys below `deploy` that only an orchestrator such as Swarm acts on, and what stands in for them, if anything. */
const SWARM_ONLY: Readonly<Record<string, string>> = {
  placement: 'docker compose starts every container on its own machine.',
  update_config: 'docker compose recreates all containers of a service at once.',
  rollback_config: 'docker compose rolls nothing back.',
  endpoint_mode: 'docker compose resolves names to the containers themselves.',
  labels: 'They are labels of the Swarm service; write `labels` of the service for its containers.',
};

function* swarmKeys({ name, value }: ServiceSubject): Generator<Problem> {
  const deploy = get(value, 'deploy');
  if (deploy?.kind !== 'mapping') return;
  for (const [key, { key: at }] of deploy.entries) {
    const instead = SWARM_ONLY[key];
    if (!at || instead === undefined) continue;
    yield {
      at,
      message: `\`deploy.${key}\` of "${name}" has no effect outside of Swarm.`,
      help: instead,
      path: ['services', name, 'deploy', key],
    };
  }
}

/** With the network of the host, or of another container, there is no port to publish. */
function* publishedWithoutNetwork({ name, value }: ServiceSubject): Generator<Problem> {
  const mode = textOf(get(value, 'network_mode'));
  const [first] = portsOf(value);
  if (!first?.at || mode === undefined || !(mode === 'host' || mode === 'none')) return;
  const because = mode === 'host' ? 'its ports are those of the host already' : 'it has no network';
  yield {
    at: first.at,
    message: `The \`ports\` of "${name}" have no effect with \`network_mode: ${mode}\`: ${because}.`,
    help: 'Remove `ports`, or give the service a network of its own.',
    path: ['services', name, 'ports'],
  };
}

/** Who owns a secret's or config's file is said in vain where Compose mounts the file itself. */
function* ownersOfMounts({ name, value, stack }: ServiceSubject): Generator<Problem> {
  for (const section of ['secrets', 'configs']) {
    const list = get(value, section);
    for (const item of itemsOf(list)) {
      const source = textOf(get(item, 'source'));
      const isFile = source !== undefined && get(stack.model, section, source, 'file') !== undefined;
      for (const key of ['uid', 'gid', 'mode']) {
        const given = isFile ? get(item, key) : undefined;
        const at = given && placeOfValue(given);
        if (at)
          yield {
            at,
            message: `\`${key}\` of the ${section.slice(0, -1)} "${source}" in "${name}" has no effect: docker compose mounts its file as it is.`,
            help: 'Change the file itself.',
            path: ['services', name, section, source ?? '', key],
          };
      }
    }
  }
}

export default defineRule({
  meta: {
    id: 'ignored-key',
    severity: 'info',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'docker compose does not act on a key',
    description: `docker compose reads these keys, checks them, and does nothing about them: \`placement\`, \`update_config\`, \`rollback_config\`,
\`endpoint_mode\` and \`labels\` below \`deploy\`, which Swarm acts on; \`ports\` beside \`network_mode: host\` or \`none\`; \`uid\`, \`gid\` and
\`mode\` of a secret or config that is a file.

A stack that a file for Swarm belongs to (\`swarm\` or \`stack\` in its name) is left alone, as far as Swarm acts on the keys.`,
    source: 'compose-spec deploy.md; 05-services.md, "ports", "secrets"; docker compose, pkg/compose/create.go',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      placement:\n        constraints: [node.role == worker]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 2\n',
    whenOff: 'When the same files are deployed to Swarm.',
  },
  *checkService(service) {
    const isForSwarm = service.stack.files.some(({ name }) => /swarm|stack/i.test(name));
    if (!isForSwarm) {
      yield* swarmKeys(service);
      yield* ownersOfMounts(service);
    }
    yield* publishedWithoutNetwork(service);
  },
});
