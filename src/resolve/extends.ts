import { BOUNDS } from '../model/bounds.js';
import { spend, weightOf } from '../model/budget.js';
import type { Fault } from '../model/fault.js';
import {
  type Entry,
  get,
  isNull,
  type Mapping,
  mapping,
  placeOfValue,
  textOf,
  type Value,
  withEntry,
  withOriginDeep,
} from '../model/value.js';
import type { Tagged } from '../parse/tagged.js';
import { absolute, dirname, relative } from '../source/path.js';
import type { Source, Span } from '../source/source.js';
import { emptyModel, mergeFile } from './document.js';
import { type LoadContext, readNamedAt } from './load.js';
import { mergeServices } from './merge.js';
import { isThere } from './named-file.js';
import { resolvePaths } from './paths.js';
import { isRemote } from './remote.js';
import { applyTags } from './reset.js';

/** The services of one file, as they are or already extended, and the tags that its documents carry. */
type Family = {
  readonly file: string;
  readonly services: Map<string, Entry>;
  readonly tagged: readonly Tagged[];
  readonly done: Set<string>;
};

type Run = {
  readonly context: LoadContext;
  /** Families of other files, read once per document. */
  readonly others: Map<string, Family | undefined>;
  /** Cycles that are reported: each is reached from all of its services. */
  readonly cycles: Set<string>;
};

/** A service that is being extended: chains and cycles are seen by these. */
type Link = { readonly file: string; readonly service: string; readonly at: Span | undefined };

type Reference = { readonly service: string; readonly file: string | undefined; readonly at: Span | undefined };

const report = (run: Run, fault: Omit<Fault, 'severity'>): void => run.context.report({ ...fault, severity: 'error' });

const at = (span: Span | undefined): { at: Span } | Record<never, never> => (span ? { at: span } : {});

/** What `extends` names, or undefined with a fault. */
const referenceOf = (name: string, value: Value, run: Run): Reference | undefined => {
  const place = placeOfValue(value);
  const short = textOf(value);
  if (short !== undefined) return { service: short, file: undefined, at: place };
  const service = value.kind === 'mapping' ? value.entries.get('service')?.value : undefined;
  const ref = textOf(service);
  if (value.kind !== 'mapping' || ref === undefined) {
    const message = `services.${name}.extends must name a service.`;
    report(run, { rule: 'schema', message, ...at(place), path: ['services', name, 'extends'] });
    return undefined;
  }
  const file = value.entries.get('file')?.value;
  if (file && !isNull(file) && textOf(file) === undefined) {
    const message = `services.${name}.extends.file must be a path.`;
    report(run, { rule: 'schema', message, ...at(placeOfValue(file)), path: ['services', name, 'extends', 'file'] });
    return undefined;
  }
  return { service: ref, file: textOf(file), at: placeOfValue(service ?? value) };
};

/**
 * The services of a file that `extends` names: interpolated, canonical, with paths joined to that file's folder, but
 * neither extended nor checked.
 */
const readFamily = (file: string, from: Reference, run: Run): Family | undefined => {
  const known = run.others.get(file);
  if (known || run.others.has(file)) return known;
  const { context } = run;
  const path = absolute(context.folder, file);
  if (!spend(context.budget, 'loadedFiles', 1, from.at)) return undefined;
  if (isRemote(file)) {
    report(run, { rule: 'missing-file', message: 'Remote files are not loaded.', ...at(from.at) });
    run.others.set(file, undefined);
    return undefined;
  }
  if (!isThere(path, `The file ${file}`, from.at, context)) {
    run.others.set(file, undefined);
    return undefined;
  }
  const tagged = (context.read(path, () => undefined)?.documents ?? []).at(-1)?.tagged ?? [];
  const steps = { extends: false, include: false, schema: false };
  const model = mergeFile(emptyModel(), path, { ...context, read: readNamedAt(context.read, from.at) }, steps);
  const folder = context.fs.kind(path) === 'directory' ? path : dirname(path);
  const moved = resolvePaths(model, { ...context, base: relative(context.folder, folder) });
  const services = moved.entries.get('services')?.value;
  const family: Family | undefined =
    services?.kind === 'mapping' ? { file, services: new Map(services.entries), tagged, done: new Set() } : undefined;
  if (!family)
    report(run, { rule: 'undefined-reference', message: `${file} has no services to extend.`, ...at(from.at) });
  run.others.set(file, family);
  return family;
};

