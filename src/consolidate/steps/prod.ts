import { type Data, entryLines } from '../../lint/edits/content.js';
import { indented } from '../../lint/edits/lines.js';
import { basename } from '../../source/path.js';
import { sourceOf } from '../../source/source.js';
import { composeCommand } from '../layout.js';
import { NO_CHANGE } from '../operation.js';
import { attempt, type Work } from '../work.js';
import { asMapping } from './families.js';
import { completeProduction } from './prod-layer.js';
import { decideProduction, type ProdService, type Production, secretPath } from './prod-services.js';
import { proxyConfig } from './proxy.js';

const HABITS = { mapping: 2, sequence: 2 };

/** Stands for a tag in data; see `linesFor`. */
const RESET = '!reset null';

/** A service of the base as the new file writes it. */
const serviceData = ({ secrets, restart, limits }: ProdService): { readonly [key: string]: Data } => {
  const environment = Object.fromEntries(
    secrets.flatMap((secret) => [
      [secret.variable, RESET],
      [secret.file, secretPath(secret)],
    ]),
  );
  return {
    ...(secrets.length > 0 ? { environment, secrets: secrets.map(({ secret }) => secret) } : {}),
    ...(restart === undefined ? {} : { restart }),
    ...(limits === undefined ? {} : { deploy: { resources: { limits } } }),
  };
};

const linesFor = (name: string, data: Data): readonly string[] =>
  indented(entryLines(name, data, HABITS), 2).map((line) => line.replace(`"${RESET}"`, RESET));

const secretsSection = (secrets: Production['secrets']): readonly string[] =>
  secrets.size === 0 ? [] : ['', 'secrets:', ...[...secrets].flatMap(([name, data]) => linesFor(name, data))];

/** Writes the production file where there is none yet. */
const createFile = (work: Work, base: string, { services, secrets, proxy, manual }: Production): void => {
  const { layout, analysis } = work;
  const parts = [
    ...services.map((service) => ({ name: service.name, data: serviceData(service) })),
    ...(proxy ? [{ name: proxy.decided.service, data: proxy.data }] : []),
  ];
  if (parts.length === 0) return;
  const command = composeCommand([base, layout.prod], analysis.workspace.directory);
  const text = [
    '# Production: restart policies, limits, credentials as secrets, and the way in.',
    `#   ${command} up -d`,
    '',
    'services:',
    ...parts.flatMap(({ name, data }, i) => [...(i > 0 ? [''] : []), ...linesFor(name, data)]),
    ...secretsSection(secrets),
    ...(proxy ? ['', 'configs:', ...indented(proxyConfig(proxy.decided), 2)] : []),
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
      effect: `${NO_CHANGE} A new one is there: ${command}.`,
      claims: [],
      manual,
    },
    () => {
      const isReady = services.every((service) => service.secrets.length === 0 || asMapping(work, base, service.name));
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
  const file = work.layout.prod;
  const production = decideProduction(work, base.path, file, prod);
  if (layers.some(({ path }) => path === file)) completeProduction(work, base.path, file, production);
  else createFile(work, base.path, production);
};
