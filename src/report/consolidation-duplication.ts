import { agreement, type OverlapEntry, type ServiceOverlap } from '../consolidate/overlap.js';
import { formatPath } from '../model/path.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { duplicationText } from './consolidation-metrics.js';
import {
  type Block,
  code,
  heading,
  joined,
  list,
  mark,
  type Phrase,
  type Piece,
  paragraph,
  strong,
  table,
} from './document.js';
import { variableValue } from './variable-value.js';

const KINDS: Readonly<Record<OverlapEntry['kind'], string>> = {
  equal: 'equal: redundant',
  different: 'different',
  'only-earlier': 'only in the first',
  'only-later': 'only in the second',
};

const cell = (text: string | undefined, { show }: ConsolidationInput): Phrase =>
  text === undefined ? '' : text === '' ? 'there' : [code(show(text))];

const overlapText = (overlap: ServiceOverlap, input: ConsolidationInput): readonly Block[] => {
  const { service, earlier, later, entries } = overlap;
  const { equal, distinct } = agreement(overlap);
  const [first, second] = [input.name(earlier.path), input.name(later.path)];
  return [
    paragraph(strong(service), `, ${first} and ${second}: ${equal} of ${distinct} distinct settings are the same.`),
    ...table(
      `Settings of ${service} in ${first} and ${second}`,
      ['Setting', first, second, 'Verdict'],
      entries
        .filter(({ kind }) => kind === 'equal' || kind === 'different')
        .map((entry) => [
          [code(formatPath(entry.path))],
          cell(entry.earlier?.text, input),
          cell(entry.later?.text, input),
          KINDS[entry.kind],
        ]),
    ),
  ];
};

const duplicateRows = ({ before, name }: ConsolidationInput): readonly (readonly string[])[] =>
  before.inventory.services
    .filter(({ files }) => [...files.values()].includes('duplicate'))
    .map(({ name: service, files }) => [service, [...files.keys()].map(name).join(', ')]);

const variableTable = (input: ConsolidationInput): readonly Block[] => {
  const { files, variables } = input.before.inventory;
  const shared = variables.filter(({ values }) => values.size > 1);
  return table(
    'Variables that several files give',
    ['Service', 'Variable', ...files.map(({ path }) => input.name(path)), 'Verdict'],
    shared.map(({ service, name, values }) => {
      const texts = new Set([...values.values()].map(({ text }) => text));
      return [
        service,
        [code(name)],
        ...files.map(({ path }) => {
          const value = values.get(path);
          return value ? [code(input.show(variableValue(input.before.subject, name, value.value)))] : '-';
        }),
        texts.size > 1 ? 'overridden' : 'redundant',
      ];
    }),
  );
};

const hostPort = (text: string): string | undefined => /(?:^|:)(\d+(?:-\d+)?):\d+/.exec(text)?.[1];

const portTable = ({ before, name }: ConsolidationInput): readonly Block[] => {
  const rows = new Map<string, { services: Set<string>; cells: Map<string, string[]> }>();
  for (const { service, file, text } of before.inventory.ports) {
    const port = hostPort(text);
    if (port === undefined) continue;
    const row = rows.get(port) ?? { services: new Set<string>(), cells: new Map<string, string[]>() };
    row.services.add(service);
    row.cells.set(file, [...(row.cells.get(file) ?? []), service]);
    rows.set(port, row);
  }
  return table(
    'Host ports by file',
    ['Host port', ...before.inventory.files.map(({ path }) => name(path)), 'Conflict'],
    [...rows].map(([port, { services, cells }]) => [
      port,
      ...before.inventory.files.map(({ path }) => cells.get(path)?.join(', ') ?? '-'),
      services.size > 1
        ? [mark('bad', [...services].join(' and '))]
        : cells.size > 1
          ? `the same service in ${cells.size} files`
          : 'no',
    ]),
  );
};

const volumeTable = ({ before, name }: ConsolidationInput): readonly Block[] =>
  table(
    'Volumes, and who mounts them',
    ['Volume', 'Declared in', 'Mounted by'],
    before.inventory.volumes.map(({ name: volume, files, usedBy }) => [
      [code(volume)],
      files.map(name).join(', '),
      usedBy.join(', ') || 'nobody',
    ]),
  );

const familyText = (input: ConsolidationInput): readonly Block[] =>
  list(
    input.before.families.map(({ members, shared, differing }): readonly Piece[] => [
      `${members.join(', ')}: ${shared.length} settings alike, ${differing.length} different (`,
      ...joined(
        differing.map((path) => code(formatPath(path))),
        ', ',
      ),
      ')',
    ]),
  );

/** What is written more than once, and what contradicts itself: services, variables, ports, volumes. */
export const duplicationReport = (input: ConsolidationInput): readonly Block[] => {
  const conflicts = input.findings.filter(({ rule }) =>
    ['port-collision', 'container-name-collision', 'duplicate-service'].includes(rule),
  );
  const families = familyText(input);
  return [
    paragraph(`${duplicationText(input.before)}.`),
    heading(3, 'Services'),
    ...table('Services that are defined twice', ['Defined twice', 'In'], duplicateRows(input)),
    ...list(conflicts.map(({ message }) => [mark('bad', message)])),
    ...input.before.overlaps.flatMap((overlap) => overlapText(overlap, input)),
    ...(families.length === 0 ? [] : [heading(3, 'Families of services that are alike'), ...families]),
    heading(3, 'Variables'),
    ...variableTable(input),
    heading(3, 'Ports'),
    ...portTable(input),
    heading(3, 'Volumes'),
    ...volumeTable(input),
  ];
};