const reportCycle = (links: readonly Link[], again: Link, run: Run): void => {
  const start = links.findIndex((link) => link.file === again.file && link.service === again.service);
  const round = links.slice(start).map((link) => JSON.stringify([link.file, link.service]));
  const cycle = round.sort().join();
  if (run.cycles.has(cycle)) return;
  run.cycles.add(cycle);
  const names = [...links.slice(start), again].map((link) => link.service);
  const path = ['services', again.service, 'extends'];
  const notes = links.slice(start + 1).flatMap((link) => (link.at ? [{ at: link.at, message: 'extended here' }] : []));
  const message = `The services extend each other in a cycle: ${names.join(' → ')}.`;
  report(run, { rule: 'extends-cycle', message, ...at(again.at), path, notes });
};

/** One service with everything it extends merged in; the entry is replaced in its family, so that each is done once. */
const extendService = (name: string, family: Family, links: readonly Link[], run: Run): Value | undefined => {
  const entry = family.services.get(name);
  if (!entry || family.done.has(name)) return entry?.value;
  const service = entry.value;
  if (isNull(service)) return service;
  if (service.kind !== 'mapping') {
    const message = `services.${name} must be a mapping.`;
    report(run, { rule: 'schema', message, ...at(placeOfValue(service)), path: ['services', name] });
    return service;
  }
  const extending = service.entries.get('extends');
  if (!extending) return service;
  const reference = referenceOf(name, extending.value, run);
  if (!reference) return service;
  const other = reference.file === undefined ? family : readFamily(reference.file, reference, run);
  if (!other) return service;
  if (!other.services.has(reference.service)) {
    const where = reference.file === undefined ? 'this file' : reference.file;
    const message = `The service "${name}" extends "${reference.service}", which ${where} does not define.`;
    report(run, { rule: 'undefined-reference', message, ...at(reference.at), path: ['services', name, 'extends'] });
    return service;
  }
  const link: Link = { file: family.file, service: name, at: reference.at };
  if (links.some((known) => known.file === link.file && known.service === link.service)) {
    reportCycle(links, link, run);
    return undefined;
  }
  if (links.length >= BOUNDS.chain) {
    report(run, {
      rule: 'too-large',
      message: `Services extend each other over more than ${BOUNDS.chain} links.`,
      ...at(link.at),
      path: ['services', name, 'extends'],
    });
    return undefined;
  }
  const base = extendService(reference.service, other, [...links, link], run);
  if (!base) return undefined;
  if (base.kind !== 'mapping') return service;
  if (!spend(run.context.budget, 'mergedValues', weightOf(base), reference.at)) return undefined;
  const merged = mergeExtended(name, base, service, family, reference, run);
  family.services.set(name, { ...entry, value: merged });
  family.done.add(name);
  return merged;
};

const mappingAt = (model: Mapping, name: string): Mapping | undefined => {
  const found = get(model, 'services', name);
  return found?.kind === 'mapping' ? found : undefined;
};

const mergeExtended = (
  name: string,
  base: Mapping,
  service: Mapping,
  family: Family,
  reference: Reference,
  run: Run,
): Mapping => {
  const inherited = reference.at ? withOriginDeep(base, { kind: 'inherited', via: 'extends', at: reference.at }) : base;
  const project = (value: Value): Mapping => mapping(new Map([['services', { value }]]), base.origins);
  const services = (value: Value): Mapping => mapping(new Map([[name, { value }]]), base.origins);
  const { before, own, removals } = applyTags(project(services(inherited)), project(services(service)), family.tagged);
  run.context.removals.push(...removals);
  const start = mappingAt(before, name) ?? mapping(new Map(), base.origins);
  const over = mappingAt(own, name) ?? service;
  return withEntry(mergeServices(start, over, name, run.context), 'extends', undefined);
};

/**
 * Merges into every service what it extends: services of the same document, or of another file, with chains.
 * @see compose-spec 05-services.md, "extends"; compose-go loader/extends.go
 */
export const applyExtends = (
  model: Mapping,
  tagged: readonly Tagged[],
  source: Source,
  context: LoadContext,
): Mapping => {
  const services = model.entries.get('services');
  if (!services) return model;
  const run: Run = { context, others: new Map(), cycles: new Set() };
  if (services.value.kind !== 'mapping') {
    report(run, {
      rule: 'schema',
      message: 'services must be a mapping.',
      ...at(placeOfValue(services.value)),
      path: ['services'],
    });
    return model;
  }
  const family: Family = { file: source.path, services: new Map(services.value.entries), tagged, done: new Set() };
  for (const name of services.value.entries.keys()) extendService(name, family, [], run);
  return withEntry(model, 'services', { ...services, value: { ...services.value, entries: family.services } });
};
