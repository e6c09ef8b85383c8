import type { ComposePath } from '../../model/path.js';
import { get } from '../../model/value.js';
import { basename } from '../../source/path.js';
import type { ProdDecisions, ProxyDecisions } from '../../workspace/decisions.js';
import { hasService, provenPairs } from '../claims.js';
import type { StackPair } from '../layout.js';
import type { Claim } from '../operation.js';
import { attempt, insert, leafAt, removeLeaf, rootOf, serviceIn, servicesIn, type Work } from '../work.js';
import { add } from './decided.js';
import { asMapping } from './families.js';
import {
  type FileSecret,
  fileSecrets,
  limitsFor,
  proxyData,
  secretCommands,
  secretDefinitions,
  secretPath,
} from './prod-services.js';
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

/** Restart policies and limits. What the file itself says of a service counts more than what is decided for all of them. */
const addPolicies = (work: Work, base: string, file: string, prod: ProdDecisions): void => {
  for (const service of servicesIn(work, base)) {
    const limits = limitsFor(prod, service);
    const isGiven = (path: ComposePath): boolean =>
      leafAt(work, file, service, path) !== undefined || leafAt(work, base, service, path) !== undefined;
    const wanted = Object.entries(limits?.data ?? {}).filter(
      ([key]) => limits?.isOwn || !isGiven(['deploy', 'resources', 'limits', key]),
    );
    const data = {
      ...(prod.restart === undefined || isGiven(['restart']) ? {} : { restart: prod.restart }),
      ...(wanted.length === 0 ? {} : { deploy: { resources: { limits: Object.fromEntries(wanted) } } }),
    };
    if (Object.keys(data).length > 0)
      add(work, file, { service, data, reason: 'Decided for production.', rule: 'missing-limits' });
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

/** Credentials that images take from files become secrets in the production file that is there. */
const addSecrets = (work: Work, base: string, file: string, prod: ProdDecisions): void => {
  if (prod.secrets === undefined) return;
  const secrets = servicesIn(work, base)
    .flatMap((service) => fileSecrets(work, base, service))
    .filter((secret) => leafAt(work, file, secret.service, ['environment', secret.file]) === undefined);
  if (secrets.length === 0) return;
  const known = get(rootOf(work.texts.get(file)), 'secrets');
  const definitions = [...secretDefinitions(secrets, prod.secrets)].filter(([name]) => !get(known, name));
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
    ...definitions.flatMap(([name]) => claimsFor(work, file, [{ path: ['secrets', name], side: 'before' }])),
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
      manual: secretCommands(secrets, prod.secrets),
    },
    () =>
      secrets.every((secret) => useSecret(work, base, file, secret)) &&
      definitions.every(([name, data]) => insert(work, file, ['secrets', name], 'entry', data)),
  );
};

/** The proxy in the production file that is there. */
const addProxy = (work: Work, base: string, file: string, prod: ProdDecisions, proxy: ProxyDecisions): void => {
  const { service } = proxy;
  if ([base, file].some((path) => servicesIn(work, path).includes(service))) return;
  const upstreams = [...new Set([...proxy.to.values()].map((upstream) => upstream.split(':')[0]))].join(', ');
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
      effect: `${service} answers on port ${proxy.port} and hands on to ${upstreams}.`,
      claims: claimsFor(work, file, [
        { path: ['services', service], side: 'before' },
        { path: ['configs', service], side: 'before' },
      ]),
      manual: [],
    },
    () =>
      insert(work, file, ['services', service], 'entry', proxyData(work, base, prod, proxy)) &&
      insert(work, file, ['configs', service], 'entry', {
        kind: 'text',
        lines: proxyConfig(proxy),
        flow: undefined,
      }),
  );
};

/** Gives the production file that is there what is decided for production. */
export const completeProduction = (work: Work, base: string, file: string, prod: ProdDecisions): void => {
  addPolicies(work, base, file, prod);
  addSecrets(work, base, file, prod);
  if (prod.proxy) addProxy(work, base, file, prod, prod.proxy);
};
