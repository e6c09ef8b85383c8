import { imageFacts } from '../src/catalog/images.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { ServiceSubject } from '../src/lint/subjects.js';
import { get, placeOfValue } from '../src/model/value.js';

/** Whether a user, with or without a group, is root. */
const isRoot = (user: string): boolean => /^(?:root|0+)(?::|$)/.test(user);

/** What makes a service run as root: its own `user`, or a Dockerfile that nowhere leaves the root of a runtime. */
const rootOf = ({ name, value, key, dockerfile }: ServiceSubject): Problem | undefined => {
  const user = get(value, 'user');
  if (user?.kind === 'scalar' && user.value !== null && user.value !== '') {
    const at = placeOfValue(user);
    if (!at || !isRoot(String(user.value))) return undefined;
    return {
      at,
      message: `"${name}" is told to run as root.`,
      help: 'Name a user that the image has, or one by its number.',
      path: ['services', name, 'user'],
    };
  }
  const stage = get(value, 'build') ? dockerfile()?.stage : undefined;
  const at = key ?? placeOfValue(value);
  if (!stage || !at) return undefined;
  const startsAsRoot = stage.user === undefined && imageFacts(stage.base)?.kind === 'runtime';
  if (!startsAsRoot && !(stage.user !== undefined && isRoot(stage.user))) return undefined;
  return {
    at,
    message: `"${name}" runs as root: ${stage.user === undefined ? 'its Dockerfile has no USER' : 'its Dockerfile says so'}.`,
    help: 'Add USER to the Dockerfile, or `user:` here.',
    path: ['services', name],
  };
};

export default defineRule({
  meta: {
    id: 'root-user',
    severity: 'warning',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service runs as root',
    description: `Root in a container is root for every file that is mounted, and one fault of the kernel away from being root outside. Found are
services with \`user: root\` (by name or as 0), and those that are built from a Dockerfile of the project whose last stage has no
USER, or has USER root, on a runtime image that starts as root. Which user a pulled image has is not known, and not guessed.`,
    source: 'compose-spec 05-services.md, "user"; docs.docker.com, "Building best practices", "USER"',
    bad: 'services:\n  api:\n    image: example/api:1\n    user: root\n',
    good: 'services:\n  api:\n    image: example/api:1\n    user: "1000:1000"\n',
    whenOff: 'Where the daemon maps root of the container to another user (`userns-remap`), or runs rootless.',
  },
  *checkService(service) {
    const problem = rootOf(service);
    if (problem) yield problem;
  },
});
