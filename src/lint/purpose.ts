import { namesIn } from '../model/service.js';
import { get, isExtended, type Mapping, placeOfValue, textOf, type Value } from '../model/value.js';
import { oncePer } from '../source/once.js';
import type { Span } from '../source/source.js';
import { knownImage } from './known-image.js';
import type { Severity } from './rule.js';
import type { FileSubject, ServiceSubject, StackSubject } from './subjects.js';

type Role = FileSubject['role'];

/** Whether a stack is for production: one of its files says so. */
export const isProduction = ({ files }: StackSubject): boolean => files.some(({ role }) => role === 'prod');

/** Whether a stack is for tests: one of its files says so. */
export const isForTests = ({ files }: StackSubject): boolean => files.some(({ role }) => role === 'test');

/** A step milder in a file for development or tests. */
export const milderFor = (role: Role | undefined, severity: Severity): Severity => {
  if (role !== 'dev' && role !== 'test') return severity;
  return severity === 'error' ? 'warning' : 'info';
};

/** A step milder where the place stands in a file for development or tests. */
export const milderOutsideProduction = (severity: Severity, at: Span, { files }: StackSubject): Severity =>
  milderFor(files.find(({ source }) => source === at.source)?.role, severity);

/**
 * Where a service is defined: its name in the first file that has it or, where `extends` brings it in from elsewhere, what names
 * its image there, so that one definition for many files is one place.
 */
export const definitionOf = ({ value, key }: ServiceSubject): Span | undefined => {
  const named = get(value, 'image') ?? get(value, 'build');
  return (named && isExtended(named) ? placeOfValue(named) : undefined) ?? key ?? placeOfValue(value);
};

/** Names of the services of a stack that wait for others, by what they wait for, and what is awaited until it ends. */
const waiting = oncePer(({ services }: StackSubject) => {
  const dependents = new Map<string, string[]>();
  const awaitedEnds = new Set<string>();
  for (const { name, value } of services.values()) {
    const dependsOn = get(value, 'depends_on');
    for (const needed of namesIn(dependsOn)) {
      const known = dependents.get(needed) ?? [];
      known.push(name);
      dependents.set(needed, known);
      if (textOf(get(dependsOn, needed, 'condition')) === 'service_completed_successfully') awaitedEnds.add(needed);
    }
  }
  return { dependents, awaitedEnds };
});

/** Services that wait for a service, by `depends_on`. */
export const dependentsOf = ({ name, stack }: ServiceSubject): readonly string[] =>
  waiting(stack).dependents.get(name) ?? [];

/** Words in the names of services that do one thing and end. */
const ENDS =
  /(?:^|[-_.])(?:(?:create|wait)[-_]|(?:migrate|migrations?|migrator|init|initializer|setup|seed|seeder|bootstrap|provision|backup|restore|scan|test|tests|e2e|certbot|generate|generator|builder)(?:$|[-_.\d]))/i;

/** Images of systems: without a command they do nothing and end, as the containers that only hold volumes. */
const SYSTEMS = /^(?:docker\.io\/)?(?:library\/)?(?:busybox|alpine|debian|ubuntu|tianon\/true)(?::|@|$)/;

const doesNothing = (service: Mapping): boolean =>
  SYSTEMS.test(textOf(get(service, 'image')) ?? '') && !get(service, 'command') && !get(service, 'entrypoint');

/** Whether the image is a tool that does one thing: it listens nowhere, and does not watch the host. */
const isTool = (service: ServiceSubject): boolean => {
  const image = knownImage(service);
  return (
    image !== undefined &&
    !image.isBuilt &&
    image.facts.kind === 'tool' &&
    image.facts.ports.length === 0 &&
    !image.facts.hostUse
  );
};

/**
 * Whether a service looks as if it ends by itself: something waits for its end, it must not be restarted, it is called so, or
 * its image does one thing or, without a command, nothing.
 */
export const isOneShot = oncePer(
  (service: ServiceSubject): boolean => doesNothing(service.value) || isTool(service) || isMeantToEnd(service),
);

const isMeantToEnd = ({ name, value, stack }: ServiceSubject): boolean =>
  textOf(get(value, 'restart')) === 'no' || ENDS.test(name) || waiting(stack).awaitedEnds.has(name);

/** Whether no file of a stack says what the stack is for, so that it may be a part of what people start. */
const hasNoEnvironment = ({ files }: StackSubject): boolean =>
  files.every(({ role }) => role === 'base' || role === 'overlay');

/**
 * Whether what a base lacks is given by every file for an environment that is loaded with it (or, where there is none, by
 * every overlay): then the base is not what people start, and does not lack it.
 * @param lacks Whether the same service lacks it in another stack.
 */
export const isCompletedElsewhere = (
  { name, stack }: ServiceSubject,
  lacks: (service: ServiceSubject) => boolean,
): boolean => {
  const base = stack.files.find(({ role }) => role === 'base');
  if (!base || !hasNoEnvironment(stack)) return false;
  const others = stack.workspace.stacks.filter(
    (other) => other.files.length > 1 && other.files.includes(base) && !isForTests(other),
  );
  const environments = others.filter((other) => !hasNoEnvironment(other));
  const companions = environments.length > 0 ? environments : stack.files.length === 1 ? others : [];
  return (
    companions.length > 0 &&
    companions.every((other) => {
      const service = other.services.get(name);
      return !service || !lacks(service);
    })
  );
};

/** Keys below `deploy` that only Swarm obeys. */
const SWARM_KEYS = ['placement', 'update_config', 'rollback_config', 'endpoint_mode', 'mode'] as const;

/** Whether a service is written for Swarm: it has what only Swarm obeys. */
export const isForSwarm = (service: Value): boolean =>
  SWARM_KEYS.some((key) => get(service, 'deploy', key) !== undefined);

/** Whether a stack is written for Swarm: a service of it is. */
export const isSwarm = oncePer(({ services }: StackSubject): boolean =>
  [...services.values()].some(({ value }) => isForSwarm(value)),
);
