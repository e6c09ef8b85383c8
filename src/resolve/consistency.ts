import type { FaultSink } from '../model/fault.js';
import { type ComposePath, formatPath } from '../model/path.js';
import {
  type Entry,
  get,
  isExtended,
  isTrue,
  itemsOf,
  type Mapping,
  placeOfValue,
  textOf,
  type Value,
} from '../model/value.js';
import { findCycles } from './dependency-cycle.js';
import type { FaultLog } from './fault-log.js';

/** What is checked: the services that run, those that an inactive profile keeps back, and the whole model. */
type Subject = { readonly services: Mapping; readonly disabled: Mapping; readonly model: Mapping };

/** What to do about a fault, and the paths that it judges by: with an error at one of them it says nothing. */
type More = { readonly help?: string; readonly needs?: readonly ComposePath[] };

type Complain = (rule: string, about: Value | undefined, path: ComposePath, message: string, more?: More) => void;

/** Checks one service. */
type Check = (name: string, service: Mapping, subject: Subject, complain: Complain) => void;

const number = (value: Value | undefined): number | undefined =>
  value?.kind === 'scalar' && (typeof value.value === 'number' || typeof value.value === 'bigint')
    ? Number(value.value)
    : undefined;

const entriesOf = (value: Value | undefined): readonly (readonly [string, Entry])[] =>
  value?.kind === 'mapping' ? [...value.entries] : [];

const has = (model: Mapping, section: string, name: string): boolean => get(model, section, name) !== undefined;

const filled = (value: Value | undefined): value is Value => value !== undefined && textOf(value) !== '';

const imageOrBuild: Check = (name, service, _subject, complain) => {
  if (get(service, 'build') || filled(get(service, 'image')) || get(service, 'provider')) return;
  const path = ['services', name];
  const needs = ['image', 'build', 'provider', 'extends'].map((key) => [...path, key]);
  complain('no-image-or-build', undefined, path, `The service "${name}" has neither image nor build.`, { needs });
};

const buildKeys: Check = (name, service, { services, disabled }, complain) => {
  const build = get(service, 'build');
  if (build?.kind !== 'mapping') return;
  const inline = get(build, 'dockerfile_inline');
  if (filled(inline) && filled(get(build, 'dockerfile')))
    complain(
      'conflicting-keys',
      inline,
      ['services', name, 'build'],
      `The service "${name}" has dockerfile and dockerfile_inline: one of them is enough.`,
    );
  for (const [context, { value }] of entriesOf(get(build, 'additional_contexts'))) {
    const target = textOf(value)?.startsWith('service:') ? textOf(value)?.slice('service:'.length) : undefined;
    if (target === undefined) continue;
    const path = ['services', name, 'build', 'additional_contexts', context];
    const other = services.entries.get(target)?.value;
    if (!other) {
      const state = disabled.entries.has(target) ? 'is in no active profile' : 'is not defined';
      complain(
        'undefined-reference',
        value,
        path,
        `The service "${name}" takes a build context from "${target}", which ${state}.`,
        { needs: [['services', target]] },
      );
    } else if (!get(other, 'build'))
      complain(
        'undefined-reference',
        value,
        path,
        `The service "${name}" takes a build context from "${target}", which is not built.`,
        { needs: [['services', target, 'build']] },
      );
  }
  const platform = get(service, 'platform');
  const platforms = itemsOf(get(build, 'platforms'));
  if (filled(platform) && platforms.length > 0 && !platforms.some((item) => textOf(item) === textOf(platform)))
    complain(
      'conflicting-keys',
      platform,
      ['services', name, 'platform'],
      `The platform of "${name}" is not among those it is built for.`,
      { needs: [['services', name, 'build', 'platforms']] },
    );
};

