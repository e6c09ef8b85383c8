import { BOUNDS } from '../model/bounds.js';
import { isSpent, spend, weightOf } from '../model/budget.js';
import type { FaultSink } from '../model/fault.js';
import { type Mapping, mapping, placeOfValue, withEntry } from '../model/value.js';
import type { ParsedDocument } from '../parse/parse.js';
import { schemaFaults } from '../schema/validate.js';
import type { Source } from '../source/source.js';
import { canonical } from './canonical.js';
import { applyExtends } from './extends.js';
import { applyInclude } from './include.js';
import { interpolate } from './interpolate.js';
import type { LoadContext } from './load.js';
import { mergeModels } from './merge.js';
import { applyTags } from './reset.js';
import { unique } from './unique.js';

/** The root of a document as a mapping, or a fault: docker compose takes nothing else, not even an empty document. */
const rootMapping = (document: ParsedDocument, source: Source, report: FaultSink): Mapping | undefined => {
  if (document.root.kind === 'mapping') return document.root;
  const at = placeOfValue(document.root) ?? { source, start: 0, end: 0 };
  const isEmpty = document.root.kind === 'scalar' && document.root.value === null;
  report({
    rule: 'schema',
    severity: 'error',
    message: isEmpty ? 'The document is empty.' : 'A Compose file must be a mapping at its top level.',
    at,
  });
  return undefined;
};

/** Steps that one document goes through; the file that `extends` names skips some, as its service is checked after the merge. */
export type Steps = { readonly extends: boolean; readonly include: boolean; readonly schema: boolean };

export const ALL_STEPS: Steps = { extends: true, include: true, schema: true };

const withoutVersion = (model: Mapping, report: FaultSink): Mapping => {
  const version = model.entries.get('version');
  if (!version) return model;
  report({
    rule: 'obsolete-version',
    severity: 'warning',
    message: 'docker compose ignores the top-level `version`.',
    ...(version.key ? { at: version.key } : {}),
    path: ['version'],
  });
  const entries = new Map(model.entries);
  entries.delete('version');
  return { ...model, entries };
};

/** The model without the services that are beyond the bound. */
const withinServices = (model: Mapping, report: FaultSink): Mapping => {
  const services = model.entries.get('services');
  if (services?.value.kind !== 'mapping' || services.value.entries.size <= BOUNDS.services) return model;
  const entries = [...services.value.entries];
  const at = entries[BOUNDS.services]?.[1].key;
  const message = `The model has more than ${BOUNDS.services} services.`;
  report({ rule: 'too-large', severity: 'error', message, ...(at ? { at } : {}), path: ['services'] });
  const kept = new Map(entries.slice(0, BOUNDS.services));
  return withEntry(model, 'services', { ...services, value: { ...services.value, entries: kept } });
};

/**
 * Merges one document over the model of everything before it. The order of steps is docker compose's: interpolate, extends,
 * reset, include, merge, unique, schema, canonical, unique.
 * @see compose-go loader/loader.go, loadYamlFile
 */
const mergeDocument = (
  model: Mapping,
  document: ParsedDocument,
  source: Source,
  context: LoadContext,
  steps: Steps,
): Mapping => {
  const root = rootMapping(document, source, context.report);
  if (!root) return model;
  const { report, options, nextStep } = context;
  nextStep();
  const filled = options.interpolate ? interpolate(root, context) : root;
  let own = filled.kind === 'mapping' ? filled : root;
  nextStep();
  if (steps.extends) own = applyExtends(own, document.tagged, source, context);
  const tags = applyTags(model, own, document.tagged);
  context.removals.push(...tags.removals);
  own = tags.own;
  if (steps.include) own = applyInclude(own, source, context);
  nextStep();
  const combined = mergeModels(tags.before, own, context);
  if (!spend(context.budget, 'mergedValues', weightOf(combined), placeOfValue(root))) return model;
  let merged = withinServices(unique(combined, report), report);
  nextStep();
  if (steps.schema) {
    for (const fault of schemaFaults(merged)) report(fault);
    merged = withoutVersion(merged, report);
  }
  nextStep();
  const long = canonical(merged, !options.interpolate, report, context.budget);
  nextStep();
  return unique(long, report);
};

/** Merges all documents of a file, in order, over the model of the files before it. */
export const mergeFile = (model: Mapping, path: string, context: LoadContext, steps: Steps): Mapping => {
  if (isSpent(context.budget, 'loadedLength')) return model;
  const file = context.read(path, context.report);
  if (!file) return model;
  if (!spend(context.budget, 'loadedLength', file.source.text.length, { source: file.source, start: 0, end: 0 }))
    return model;
  context.files.add(path);
  for (const fault of file.faults) context.report(fault);
  return file.documents.reduce(
    (merged, document) => mergeDocument(merged, document, file.source, context, steps),
    model,
  );
};

/** A model with nothing in it. */
export const emptyModel = (): Mapping => mapping(new Map(), [{ kind: 'default', source: 'an empty model' }]);
