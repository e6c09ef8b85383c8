import type { SecretVariable } from '../../catalog/facts.js';
import { imageFacts } from '../../catalog/images.js';
import type { Data } from '../../lint/edits/content.js';
import { namesIn } from '../../model/service.js';
import { get, textOf } from '../../model/value.js';
import type { ProdDecisions, ProxyDecisions } from '../../workspace/decisions.js';
import { SECRETS_FOLDER } from '../env-files.js';
import { leafAt, leavesIn, serviceIn, servicesIn, type Work } from '../work.js';
import { proxyService } from './proxy.js';

/** Limits of a service as decided, and whether they are its own rather than those of all. */
export const limitsFor = (
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
export const fileSecrets = (work: Work, base: string, service: string): readonly FileSecret[] => {
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
export const secretDefinitions = (
  secrets: readonly FileSecret[],
  how: ProdDecisions['secrets'],
): ReadonlyMap<string, Data> =>
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
export const secretCommands = (secrets: readonly FileSecret[], how: ProdDecisions['secrets']): readonly string[] => {
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
export const proxyData = (
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