const networks: Check = (name, service, { model, services }, complain) => {
  const mode = get(service, 'network_mode');
  const attached = entriesOf(get(service, 'networks'));
  if (filled(mode) && attached.length > 0)
    complain(
      'conflicting-keys',
      mode,
      ['services', name, 'network_mode'],
      `The service "${name}" has network_mode and networks, which exclude each other.`,
    );
  for (const [network, { key, value }] of attached)
    if (!has(model, 'networks', network)) {
      const help =
        network === '#extensions'
          ? 'A name that starts with x- is taken for an extension here.'
          : `Declare it under the top-level \`networks\`.`;
      complain(
        'undefined-reference',
        key ? { ...value, origins: [{ kind: 'written', at: key }] } : value,
        ['services', name, 'networks', network],
        `The service "${name}" is on the network "${network}", which is not declared.`,
        { help, needs: [['networks', network]] },
      );
    }
  const text = textOf(mode);
  const shared = text?.startsWith('service:') ? text.slice('service:'.length) : undefined;
  if (shared !== undefined && !services.entries.has(shared))
    complain(
      'undefined-reference',
      mode,
      ['services', name, 'network_mode'],
      `The service "${name}" shares the network of "${shared}", which is not defined.`,
      { needs: [['services', shared]] },
    );
};

const healthcheck: Check = (name, service, _subject, complain) => {
  const test = get(service, 'healthcheck', 'test');
  const [first] = itemsOf(test);
  const word = textOf(first);
  if (first && word !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(word))
    complain(
      'healthcheck-form',
      first,
      ['services', name, 'healthcheck', 'test'],
      `The healthcheck of "${name}" must start with CMD, CMD-SHELL or NONE.`,
      {
        help: 'Put "CMD" in front, or write the test as one text.',
        needs: [['services', name, 'healthcheck', 'test']],
      },
    );
};

const dependsOn: Check = (name, service, { services, disabled }, complain) => {
  for (const [other, { key, value }] of entriesOf(get(service, 'depends_on'))) {
    // That the network of nobody is shared is said already.
    const isImplied = key === undefined && textOf(get(service, 'network_mode')) === `service:${other}`;
    if (services.entries.has(other) || (isImplied && !disabled.entries.has(other))) continue;
    const required = get(value, 'required');
    const isRequired = isTrue(required);
    const hidden = disabled.entries.get(other)?.value;
    if (hidden && !isRequired) continue;
    const path = ['services', name, 'depends_on', other];
    const about = key ? { ...value, origins: [{ kind: 'written', at: key }] as const } : value;
    if (hidden) {
      const profiles = get(hidden, 'profiles');
      const names = itemsOf(profiles).map(textOf).join(', ');
      const takenAlong = itemsOf(profiles).every(isExtended)
        ? ` "${other}" has its profile by \`extends\`: \`profiles: !reset []\` there takes it away.`
        : '';
      complain(
        'profile-dependency',
        about,
        path,
        `The service "${name}" depends on "${other}", which only the profile ${names} starts.`,
        { help: `Set \`required: false\`, or give "${name}" the same profile.${takenAlong}` },
      );
    } else
      complain(
        'undefined-reference',
        about,
        path,
        `The service "${name}" depends on "${other}", which is not defined.`,
        { needs: [['services', other]] },
      );
  }
};

const references: Check = (name, service, { model }, complain) => {
  const need = (section: string, what: string, item: Value, path: ComposePath): void => {
    const source = get(item, 'source');
    // Without a source it is the resource with the empty name that is meant, and there is none.
    const text = textOf(source) ?? '';
    if (has(model, section, text)) return;
    complain(
      'undefined-reference',
      source ?? item,
      source ? [...path, 'source'] : path,
      `The service "${name}" uses the ${what} "${text}", which is not declared.`,
      {
        help: `Declare it under the top-level \`${section}\`.`,
        needs: [
          [section, text],
          [...path, 'source'],
        ],
      },
    );
  };
  for (const [i, volume] of itemsOf(get(service, 'volumes')).entries())
    if (textOf(get(volume, 'type')) === 'volume' && filled(get(volume, 'source')))
      need('volumes', 'volume', volume, ['services', name, 'volumes', i]);
  for (const [i, secret] of itemsOf(get(service, 'build', 'secrets')).entries())
    need('secrets', 'build secret', secret, ['services', name, 'build', 'secrets', i]);
  for (const [i, config] of itemsOf(get(service, 'configs')).entries())
    need('configs', 'config', config, ['services', name, 'configs', i]);
  for (const [i, secret] of itemsOf(get(service, 'secrets')).entries())
    need('secrets', 'secret', secret, ['services', name, 'secrets', i]);
  for (const [key, { value }] of entriesOf(get(service, 'models')))
    if (!has(model, 'models', key))
      complain(
        'undefined-reference',
        value,
        ['services', name, 'models', key],
        `The service "${name}" uses the model "${key}", which is not declared.`,
        { needs: [['models', key]] },
      );
};

