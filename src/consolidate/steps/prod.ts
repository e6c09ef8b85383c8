import { type Data, entryLines } from '../../lint/edits/content.js';
import { indented } from '../../lint/edits/lines.js';
import { basename } from '../../source/path.js';
import { sourceOf } from '../../source/source.js';
import type { ProdDecisions } from '../../workspace/decisions.js';
import { composeCommand } from '../layout.js';
import { NO_CHANGE } from '../operation.js';
import { attempt, leafAt, servicesIn, type Work } from '../work.js';
import { asMapping } from './families.js';
import { completeProduction } from './prod-layer.js';
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

const HABITS = { mapping: 2, sequence: 2 };

/** Stands for a tag in data; see `linesFor`. */
const RESET = '!reset null';

type ProdService = { readonly data: { readonly [key: string]: Data }; readonly secrets: readonly FileSecret[] };

const serviceData = (work: Work, base: string, service: string, prod: ProdDecisions): ProdService => {
  const secrets = prod.secrets === undefined ? [] : fileSecrets(work, base, service);
  const limits = limitsFor(prod, service);
  const environment = Object.fromEntries(
    secrets.flatMap((secret) => [
      [secret.variable, RESET],
      [secret.file, secretPath(secret)],
    ]),
  );
  const hasRestart = leafAt(work, base, service, ['restart']) !== undefined;
  return {
    secrets,
    data: {
      ...(secrets.length > 0 ? { environment, secrets: secrets.map(({ secret }) => secret) } : {}),
      ...(prod.restart === undefined || hasRestart ? {} : { restart: prod.restart }),
      ...(limits === undefined ? {} : { deploy: { resources: { limits: limits.data } } }),
    },
  };
};

const linesFor = (name: string, data: Data): readonly string[] =>
  indented(entryLines(name, data, HABITS), 2).map((line) => line.replace(`"${RESET}"`, RESET));

const secretsSection = (secrets: readonly FileSecret[], how: ProdDecisions['secrets']): readonly string[] =>
  secrets.length === 0
    ? []
    : ['', 'secrets:', ...[...secretDefinitions(secrets, how)].flatMap(([name, data]) => linesFor(name, data))];

/** The production file where there is none yet: what is decided for each service of the base, and a proxy. */
const createFile = (work: Work, base: string, prod: ProdDecisions): void => {
  const { layout, analysis } = work;
  const services = servicesIn(work, base).map((name) => ({ name, ...serviceData(work, base, name, prod) }));
  const secrets = services.flatMap((service) => service.secrets);
  const { proxy } = prod;
  const parts = [
    ...services.filter(({ data }) => Object.keys(data).length > 0),
    ...(proxy ? [{ name: proxy.service, data: proxyData(work, base, prod, proxy) }] : []),
  ];
  if (parts.length === 0) return;
  const text = [
    '# Production: restart policies, limits, credentials as secrets, and the way in.',
    `#   ${composeCommand([base, layout.prod], analysis.workspace.directory)} up -d`,
    '',
    'services:',
    ...parts.flatMap(({ name, data }, i) => [...(i > 0 ? [''] : []), ...linesFor(name, data)]),
    ...secretsSection(secrets, prod.secrets),
    ...(proxy ? ['', 'configs:', ...indented(proxyConfig(proxy), 2)] : []),
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
      manual: secretCommands(secrets, prod.secrets),
    },
    () => {
      const isReady = services.every(({ name, secrets: own }) => own.length === 0 || asMapping(work, base, name));
      work.texts.set(layout.prod, sourceOf(layout.prod, text));
      return isReady;
    },
  );
};

/** Gives production what is decided for it: in a new file, or in the one that is there. */
export const prepareProduction = (work: Work): void => {
  const { prod } = work.decisions;
  const { base, layers } = work.layout;
  if (!prod || !base) return;
  const existing = layers.find(({ path }) => path === work.layout.prod);
  if (existing) completeProduction(work, base.path, existing.path, prod);
  else createFile(work, base.path, prod);
};
