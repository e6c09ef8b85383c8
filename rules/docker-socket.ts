import { knownImage } from '../src/lint/known-image.js';
import { milderOutsideProduction } from '../src/lint/purpose.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { mountsOf } from '../src/model/service.js';
import { get, isTrue, placeOfValue } from '../src/model/value.js';
import type { Span } from '../src/source/source.js';

/** Sockets of container daemons, and the folders that hold them. */
const SOCKETS = /\/(?:docker|podman|containerd|crio)\.sock$/;
const FOLDERS: ReadonlySet<string> = new Set(['/var/run', '/run', '/run/docker', '/run/containerd', '/run/podman']);

/** Where a service is given the socket. */
const grants = ({ value }: ServiceSubject): readonly { readonly at: Span; readonly what: string }[] => {
  const mounts = mountsOf(value).flatMap(({ type, sourceText = '', at }) =>
    at && type === 'bind' && (SOCKETS.test(sourceText) || FOLDERS.has(sourceText)) ? [{ at, what: sourceText }] : [],
  );
  const api = get(value, 'use_api_socket');
  const at = api && isTrue(api) ? placeOfValue(api) : undefined;
  return at ? [...mounts, { at, what: 'the socket of the Docker API' }] : mounts;
};

const problemOf = (service: ServiceSubject, at: Span, what: string): Problem | undefined => {
  const { name, stack } = service;
  const uses = knownImage(service)?.facts.hostUse ?? [];
  if (uses.includes('docker-filter')) return undefined;
  const needsIt = uses.includes('docker');
  return {
    at,
    message: needsIt
      ? `"${name}" works through ${what}: whoever breaks into it is root on the host.`
      : `"${name}" gets ${what}: with it, it can start any container, and is root on the host. A read-only mount does not change that.`,
    help: needsIt
      ? 'Put a proxy of the socket in between that passes on only what is needed.'
      : 'Take it away, or put a proxy of the socket in between that passes on only what is needed.',
    severity: needsIt ? 'warning' : milderOutsideProduction('error', at, stack),
    path: ['services', name, 'volumes'],
    evidence: what,
  };
};

export default defineRule({
  meta: {
    id: 'docker-socket',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service gets the socket of the container daemon',
    description: `Who can talk to the Docker daemon can start a privileged container with the host's file system, and so is root on the host.
\`:ro\` keeps the socket file from being replaced, not from being used. The rule finds bind mounts, short and long, of the sockets of
Docker, Podman, containerd and CRI-O, of the folders that hold them, and \`use_api_socket\`.

It is a warning for images whose work is with the daemon (Traefik, Portainer, Watchtower …), and in files for development and
tests. A proxy of the socket is not found.`,
    source:
      'docs.docker.com, "Docker security", "Docker daemon attack surface"; compose-spec 05-services.md, "use_api_socket"',
    bad: 'services:\n  ci:\n    image: example/ci:1\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]\n',
    good: 'services:\n  proxy:\n    image: traefik:v3.1\n    command: --providers.docker.endpoint=tcp://socket:2375\n  socket:\n    image: tecnativa/docker-socket-proxy:0.3.0\n    environment: {CONTAINERS: 1}\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]\n',
    whenOff: 'On a machine where everybody who can change the service is an administrator anyway.',
  },
  *checkService(service) {
    for (const { at, what } of grants(service)) {
      const problem = problemOf(service, at, what);
      if (problem) yield problem;
    }
  },
});
