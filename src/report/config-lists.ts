import type { Environment } from '../model/environment.js';
import { oneLine } from '../model/message.js';
import { namesIn as keysOf } from '../model/service.js';
import { get, isTrue, type Mapping, textOf } from '../model/value.js';
import type { DeclaredVariable } from '../resolve/declared-variables.js';
import { byCodePoint } from '../resolve/sprint.js';
import { byNaturalOrder, type Tree } from './config-tree.js';
import { toYaml } from './config-yaml.js';

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** Names, one a line, whatever is in one. */
const names = (texts: readonly string[]): string => lines(texts.map(oneLine));

const sorted = (texts: Iterable<string>): string[] => [...texts].sort(byCodePoint);

/** Names of a section's entries, one a line, sorted. Docker compose prints them in no fixed order. */
export const namesIn = (model: Mapping, section: string): string => names(sorted(keysOf(get(model, section))));

/**
 * Names of the services, one a line, each behind what it depends on; otherwise sorted.
 * @returns The names, and a service that another one needs but that there is not.
 */
export const serviceNames = (model: Mapping): { readonly text: string; readonly missing: string | undefined } => {
  const services = get(model, 'services');
  const seen = new Set<string>();
  const found: string[] = [];
  let missing: string | undefined;
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const dependencies = get(services, name, 'depends_on');
    for (const other of sorted(keysOf(dependencies))) {
      const required = get(dependencies, other, 'required');
      if (get(services, other)) visit(other);
      else if (isTrue(required)) missing ??= other;
    }
    found.push(name);
  };
  for (const name of sorted(keysOf(services))) visit(name);
  return { text: names(found), missing };
};

/** The image of every service, one a line, sorted; a service without one has the name that a build would give it. */
export const imageNames = (model: Mapping, projectName: string): string => {
  const services = get(model, 'services');
  const images = keysOf(services).map((name) => textOf(get(services, name, 'image')) || `${projectName}-${name}`);
  return names(sorted(images));
};

/** The models of the project, one a line, sorted. */
export const modelNames = (model: Mapping): string => {
  const models = get(model, 'models');
  return names(sorted(keysOf(models).flatMap((name) => textOf(get(models, name, 'model')) || [])));
};

/** Profiles that services name, those of inactive ones too, one a line, sorted. */
export const profileNames = (model: Mapping, disabled: Mapping): string => {
  const found = new Set<string>();
  for (const services of [get(model, 'services'), disabled]) {
    for (const name of keysOf(services)) {
      const profiles = get(services, name, 'profiles');
      if (profiles?.kind === 'sequence') for (const item of profiles.items) found.add(textOf(item) ?? '');
    }
  }
  return names(sorted(found));
};

/** The variables that interpolation sees, `NAME=value` a line, sorted. */
export const environmentLines = (environment: Environment): string =>
  lines(sorted([...environment].map(([name, { value }]) => `${name}=${value}`)));

/** Least width of a column, and the space behind its longest text. */
const COLUMN = { least: 20, gap: 3 } as const;

const table = (rows: readonly (readonly string[])[]): string => {
  const width = (column: number): number =>
    Math.max(COLUMN.least, ...rows.map((row) => [...(row[column] ?? '')].length + COLUMN.gap));
  const padded = (text: string, column: number): string => text + ' '.repeat(width(column) - [...text].length);
  return lines(rows.map((row) => row.map((text, i) => (i === row.length - 1 ? text : padded(text, i))).join('')));
};

/** Formats of a list of variables; docker compose's own is a table. */
export type VariablesFormat = 'table' | 'json' | 'yaml';

const HEADINGS = ['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'];

const variablesTree = (variables: readonly DeclaredVariable[]): Tree => {
  const leaf = (content: string | boolean): Tree => ({ kind: 'leaf', content, single: false });
  const entries = variables.map(({ name, whenAbsent, whenPresent, isRequired }) => {
    const fields = { name, defaultvalue: whenAbsent, presencevalue: whenPresent, required: isRequired };
    const inner = Object.entries(fields).map(([key, content]) => ({ key, tree: leaf(content) }));
    return { key: name, tree: { kind: 'map', entries: inner } satisfies Tree };
  });
  return { kind: 'map', entries };
};

/** The variables that the files ask for, with what the files say about each. @see docker compose cmd/compose/config.go */
export const variablesList = (variables: ReadonlyMap<string, DeclaredVariable>, format: VariablesFormat): string => {
  const order = format === 'yaml' ? byNaturalOrder : byCodePoint;
  const rows = [...variables.values()].sort((a, b) => order(a.name, b.name));
  if (format === 'yaml') return toYaml(variablesTree(rows)).replace(/^ {2}/gm, '    ');
  if (format === 'json') {
    const data = rows.map(({ name, whenAbsent, whenPresent, isRequired }) => [
      name,
      { Name: name, DefaultValue: whenAbsent, PresenceValue: whenPresent, Required: isRequired },
    ]);
    return `${JSON.stringify(Object.fromEntries(data), null, 4)}\n\n`;
  }
  return table([
    HEADINGS,
    ...rows.map(({ name, whenAbsent, whenPresent, isRequired }) => [name, String(isRequired), whenAbsent, whenPresent]),
  ]);
};
