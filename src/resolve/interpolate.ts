import { type Budget, spend } from '../model/budget.js';
import type { Environment } from '../model/environment.js';
import type { FaultSink } from '../model/fault.js';
import { piecesOf } from '../model/part.js';
import { below, type ComposePath, formatPath, type PathTable, pathTable } from '../model/path.js';
import {
  type Entry,
  type Piece,
  placeOfValue,
  type Scalar,
  type ScalarValue,
  scalar,
  type Value,
  type VariableUse,
  withOrigin,
} from '../model/value.js';
import { joinSpans, type Span } from '../source/source.js';
import { parseFloatText, parseInteger } from './number.js';
import { BOUND_MESSAGES, type Substituted, substitute, type TemplateFault } from './template.js';

/** What an interpolated text becomes at some paths. */
type Cast = 'integer' | 'float' | 'boolean';

/**
 * Paths whose texts become numbers or booleans once their variables are put in; everywhere else they stay texts, so that
 * a variable fails the schema there.
 * @see compose-go loader/interpolate.go
 */
const CASTS: PathTable<Cast> = pathTable<Cast>({
  'services.*.cpu_count': 'integer',
  'services.*.cpu_percent': 'float',
  'services.*.cpu_period': 'integer',
  'services.*.cpu_quota': 'integer',
  'services.*.cpu_rt_period': 'integer',
  'services.*.cpu_rt_runtime': 'integer',
  'services.*.cpus': 'float',
  'services.*.cpu_shares': 'integer',
  'services.*.init': 'boolean',
  'services.*.deploy.replicas': 'integer',
  'services.*.deploy.update_config.parallelism': 'integer',
  'services.*.deploy.update_config.max_failure_ratio': 'float',
  'services.*.deploy.rollback_config.parallelism': 'integer',
  'services.*.deploy.rollback_config.max_failure_ratio': 'float',
  'services.*.deploy.restart_policy.max_attempts': 'integer',
  'services.*.deploy.placement.max_replicas_per_node': 'integer',
  'services.*.healthcheck.retries': 'integer',
  'services.*.healthcheck.disable': 'boolean',
  'services.*.oom_kill_disable': 'boolean',
  'services.*.oom_score_adj': 'integer',
  'services.*.pids_limit': 'integer',
  'services.*.ports.*.target': 'integer',
  'services.*.privileged': 'boolean',
  'services.*.read_only': 'boolean',
  'services.*.scale': 'integer',
  'services.*.stdin_open': 'boolean',
  'services.*.tty': 'boolean',
  'services.*.ulimits.*': 'integer',
  'services.*.ulimits.*.hard': 'integer',
  'services.*.ulimits.*.soft': 'integer',
  'services.*.volumes.*.read_only': 'boolean',
  'services.*.volumes.*.volume.nocopy': 'boolean',
  'networks.*.external': 'boolean',
  'networks.*.internal': 'boolean',
  'networks.*.attachable': 'boolean',
  'networks.*.enable_ipv4': 'boolean',
  'networks.*.enable_ipv6': 'boolean',
  'volumes.*.external': 'boolean',
  'secrets.*.external': 'boolean',
  'configs.*.external': 'boolean',
});

/** Booleans of YAML 1.1 are taken where a text is cast, with a warning. */
const BOOLEANS: Readonly<Record<string, { readonly value: boolean; readonly old: boolean }>> = {
  true: { value: true, old: false },
  false: { value: false, old: false },
  y: { value: true, old: true },
  yes: { value: true, old: true },
  on: { value: true, old: true },
  n: { value: false, old: true },
  no: { value: false, old: true },
  off: { value: false, old: true },
};

/**
 * Reads a text as a boolean the way docker compose does.
 * @returns undefined when it is none; `old` when it is one of YAML 1.1, which deserves a warning.
 */
export const readBoolean = (text: string): { readonly value: boolean; readonly old: boolean } | undefined =>
  Object.hasOwn(BOOLEANS, text.toLowerCase()) ? BOOLEANS[text.toLowerCase()] : undefined;

/** The warning docker compose prints for `yes`, `no`, `on`, `off` as a boolean. */
export const reportOldBoolean = (text: string, value: boolean, at: Span, path: ComposePath, report: FaultSink): void =>
  report({
    rule: 'ambiguous-scalar',
    severity: 'warning',
    message: `"${text}" is a boolean of YAML 1.1 only.`,
    at,
    path,
    help: `Write \`${value}\`.`,
  });

const CAST_NAMES: Readonly<Record<Cast, string>> = {
  integer: 'a whole number',
  float: 'a number',
  boolean: 'true or false',
};

const castText = (text: string, cast: Cast): ScalarValue | undefined => {
  if (cast === 'integer') return parseInteger(text);
  if (cast === 'float') return parseFloatText(text);
  return readBoolean(text)?.value;
};

type Run = {
  readonly environment: Environment;
  readonly report: FaultSink;
  readonly budget: Budget;
  readonly warned: Set<string>;
  readonly path: (string | number)[];
};

