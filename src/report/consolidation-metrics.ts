import type { Analysis } from '../consolidate/analysis.js';
import { DUPLICATION_DEFINITION } from '../consolidate/overlap.js';
import type { Finding } from '../lint/finding.js';
import { lineCount } from '../source/lines.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { type Block, paragraph, table } from './document.js';

/** One figure, measured on the files today and on those that the plan makes. */
export type Metric = { readonly name: string; readonly before: number; readonly after: number };

type Measured = { readonly analysis: Analysis; readonly findings: readonly Finding[] };

const count = ({ findings }: Measured, rule: string): number =>
  findings.filter((finding) => finding.rule === rule).length;

const duplicates = ({ analysis }: Measured): number =>
  analysis.inventory.services.filter(({ files }) => [...files.values()].includes('duplicate')).length;

const lines = ({ analysis }: Measured): number =>
  analysis.workspace.files.reduce((sum, { source }) => sum + lineCount(source), 0);

const unmet = ({ analysis }: Measured): number =>
  analysis.communication.filter(({ reach }) => [...reach.values()].some((how) => how !== 'reachable')).length;

const MEASURES: readonly (readonly [name: string, measure: (measured: Measured) => number])[] = [
  ['Compose files', ({ analysis }) => analysis.workspace.files.length],
  ['Lines of Compose files', lines],
  ['Settings', ({ analysis }) => analysis.duplication.settings],
  ['Settings repeated by a later file', ({ analysis }) => analysis.duplication.acrossFiles],
  ['Settings repeated inside a family of services', ({ analysis }) => analysis.duplication.insideFamilies],
  ['Services defined twice', duplicates],
  ['Host ports taken twice', (measured) => count(measured, 'port-collision')],
  ['Credentials in files', (measured) => count(measured, 'hardcoded-secret')],
  ['Images without a version', (measured) => count(measured, 'latest-tag')],
  ['Development settings in the base', (measured) => count(measured, 'dev-settings-in-base')],
  ['Services without a health check', (measured) => count(measured, 'missing-healthcheck')],
  ['Needs that are not met in some stack', unmet],
  [
    'Stacks that docker compose refuses',
    ({ analysis }) => analysis.workspace.stacks.filter(({ refused }) => refused).length,
  ],
  ['Errors', ({ findings }) => findings.filter(({ severity }) => severity === 'error').length],
  ['Warnings', ({ findings }) => findings.filter(({ severity }) => severity === 'warning').length],
  ['Notes', ({ findings }) => findings.filter(({ severity }) => severity === 'info').length],
];

/** All figures of the report. */
export const metricsOf = ({ before, after, findings, findingsAfter }: ConsolidationInput): readonly Metric[] =>
  MEASURES.map(([name, measure]) => ({
    name,
    before: measure({ analysis: before, findings }),
    after: measure({ analysis: after, findings: findingsAfter }),
  }));

const percent = (part: number, whole: number): string =>
  whole === 0 ? '0 %' : `${Math.round((part * 1000) / whole) / 10} %`;

/** The share of settings that repeat another, in words. */
export const duplicationText = ({ duplication }: Analysis): string => {
  const { settings, acrossFiles, insideFamilies } = duplication;
  const all = acrossFiles + insideFamilies;
  return `${acrossFiles} of ${settings} settings (${percent(acrossFiles, settings)}) repeat an earlier file; with repetitions inside families of services it is ${all} (${percent(all, settings)})`;
};

/** The figures as a table, with the definition of those that need one. */
export const metricsText = (input: ConsolidationInput): readonly Block[] => [
  ...table(
    'Figures before and after',
    ['Measure', 'Before', 'After'],
    metricsOf(input).map(({ name, before, after }) => [name, String(before), String(after)]),
  ),
  paragraph(DUPLICATION_DEFINITION),
];