const scale: Check = (name, service, _subject, complain) => {
  const scaleValue = get(service, 'scale');
  const replicas = get(service, 'deploy', 'replicas');
  const [scaled, replicated] = [number(scaleValue), number(replicas)];
  if (scaled !== undefined && replicated !== undefined && scaled !== replicated)
    complain(
      'conflicting-keys',
      scaleValue,
      ['services', name, 'scale'],
      `The service "${name}" has different values for scale and deploy.replicas.`,
    );
  if (scaled !== undefined && scaled < 0)
    complain('schema', scaleValue, ['services', name, 'scale'], `services.${name}.scale must not be negative.`);
  if (replicated !== undefined && replicated < 0)
    complain(
      'schema',
      replicas,
      ['services', name, 'deploy', 'replicas'],
      `services.${name}.deploy.replicas must not be negative.`,
    );
  if ((scaled ?? replicated ?? 1) > 1 && filled(get(service, 'container_name')))
    complain(
      'scaled-container-name',
      get(service, 'container_name'),
      ['services', name, 'container_name'],
      `The service "${name}" has a container_name and more than one replica, but names of containers are unique.`,
    );
};

/** Limits that can be given twice: the service's own key, and the one under `deploy.resources`. */
const LIMITS = [
  ['cpus', 'limits', 'cpus'],
  ['mem_limit', 'limits', 'memory'],
  ['mem_reservation', 'reservations', 'memory'],
  ['pids_limit', 'limits', 'pids'],
] as const;

const limits: Check = (name, service, _subject, complain) => {
  for (const [key, group, twin] of LIMITS) {
    const own = number(get(service, key)) ?? 0;
    const resources = get(service, 'deploy', 'resources', group);
    if (own === 0 || !resources) continue;
    if ((number(get(resources, twin)) ?? 0) !== own)
      complain(
        'conflicting-keys',
        get(service, key),
        ['services', name, key],
        `The service "${name}" has different values for ${key} and deploy.resources.${group}.${twin}.`,
        { needs: [['services', name, 'deploy', 'resources', group, twin]] },
      );
  }
};

const watches: Check = (name, service, _subject, complain) => {
  for (const [i, watch] of itemsOf(get(service, 'develop', 'watch')).entries()) {
    const action = textOf(get(watch, 'action'));
    if (filled(get(watch, 'target')) || action === 'rebuild' || action === 'restart') continue;
    const path = ['services', name, 'develop', 'watch', i];
    const message = `${formatPath(path)} needs a target for the action ${action}.`;
    const needs = [
      [...path, 'target'],
      [...path, 'action'],
    ];
    complain('schema', watch, path, message, { needs });
  }
};

const mounts: Check = (name, service, _subject, complain) => {
  const seen = new Map<string, string>();
  const add = (target: string, about: Value, path: ComposePath): void => {
    const known = seen.get(target);
    if (known !== undefined)
      complain(
        'conflicting-keys',
        about,
        path,
        `${formatPath(path)} mounts on ${target}, where ${known} already does.`,
        { needs: [[...path, 'target']] },
      );
    seen.set(target, formatPath(path));
  };
  for (const [i, tmpfs] of itemsOf(get(service, 'tmpfs')).entries())
    add((textOf(tmpfs) ?? '').split(':')[0] ?? '', tmpfs, ['services', name, 'tmpfs', i]);
  for (const [i, volume] of itemsOf(get(service, 'volumes')).entries())
    add(textOf(get(volume, 'target')) ?? '', get(volume, 'target') ?? volume, ['services', name, 'volumes', i]);
};