const reportTemplateFault = (fault: TemplateFault, at: Span, path: ComposePath, report: FaultSink): void => {
  const where = { at, path, severity: 'error' as const };
  if (fault.kind === 'required') {
    const reason = fault.reason === '' ? '' : `: ${fault.reason}`;
    const message = `The required variable ${fault.name} has no value${reason}.`;
    const help = `Set ${fault.name} in .env or in the environment.`;
    report({ rule: 'required-variable', message, ...where, help, about: fault.name });
  } else if (fault.kind === 'invalid') {
    report({
      rule: 'invalid-interpolation',
      message: `The reference in ${formatPath(path)} is not valid.`,
      ...where,
      help: 'Write `${NAME}`, or `$$` for a dollar sign.',
    });
  } else {
    report({ rule: 'too-large', message: BOUND_MESSAGES[fault.what], ...where });
  }
};

/** The characters of the file that hold a range of a template. */
const templateSpan = (pieces: readonly Piece[], whole: Span, from: number, to: number): Span => {
  const [only] = pieces;
  if (!only?.literal || pieces.length !== 1) return whole;
  return { source: only.at.source, start: only.at.start + from, end: only.at.start + to };
};

/** A scalar with its variables put in; the step and each variable are added to its history. */
const interpolateScalar = (value: Scalar, cast: Cast | undefined, run: Run): Scalar => {
  if (typeof value.value !== 'string' || value.form !== undefined) return value;
  let result = value;
  if (value.value.includes('$')) {
    const done = substitute(value.value, (name) => run.environment.get(name));
    result = interpolated(value, done, run);
    if (done.fault) return result;
  }
  if (cast === undefined || typeof result.value !== 'string') return result;
  const content = castText(result.value, cast);
  const at = placeOfValue(value);
  if (content === undefined) {
    run.report({
      rule: 'schema',
      severity: 'error',
      message: `${formatPath(run.path)} must be ${CAST_NAMES[cast]}.`,
      ...(at ? { at } : {}),
      path: [...run.path],
    });
    return result;
  }
  if (cast === 'boolean' && at && readBoolean(result.value)?.old && typeof content === 'boolean')
    reportOldBoolean(result.value, content, at, [...run.path], run.report);
  return scalar(
    cast === 'float' ? Math.fround(Number(content)) : content,
    result.origins,
    cast === 'float' ? 'float' : undefined,
  );
};

const interpolated = (value: Scalar, done: Substituted, run: Run): Scalar => {
  const whole = placeOfValue(value);
  const isWithin =
    spend(run.budget, 'filledLength', done.text.length, whole) &&
    spend(run.budget, 'stackReferences', done.references.length, whole);
  if (!isWithin) return value;
  if (!whole) return scalar(done.text, value.origins);
  const written = piecesOf(value);
  const pieces = done.segments.map(({ from, to, templateFrom, templateTo, literal }): Piece => {
    const at = templateSpan(written, whole, templateFrom, templateTo);
    return { from, to, at, literal: literal && at !== whole };
  });
  const variables = done.references.map(({ from, to, ...reference }): VariableUse => {
    const at = templateSpan(written, whole, from, to);
    if (reference.outcome === 'unset') warnUnset(reference.name, at, run);
    return { ...reference, at };
  });
  if (done.fault) {
    const at = 'from' in done.fault ? templateSpan(written, whole, done.fault.from, done.fault.to) : whole;
    reportTemplateFault(done.fault, at, [...run.path], run.report);
  }
  const at = pieces.length > 0 ? pieces.map((piece) => piece.at).reduce(joinSpans) : whole;
  return scalar(done.text, withOrigin(value, { kind: 'interpolated', at, variables, pieces }).origins);
};

const warnUnset = (name: string, at: Span, run: Run): void => {
  const key = `${name} ${at.source.path} ${at.start}`;
  if (run.warned.has(key)) return;
  run.warned.add(key);
  run.report({
    rule: 'unset-variable',
    severity: 'warning',
    message: `The variable ${name} is not set and becomes an empty text.`,
    at,
    path: [...run.path],
    help: `Set ${name} in .env, or give a default: \`\${${name}:-…}\`.`,
    about: name,
  });
};

const walk = (value: Value, casts: PathTable<Cast> | undefined, run: Run): Value => {
  if (value.kind === 'scalar') return interpolateScalar(value, casts?.value, run);
  if (value.kind === 'sequence') {
    let changed = false;
    const items = value.items.map((item, i) => {
      run.path.push(i);
      const result = walk(item, below(casts, i), run);
      run.path.pop();
      changed ||= result !== item;
      return result;
    });
    return changed ? { ...value, items } : value;
  }
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of value.entries) {
    run.path.push(key);
    const result = walk(entry.value, below(casts, key), run);
    run.path.pop();
    if (result === entry.value) continue;
    entries ??= new Map(value.entries);
    entries.set(key, { ...entry, value: result });
  }
  return entries ? { ...value, entries } : value;
};

/**
 * Puts the environment's variables into all texts of a document, keys excepted, and casts the paths above.
 * Everything is interpolated, extensions and services of inactive profiles included.
 * @see compose-spec 12-interpolation.md; compose-go interpolation/interpolation.go
 */
export const interpolate = (root: Value, context: Pick<Run, 'environment' | 'report' | 'budget'>): Value =>
  walk(root, CASTS, { ...context, warned: new Set(), path: [] });
