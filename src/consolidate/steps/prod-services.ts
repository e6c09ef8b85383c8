import type { SecretVariable } from '../../catalog/facts.js';
import { imageFacts } from '../../catalog/images.js';
import type { Data } from '../../lint/edits/content.js';
import type { ComposePath } from '../../model/path.js';
import { namesIn } from '../../model/service.js';
import { get, textOf } from '../../model/value.js';
import type { ProdDecisions, ProxyDecisions } from '../../workspace/decisions.js';
import { SECRETS_FOLDER } from '../env-files.js';
import { leafAt, leavesIn, rootOf, serviceIn, servicesIn, type Work } from '../work.js';
import { proxyService } from './proxy.js';

/** Limits of a service as decided, and whether they are its own rather than those of all. */
const limitsFor = (
  { limits }: ProdDecisions,
  service: string,
): { readonly data: Readonly<Record<string, Data>>; readonly isOwn: boolean } | undefined => {
  const own = limits.get(service);
  const found = own ?? limits.get('default');
  if (!found) return undefined;
  const { cpus, memory } = found;
  const data = { ...(cpus === undefined ? {} : { cpus }), ...(memory === undefined ? {} : { memory }) };
  return { data, isOwn: own !== undefined };
};

/** A credential that an image takes from a file instead, with the name of the secret that is the file. */
export type FileSecret = {
  readonly service: string;
  readonly variable: string;
  /** The variable that names the file. */
  readonly file: string;
  readonly secret: string;
};

/** Credentials of a service of the base that are variables by now, and that its image would take from files. */
const fileSecrets = (work: Work, base: string, service: string): readonly FileSecret[] => {
  const image = textOf(get(serviceIn(work, base, service), 'image'));
  const known: readonly SecretVariable[] = (image === undefined ? undefined : imageFacts(image)?.secrets) ?? [];
  return known.flatMap(({ name, file }) => {
    const leaf = leafAt(work, base, service, ['environment', name]);
    const reference = /^\$\{(\w+)\}$/.exec(leaf?.text ?? '')?.[1];
    return file === undefined || reference === undefined
      ? []
      : [{ service, variable: name, file, secret: reference.toLowerCase() }];
  });
};

/** Path of a secret inside of a container. */
export const secretPath = ({ secret }: FileSecret): string => `/run/secrets/${secret}`;

/** Definitions of secrets by name, each once. */
const secretDefinitions = (secrets: readonly FileSecret[], how: ProdDecisions['secrets']): ReadonlyMap<string, Data> =>
  new Map(
    secrets.map(({ secret }) => [
      secret,
      how === 'files' ? { file: `./${SECRETS_FOLDER}/${secret}.txt` } : { environment: secret.toUpperCase() },
    ]),
  );

/**
 * What is left to be done by hand for secrets that are files. They are mounted as they are: whoever a container runs as must
 * be able to read them, so that the folder is what keeps others out.
 */
const secretCommands = (secrets: readonly FileSecret[], how: ProdDecisions['secrets']): readonly string[] => {
  if (how !== 'files' || secrets.length === 0) return [];
  const names = [...new Set(secrets.map(({ secret }) => secret))];
  return [
    `install -d -m 700 ${SECRETS_FOLDER}`,
    ...names.map(
      (name) =>
        `install -m 644 /dev/stdin ${SECRETS_FOLDER}/${name}.txt # type the value of ${name.toUpperCase()} and end it with Ctrl-D`,
    ),
  ];
};

const networksOf = (work: Work, base: string, service: string): readonly string[] => {
  const networks = get(serviceIn(work, base, service), 'networks');
  if (networks?.kind === 'mapping') return namesIn(networks);
  return leavesIn(work, base, service).flatMap(({ path }) => (path[0] === 'networks' ? [String(path[1])] : []));
};

/** Networks that lead to all upstreams: for each one that is not reached yet, the one that the fewest others are on. */
const networksToUpstreams = (work: Work, base: string, { to }: ProxyDecisions): readonly string[] => {
  const all = servicesIn(work, base).map((service) => networksOf(work, base, service));
  const members = (network: string): number => all.filter((networks) => networks.includes(network)).length;
  const chosen = new Set<string>();
  for (const upstream of to.values()) {
    const own = networksOf(work, base, upstream.split(':')[0] ?? '');
    const [least] = [...own].sort((a, b) => members(a) - members(b));
    if (least !== undefined && !own.some((network) => chosen.has(network))) chosen.add(least);
  }
  return [...chosen];
};

/** The proxy as a service of the production file. */
const proxyData = (
  work: Work,
  base: string,
  prod: ProdDecisions,
  proxy: ProxyDecisions,
): Readonly<Record<string, Data>> => {
  const limits = limitsFor(prod, proxy.service);
  return {
    ...proxyService(proxy, networksToUpstreams(work, base, proxy)),
    ...(prod.restart === undefined ? {} : { restart: prod.restart }),
    ...(limits === undefined ? {} : { deploy: { resources: { limits: limits.data } } }),
  };
};

/** What production gives to one service of the base. Undefined or empty: nothing. */
export type ProdService = {
  readonly name: string;
  readonly secrets: readonly FileSecret[];
  readonly restart: string | undefined;
  /** `cpus`, `memory`. */
  readonly limits: Readonly<Record<string, Data>> | undefined;
};

/** What is decided for production, whether it is written to a new file or into the one that is there. */
export type Production = {
  /** Services that get something, in the order of the base. */
  readonly services: readonly ProdService[];
  /** Definitions of secrets that the file does not have, by name. */
  readonly secrets: ReadonlyMap<string, Data>;
  /** The proxy's service; undefined where none is decided, or there is one of its name. */
  readonly proxy: { readonly decided: ProxyDecisions; readonly data: Readonly<Record<string, Data>> } | undefined;
  /** What is left to be done by hand for the secrets. */
  readonly manual: readonly string[];
};

/**
 * What production gets, by the decisions and by what the files say already: a policy for all services gives way to what base
 * or production file say of one, a limit for one service does not.
 * @param file The production file, which need not be there.
 */
export const decideProduction = (work: Work, base: string, file: string, prod: ProdDecisions): Production => {
  const services = servicesIn(work, base).map((name): ProdService => {
    const isGiven = (path: ComposePath): boolean =>
      [base, file].some((where) => leafAt(work, where, name, path) !== undefined);
    const limits = limitsFor(prod, name);
    const wanted = Object.entries(limits?.data ?? {}).filter(
      ([key]) => limits?.isOwn || !isGiven(['deploy', 'resources', 'limits', key]),
    );
    return {
      name,
      secrets:
        prod.secrets === undefined
          ? []
          : fileSecrets(work, base, name).filter(
              (secret) => leafAt(work, file, name, ['environment', secret.file]) === undefined,
            ),
      restart: isGiven(['restart']) ? undefined : prod.restart,
      limits: wanted.length === 0 ? undefined : Object.fromEntries(wanted),
    };
  });
  const secrets = services.flatMap((service) => service.secrets);
  const known = get(rootOf(work.texts.get(file)), 'secrets');
  const { proxy } = prod;
  const hasProxy = proxy && [base, file].some((where) => servicesIn(work, where).includes(proxy.service));
  return {
    services: services.filter(
      (service) => service.secrets.length > 0 || service.restart !== undefined || service.limits !== undefined,
    ),
    secrets: new Map([...secretDefinitions(secrets, prod.secrets)].filter(([name]) => !get(known, name))),
    proxy: proxy && !hasProxy ? { decided: proxy, data: proxyData(work, base, prod, proxy) } : undefined,
    manual: secretCommands(secrets, prod.secrets),
  };
};