/** What docker compose checks of each service that runs, in its order. @see compose-go loader/validate.go */
const CHECKS: readonly Check[] = [
  imageOrBuild,
  buildKeys,
  networks,
  healthcheck,
  dependsOn,
  references,
  scale,
  limits,
  watches,
  mounts,
];

const secrets = (model: Mapping, complain: Complain): void => {
  for (const [name, { value }] of entriesOf(get(model, 'secrets'))) {
    const external = get(value, 'external');
    if (isTrue(external)) continue;
    if (filled(get(value, 'file')) || filled(get(value, 'environment'))) continue;
    const needs = ['file', 'environment'].map((key) => ['secrets', name, key]);
    const message = `The secret "${name}" must have a file or an environment variable.`;
    complain('schema', value, ['secrets', name], message, { needs });
  }
};

const cycles = (services: Mapping, complain: Complain): void => {
  for (const cycle of findCycles(services)) {
    const [first = '', next = first] = cycle;
    const about = get(services, first, 'depends_on', next);
    const chain = [...cycle, first].join(' → ');
    complain(
      'dependency-cycle',
      about,
      ['services', first, 'depends_on', next],
      `The services depend on each other in a cycle: ${chain}.`,
    );
  }
};

/** Faults behind which a part of the model is missing, so that nobody knows what is defined there. */
const INCOMPLETE: ReadonlySet<string> = new Set(['missing-file', 'include-cycle', 'extends-cycle']);

/** What cannot be told of such a model. */
const UNKNOWABLE: ReadonlySet<string> = new Set(['no-image-or-build', 'undefined-reference']);

/** Reports what does not fit together in the services that run. */
export const checkConsistency = (subject: Subject, { all, report, isBroken }: FaultLog): void => {
  const isIncomplete = all().some(({ rule }) => INCOMPLETE.has(rule)) || isBroken(['include']);
  const complain: Complain = (rule, about, path, message, { help, needs = [] } = {}) => {
    if ((isIncomplete && UNKNOWABLE.has(rule)) || needs.some(isBroken)) return;
    const service = path[0] === 'services' ? subject.services.entries.get(String(path[1])) : undefined;
    const at = (about && placeOfValue(about)) ?? service?.key ?? (service && placeOfValue(service.value));
    report({ rule, severity: 'error', message, ...(at ? { at } : {}), path, ...(help === undefined ? {} : { help }) });
  };
  for (const [name, { value }] of subject.services.entries)
    if (value.kind === 'mapping') for (const check of CHECKS) check(name, value, subject, complain);
  secrets(subject.model, complain);
  cycles(subject.services, complain);
};

/** Reports names of containers that two services give. @see compose-go types/project.go, CheckContainerNameUnicity */
export const checkContainerNames = (services: Mapping, report: FaultSink): void => {
  const seen = new Map<string, { service: string; value: Value }>();
  for (const [name, { value }] of services.entries) {
    const container = get(value, 'container_name');
    const text = textOf(container);
    if (!container || text === undefined || text === '') continue;
    const known = seen.get(text);
    if (!known) {
      seen.set(text, { service: name, value: container });
      continue;
    }
    const at = placeOfValue(container);
    const first = placeOfValue(known.value);
    report({
      rule: 'container-name-collision',
      severity: 'error',
      message: `The services "${known.service}" and "${name}" have the same container_name "${text}".`,
      ...(at ? { at } : {}),
      path: ['services', name, 'container_name'],
      notes: first ? [{ at: first, message: `the container_name of "${known.service}"` }] : [],
    });
  }
};
