import { imageFacts } from '../catalog/images.js';
import type { Operation } from '../consolidate/operation.js';
import { placeAt } from '../lint/edits/place.js';
import type { Finding } from '../lint/finding.js';
import type { ServiceSubject } from '../lint/subjects.js';
import { parseImage } from '../model/image.js';
import { mountsOf, namesIn } from '../model/service.js';
import { get, type Mapping, textOf } from '../model/value.js';
import { lineStartAt, nextLineAt, placeOf } from '../source/lines.js';
import type { Source } from '../source/source.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { type Block, code, fold, heading, list, listing, mark, type Phrase, SEVERITY_MARK, table } from './document.js';

const WORDS = { defined: '✓', override: '✓ (override)', duplicate: '✓ (duplicate)' } as const;

/** Which file says what about which service. */
export const serviceMatrix = ({ before, name }: ConsolidationInput): readonly Block[] => {
  const { files, services } = before.inventory;
  return table(
    'Which file says what about which service',
    ['Service', ...files.map(({ path }) => name(path))],
    services.map((row) => [
      row.name,
      ...files.map(({ path }) => {
        const presence = row.files.get(path);
        return presence === undefined ? '-' : WORDS[presence];
      }),
    ]),
  );
};

const dedented = (text: string): string => {
  const lines = text.trimEnd().split(/\r?\n/);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
};

/** The lines that a file has about a service. */
const textIn = (source: Source, service: string): string | undefined => {
  const item = placeAt(source, ['services', service])?.steps.at(-1)?.item;
  return item && dedented(source.text.slice(lineStartAt(source, item.start), nextLineAt(source, item.end)));
};

/** A service as the first stack that has it resolves it. */
const resolved = ({ before }: ConsolidationInput, service: string): ServiceSubject | undefined =>
  before.subject.stacks.map(({ services }) => services.get(service)).find((found) => found !== undefined);

type Strength = (service: Mapping, subject: ServiceSubject) => string | undefined;

const waitsForHealthy: Strength = (service) => {
  const dependsOn = get(service, 'depends_on');
  const awaited = namesIn(dependsOn).filter((name) => textOf(get(dependsOn, name, 'condition')) === 'service_healthy');
  return awaited.length === 0 ? undefined : `waits until ${awaited.join(', ')} is healthy`;
};

const keepsData: Strength = (service) => {
  const image = textOf(get(service, 'image'));
  const stateful = (image === undefined ? undefined : imageFacts(image)?.stateful) ?? [];
  const kept = mountsOf(service).find(
    ({ target, sourceText }) => sourceText !== undefined && stateful.some(({ path }) => path === target),
  );
  return (
    kept &&
    `keeps its data in ${kept.type === 'volume' ? 'the volume ' : ''}${kept.type === 'volume' ? kept.sourceText : 'the project'}`
  );
};

const hasVersion: Strength = (service) => {
  const image = textOf(get(service, 'image'));
  const { tag, digest } = parseImage(image ?? '');
  return image !== undefined && (digest !== undefined || (tag !== undefined && tag !== 'latest'))
    ? `runs a version, ${image}`
    : undefined;
};

const STRENGTHS: readonly Strength[] = [
  (service) => (get(service, 'healthcheck') ? 'has a health check' : undefined),
  (_, { dockerfile }) => (dockerfile()?.stage?.hasHealthcheck ? 'has a health check in its Dockerfile' : undefined),
  waitsForHealthy,
  keepsData,
  hasVersion,
  (service) => (get(service, 'restart') ? `is started again (${textOf(get(service, 'restart')) ?? ''})` : undefined),
  (service) => (get(service, 'deploy', 'resources', 'limits') ? 'has limits' : undefined),
  (_, { dockerfile }) => ((dockerfile()?.file.stageCount ?? 0) > 1 ? 'is built in stages' : undefined),
];

/** What is good about a service as it is. */
export const strengthsOf = (input: ConsolidationInput, service: string): readonly string[] => {
  const subject = resolved(input, service);
  return subject ? STRENGTHS.flatMap((strength) => strength(subject.value, subject) ?? []) : [];
};

const isAbout = ({ path }: Finding, service: string): boolean => path[0] === 'services' && String(path[1]) === service;

/** What is found about a service today. */
export const issuesOf = ({ findings }: ConsolidationInput, service: string): readonly Finding[] =>
  findings.filter((finding) => isAbout(finding, service));

const concerns = ({ service, paths }: Operation, name: string): boolean =>
  service === name || paths.some((path) => path[0] === 'services' && String(path[1]) === name);

/** What the plan does about a service. */
export const plannedFor = ({ consolidation }: ConsolidationInput, service: string): readonly Operation[] =>
  consolidation.plan.operations.filter((operation) => concerns(operation, service));

const issueLine = ({ severity, message, at, rule, help }: Finding, { name }: ConsolidationInput): Phrase => [
  mark(SEVERITY_MARK[severity], message),
  at ? ` (${placeOf(at, name(at.source.path))}) ` : ' ',
  { kind: 'rule', id: rule },
  help === undefined ? '' : ` → ${help}`,
];

/** One service: its configuration in each file, issues, strengths, recommendations. */
const serviceText = (input: ConsolidationInput, service: string): Block => {
  const { before, show, name } = input;
  const texts = before.workspace.files.flatMap(({ path, source }) => {
    const text = textIn(source, service);
    return text === undefined ? [] : [heading(4, name(path)), ...listing('yaml', show(text))];
  });
  const strengths = strengthsOf(input, service).map((text) => [mark('good', `It ${text}.`)]);
  const issues = issuesOf(input, service).map((finding) => issueLine(finding, input));
  const planned = plannedFor(input, service).map(({ kind, reason, effect }) => [
    code(kind),
    `: ${show(reason)} ${show(effect)}`,
  ]);
  const titled = (title: string, items: readonly Phrase[]): readonly Block[] =>
    items.length === 0 ? [] : [heading(4, title), ...list(items)];
  return fold(service, [
    ...texts,
    ...titled('Issues', issues),
    ...titled('Strengths', strengths),
    ...titled('Recommendations, as planned', planned),
  ]);
};

/** All services, one after the other. */
export const servicesText = (input: ConsolidationInput): readonly Block[] =>
  input.before.inventory.services.map(({ name }) => serviceText(input, name));
