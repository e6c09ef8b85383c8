import type { ComposePath } from '../../model/path.js';
import { get } from '../../model/value.js';
import { basename } from '../../source/path.js';
import { hasService, provenPairs } from '../claims.js';
import type { StackPair } from '../layout.js';
import type { Claim } from '../operation.js';
import { attempt, insert, leafAt, removeLeaf, serviceIn, type Work } from '../work.js';
import { add } from './decided.js';
import { asMapping } from './families.js';
import { type FileSecret, type Production, secretPath } from './prod-services.js';
import { proxyConfig } from './proxy.js';

/** Differences at some paths in every stack that loads the production file, and the services concerned. */
const claimsFor = (
  work: Work,
  file: string,
  paths: readonly { readonly path: ComposePath; readonly side: 'before' | 'after' }[],
  isConcerned: (pair: StackPair) => boolean = () => true,
): readonly Claim[] =>
  provenPairs(work)
    .filter((pair) => pair.after.includes(file) && isConcerned(pair))
    .flatMap(({ name }) => paths.map(({ path, side }): Claim => ({ stack: name, path, [side]: null })));

/** Restart policies and limits. */
const addPolicies = (work: Work, file: string, { services }: Production): void => {
  for (const { name, restart, limits } of services) {
    const data = {
      ...(restart === undefined ? {} : { restart }),
      ...(limits === undefined ? {} : { deploy: { resources: { limits } } }),
    };
    if (Object.keys(data).length > 0)
      add(work, file, { service: name, data, reason: 'Decided for production.', rule: 'missing-limits' });
  }
};

/** A variable that is taken away from what the base says. */
const reset = (name: string) => ({ kind: 'text', lines: [`${name}: !reset null`], flow: undefined }) as const;

/** One credential of a service as a secret, its variable reset: an image takes one of the two, not both. */
const useSecret = (work: Work, base: string, file: string, secret: FileSecret): boolean => {
  const { service, variable } = secret;
  const path = ['services', service, 'environment'];
  if (!asMapping(work, base, service)) return false;
  const hasEnvironment = get(serviceIn(work, file, service), 'environment') !== undefined;
  if (hasEnvironment && !asMapping(work, file, service)) return false;
  const isGiven = leafAt(work, file, service, ['environment', variable]) !== undefined;
  if (isGiven && !removeLeaf(work, file, service, ['environment', variable])) return false;
  return (
    insert(work, file, [...path, variable], 'entry', reset(variable)) &&
    insert(work, file, [...path, secret.file], 'entry', secretPath(secret)) &&
    insert(work, file, ['services', service, 'secrets'], 'item', secret.secret)
  );
};

/** Credentials that images take from files become secrets. */
const addSecrets = (work: Work, base: string, file: string, production: Production): void => {
  const secrets = production.services.flatMap((service) => service.secrets);
  if (secrets.length === 0) return;
  const claims = [
    ...secrets.flatMap(({ service, variable, file: names }) =>
      claimsFor(
        work,
        file,
        [
          { path: ['services', service, 'environment', variable], side: 'after' },
          { path: ['services', service, 'environment', names], side: 'before' },
          { path: ['services', service, 'secrets'], side: 'before' },
        ],
        (pair) => hasService(pair, service),
      ),
    ),
    ...[...production.secrets.keys()].flatMap((name) =>
      claimsFor(work, file, [{ path: ['secrets', name], side: 'before' }]),
    ),
  ];
  const services = [...new Set(secrets.map(({ service }) => service))];
  attempt(
    work,
    {
      id: `use-secrets:${basename(file)}`,
      kind: 'add-value',
      service: undefined,
      paths: secrets.map(({ service, variable }) => ['services', service, 'environment', variable]),
      from: undefined,
      to: file,
      reason: 'Decided: production takes credentials from files. Whoever can look at a container sees its variables.',
      rule: undefined,
      effect: `${services.join(', ')} read credentials from /run/secrets; the variables are reset.`,
      claims,
      manual: production.manual,
    },
    () =>
      secrets.every((secret) => useSecret(work, base, file, secret)) &&
      [...production.secrets].every(([name, data]) => insert(work, file, ['secrets', name], 'entry', data)),
  );
};

/** The proxy, with its configuration. */
const addProxy = (work: Work, file: string, { proxy }: Production): void => {
  if (!proxy) return;
  const { service, to, port } = proxy.decided;
  const upstreams = [...new Set([...to.values()].map((upstream) => upstream.split(':')[0]))].join(', ');
  attempt(
    work,
    {
      id: `add-proxy:${basename(file)}:${service}`,
      kind: 'add-value',
      service,
      paths: [['services', service]],
      from: undefined,
      to: file,
      reason: 'Decided: a proxy is the way in, so that no service has to publish a port of its own.',
      rule: undefined,
      effect: `${service} answers on port ${port} and hands on to ${upstreams}.`,
      claims: claimsFor(work, file, [
        { path: ['services', service], side: 'before' },
        { path: ['configs', service], side: 'before' },
      ]),
      manual: [],
    },
    () =>
      insert(work, file, ['services', service], 'entry', proxy.data) &&
      insert(work, file, ['configs', service], 'entry', {
        kind: 'text',
        lines: proxyConfig(proxy.decided),
        flow: undefined,
      }),
  );
};

/** Gives the production file that is there what is decided for production. */
export const completeProduction = (work: Work, base: string, file: string, production: Production): void => {
  addPolicies(work, file, production);
  addSecrets(work, base, file, production);
  addProxy(work, file, production);
};
