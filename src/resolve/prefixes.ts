import type { Environment, Variable } from '../model/environment.js';
import type { Fault } from '../model/fault.js';
import type { Mapping } from '../model/value.js';
import { sameSpan } from '../source/source.js';
import type { LoadContext } from './load.js';

/** A fault, or the beginning of a step: what loading files tells the log, in order. */
type Event = Fault | 'step';

/** What loading the first files of a stack came to, and all that it left behind in its context. */
type Loaded = {
  readonly paths: readonly string[];
  readonly context: LoadContext;
  readonly model: Mapping;
  readonly events: readonly Event[];
  readonly spent: LoadContext['budget']['spent'];
  readonly removals: LoadContext['removals'];
  readonly files: LoadContext['files'];
};

/** What stacks share that begin with the same files: these are merged once. It holds as long as nobody changes the files. */
export type Prefixes = { readonly loaded: Loaded[] };

export const newPrefixes = (): Prefixes => ({ loaded: [] });

const sameVariable = (a: Variable, b: Variable | undefined): boolean => {
  if (a.value !== b?.value || a.source.kind !== b.source.kind) return false;
  return a.source.kind !== 'env-file' || (b.source.kind === 'env-file' && sameSpan(a.source.at, b.source.at));
};

const sameEnvironment = (a: Environment, b: Environment): boolean =>
  a.size === b.size && [...a].every(([name, variable]) => sameVariable(variable, b.get(name)));

/** Whether files are loaded to the same end in both contexts. */
const isAlike = (a: LoadContext, b: LoadContext): boolean =>
  a.options === b.options &&
  a.cwd === b.cwd &&
  a.folder === b.folder &&
  a.base === b.base &&
  a.home === b.home &&
  sameEnvironment(a.environment, b.environment);

const startsWith = (paths: readonly string[], first: readonly string[]): boolean =>
  first.length <= paths.length && first.every((path, i) => path === paths[i]);

/** Does to a context what loading the files did to another one. */
const repeat = ({ events, spent, removals, files }: Loaded, context: LoadContext): void => {
  for (const event of events)
    if (event === 'step') context.nextStep();
    else context.report(event);
  for (const [bound, amount] of spent) context.budget.spent.set(bound, amount);
  context.removals.push(...removals);
  for (const file of files) context.files.add(file);
};

/**
 * Merges files one over the other, beginning with what is known of the first ones.
 * @param merge Merges one file over the model of those before it, and tells the context that it is given.
 */
export const mergeShared = (
  paths: readonly string[],
  context: LoadContext,
  { loaded }: Prefixes,
  empty: () => Mapping,
  merge: (model: Mapping, path: string, context: LoadContext) => Mapping,
): Mapping => {
  const events: Event[] = [];
  const report = (fault: Fault): void => {
    events.push(fault);
    context.report(fault);
  };
  const nextStep = (): void => {
    events.push('step');
    context.nextStep();
  };
  const told: LoadContext = { ...context, report, nextStep, budget: { spent: context.budget.spent, report } };
  const known = loaded
    .filter((one) => startsWith(paths, one.paths) && isAlike(one.context, context))
    .reduce<Loaded | undefined>((best, one) => (best && best.paths.length >= one.paths.length ? best : one), undefined);
  if (known) repeat(known, told);
  let model = known?.model ?? empty();
  for (let count = known?.paths.length ?? 0; count < paths.length; count += 1) {
    model = merge(model, paths[count] ?? '', told);
    loaded.push({
      paths: paths.slice(0, count + 1),
      context,
      model,
      events: [...events],
      spent: new Map(context.budget.spent),
      removals: [...context.removals],
      files: new Set(context.files),
    });
  }
  return model;
};
