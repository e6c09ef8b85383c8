import type { SecretVariable } from '../../catalog/facts.js';
import { imageFacts } from '../../catalog/images.js';
import { type Data, entryLines } from '../../lint/edits/content.js';
import { namesIn } from '../../model/service.js';
import { get, textOf } from '../../model/value.js';
import { basename } from '../../source/path.js';
import { sourceOf } from '../../source/source.js';
import type { ProdDecisions, ProxyDecisions } from '../../workspace/decisions.js';
import { composeCommand } from '../layout.js';
import { NO_CHANGE } from '../operation.js';
import { attempt, leafAt, leavesIn, serviceIn, servicesIn, type Work } from '../work.js';
import { add } from './decided.js';
import { asMapping } from './families.js';
import { proxyConfig, proxyService } from './proxy.js';

const HABITS = { mapping: 2, sequence: 2 };

/** Stands for a tag in data; see `linesFor`. */
const RESET = '!reset null';

const limitsFor = ({ limits }: ProdDecisions, service: string): Data | undefined => {
  const found = limits.get(service) ?? limits.get('default');
  if (!found) return undefined;
  const { cpus, memory } = found;
  return {
    resources: { limits: { ...(cpus === undefined ? {} : { cpus }), ...(memory === undefined ? {} : { memory }) } },
  };
};

/** A credential that an image takes from a file instead, with the name of the secret that is the file. */
type FileSecret = { readonly variable: string; readonly file: string; readonly secret: string };

const fileSecrets = (work: Work, base: string, service: string): readonly FileSecret[] => {
  const image = textOf(get(serviceIn(work, base, service), 'image'));
  const known: readonly SecretVariable[] = (image === undefined ? undefined : imageFacts(image)?.secrets) ?? [];
  return known.flatMap(({ name, file }) => {
    const leaf = leafAt(work, base, service, ['environment', name]);
    const reference = /^\$\{(\w+)\}$/.exec(leaf?.text ?? '')?.[1];
    return file === undefined || reference === undefined
      ? []
      : [{ variable: name, file, secret: reference.toLowerCase() }];
  });
};

type ProdService = { readonly data: { readonly [key: string]: Data }; readonly secrets: readonly FileSecret[] };

const serviceData = (work: Work, base: string, service: string, prod: ProdDecisions): ProdService => {
  const secrets = prod.secrets === undefined ? [] : fileSecrets(work, base, service);
  const deploy = limitsFor(prod, service);
  const environment = Object.fromEntries(
    secrets.flatMap(({ variable, file, secret }) => [
      [variable, RESET],
      [file, `/run/secrets/${secret}`],
    ]),
  );
  const hasRestart = leafAt(work, base, service, ['restart']) !== undefined;
  return {
    secrets,
    data: {
      ...(secrets.length > 0 ? { environment, secrets: secrets.map(({ secret }) => secret) } : {}),
      ...(prod.restart === undefined || hasRestart ? {} : { restart: prod.restart }),
      ...(deploy === undefined ? {} : { deploy }),
    },
  };
};

const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? line : ' '.repeat(by) + line));

const linesFor = (name: string, data: Data): readonly string[] =>
  indented(entryLines(name, data, HABITS), 2).map((line) => line.replace(`"${RESET}"`, RESET));

const secretsSection = (secrets: readonly FileSecret[], how: ProdDecisions['secrets']): readonly string[] => {
  if (secrets.length === 0) return [];
  const entries = new Map(secrets.map((secret) => [secret.secret, secret]));
  const data = [...entries].map(([name]): readonly [string, Data] => [
    name,
    how === 'files' ? { file: `./secrets/${name}.txt` } : { environment: name.toUpperCase() },
  ]);
  return ['', 'secrets:', ...data.flatMap(([name, value]) => linesFor(name, value))];
};

const networksOfUpstreams = (work: Work, base: string, proxy: ProxyDecisions): readonly string[] => [
  ...new Set([...proxy.to.values()].flatMap((upstream) => namesOfNetworks(work, base, upstream.split(':')[0] ?? ''))),
];

const namesOfNetworks = (work: Work, base: string, service: string): readonly string[] => {
  const networks = get(serviceIn(work, base, service), 'networks');
  if (networks?.kind === 'mapping') return namesIn(networks);
  return leavesIn(work, base, service).flatMap(({ path }) => (path[0] === 'networks' ? [String(path[1])] : []));
};

/** The production file where there is none yet: what is decided for each service of the base, and a proxy. */
const createFile = (work: Work, base: string, prod: ProdDecisions): void => {
  const { layout, analysis } = work;
  const services = servicesIn(work, base).map((name) => ({ name, ...serviceData(work, base, name, prod) }));
  const secrets = services.flatMap((service) => service.secrets);
  const { proxy } = prod;
  const proxied = proxy && {
    ...proxyService(proxy, networksOfUpstreams(work, base, proxy)),
    ...restOf(prod, proxy.service),
  };
  const parts = [
    ...services.filter(({ data }) => Object.keys(data).length > 0),
    ...(proxy && proxied ? [{ name: proxy.service, data: proxied }] : []),
  ];
  if (parts.length === 0) return;
  const text = [
    '# Production: restart policies, limits, credentials as secrets, and the way in.',
    `#   ${composeCommand([base, layout.prod], analysis.workspace.directory)} up -d`,
    '',
    'services:',
    ...parts.flatMap(({ name, data }, i) => [...(i > 0 ? [''] : []), ...linesFor(name, data)]),
    ...secretsSection(secrets, prod.secrets),
    ...(proxy ? ['', ...proxyConfig(proxy)] : []),
    '',
  ].join('\n');
  attempt(
    work,
    {
      id: `create-file:${basename(layout.prod)}`,
      kind: 'create-file',
      service: undefined,
      paths: parts.map(({ name }) => ['services', name]),
      from: undefined,
      to: layout.prod,
      reason: 'Decided: production gets restart policies, limits, secrets and a proxy of its own file.',
      rule: 'missing-restart-policy',
      effect: `${NO_CHANGE} A new one is there: ${composeCommand([base, layout.prod], analysis.workspace.directory)}.`,
      claims: [],
      manual:
        prod.secrets === 'files'
          ? [...new Set(secrets.map(({ secret }) => `install -D -m 600 /dev/stdin secrets/${secret}.txt`))]
          : [],
    },
    () => {
      const isReady = services.every(({ name, secrets: own }) => own.length === 0 || asMapping(work, base, name));
      work.texts.set(layout.prod, sourceOf(layout.prod, text));
      return isReady;
    },
  );
};

const restOf = (prod: ProdDecisions, service: string): { readonly [key: string]: Data } => {
  const deploy = limitsFor(prod, service);
  return {
    ...(prod.restart === undefined ? {} : { restart: prod.restart }),
    ...(deploy === undefined ? {} : { deploy }),
  };
};

/** Gives production what is decided for it: in a new file, or restart policies and limits in the one that is there. */
export const prepareProduction = (work: Work): void => {
  const { prod } = work.decisions;
  const { base, layers } = work.layout;
  if (!prod || !base) return;
  const existing = layers.find(({ path }) => path === work.layout.prod);
  if (!existing) {
    createFile(work, base.path, prod);
    return;
  }
  for (const service of servicesIn(work, base.path)) {
    const { restart, deploy } = serviceData(work, base.path, service, prod).data;
    const data = { ...(restart === undefined ? {} : { restart }), ...(deploy === undefined ? {} : { deploy }) };
    if (Object.keys(data).length > 0)
      add(work, existing.path, { service, data, reason: 'Decided for production.', rule: 'missing-limits' });
  }
};
