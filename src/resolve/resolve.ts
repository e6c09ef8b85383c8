import { budgetOf } from '../model/budget.js';
import type { Environment } from '../model/environment.js';
import type { Fault } from '../model/fault.js';
import type { Project } from '../model/project.js';
import { byDefault, get, type Mapping, mapping, placeOfValue, scalar, withEntry } from '../model/value.js';
import type { FileSystem } from '../source/filesystem.js';
import { checkConsistency, checkContainerNames } from './consistency.js';
import { decode } from './decode.js';
import { type FaultLog, faultLog } from './fault-log.js';
import type { LoadContext, LoadOptions, ReadFile, StandIn } from './load.js';
import { loadModel } from './model.js';
import { normalise } from './normalise.js';
import type { Prefixes } from './prefixes.js';
import { projectName } from './project-name.js';
import { PROJECT_SHAPE } from './project-shape.js';
import type { Removal } from './reset.js';
import { mapValues, sectionOf } from './section.js';
import { selectServices, withoutUnused } from './select.js';
import { byProfile, profilesOfServices, withEnvFiles, withLabelFiles, withReplicas } from './services.js';

/** What one `docker compose -f a -f b` would load. */
export type Stack = {
  /** Absolute paths, in the order of `-f`. */
  readonly files: readonly string[];
  /** Absolute folder that relative paths start from. */
  readonly directory: string;
  /** Absolute folder that docker compose would have been started in. */
  readonly cwd: string;
  /** Variables of the process and of env files. */
  readonly environment: Environment;
  readonly home: string | undefined;
  readonly profiles: readonly string[];
  /** The name given by `-p` or `COMPOSE_PROJECT_NAME`. */
  readonly projectName: string | undefined;
};

export type ResolveOptions = LoadOptions & {
  /** Services to keep, with what they depend on; none keeps all. */
  readonly services: readonly string[];
  /** Keep resources that no service uses. */
  readonly allResources: boolean;
  /** Read the env files of services. */
  readonly envFiles: boolean;
  /**
   * Load as docker compose does to list names: a project is made even of a model whose variables were not put in, and the
   * names of containers are not compared.
   */
  readonly listing: boolean;
};

export const DEFAULT_OPTIONS: ResolveOptions = {
  interpolate: true,
  normalize: true,
  resolvePaths: true,
  consistency: true,
  services: [],
  allResources: false,
  envFiles: true,
  listing: false,
};

export type ResolveInput = {
  readonly fs: FileSystem;
  readonly read: ReadFile;
  readonly standIn?: StandIn;
  /** What stacks of the same files, read by the same means, share. */
  readonly prefixes?: Prefixes;
};

/** What resolving gives: the project, unless a file could not be read at all, and every fault on the way. */
export type Resolved = {
  readonly project: Project | undefined;
  /** The merged model before it is converted: what `--no-interpolate` prints. */
  readonly raw: Mapping;
  readonly faults: readonly Fault[];
  /** What `!reset` and `!override` took out, in the order of the files. */
  readonly removals: readonly Removal[];
  /** Whether docker compose would refuse to load. */
  readonly refused: boolean;
  /** All files that were read, Compose files and env files. */
  readonly files: readonly string[];
};

/** Faults behind which a model says nothing: what follows from them would be noise. */
const BLOCKING: ReadonlySet<string> = new Set(['yaml-syntax', 'duplicate-key', 'too-large']);

const emptyMapping = (origins: Mapping['origins']): Mapping => mapping(new Map(), origins);

/** From the merged model to a project: decode, profiles, consistency, env files, labels, selection. */
const assemble = (
  raw: Mapping,
  name: string,
  stack: Stack,
  options: ResolveOptions,
  context: LoadContext,
  log: FaultLog,
): Project => {
  const { report, nextStep } = log;
  nextStep();
  const decoded = decode(withEntry(raw, 'name', undefined), PROJECT_SHAPE, [], context);
  const model = decoded?.kind === 'mapping' ? decoded : emptyMapping(raw.origins);
  const all = sectionOf(model, 'services') ?? emptyMapping(model.origins);
  const { active: given, disabled } = byProfile(all, stack.profiles);
  let active = given;
  if (options.consistency) {
    nextStep();
    checkConsistency({ services: active, disabled, model }, log);
    active = mapValues(active, withReplicas);
  }
  nextStep();
  const filled = mapValues(active, (service) =>
    withLabelFiles(options.envFiles ? withEnvFiles(service, context.environment, context) : service, context),
  );
  const services = mapping(new Map([...disabled.entries, ...filled.entries]), all.origins);
  const profiles = [...stack.profiles, ...profilesOfServices(options.services, disabled)];
  const chosen = byProfile(services, options.services.length > 0 ? profiles : stack.profiles);
  // A service that only its name on the command line starts has its env files read now, but not its label files.
  const selected = mapValues(selectServices(chosen.active, options.services, report), (service, key) =>
    disabled.entries.has(key) ? withEnvFiles(service, context.environment, context) : service,
  );
  const entry = model.entries.get('services');
  const kept = withEntry(model, 'services', { ...entry, value: selected });
  const trimmed = options.allResources ? kept : withoutUnused(kept, selected);
  if (options.consistency && !options.listing) checkContainerNames(selected, report);
  const named = withEntry(trimmed, 'name', { value: scalar(name, nameOrigins(raw, stack)) });
  return {
    name,
    directory: stack.directory,
    model: named,
    disabled: chosen.disabled,
    environment: context.environment,
  };
};

/** Where the project's name came from: from outside, from a file, or nobody gave one. */
const nameOrigins = (raw: Mapping, { projectName: given }: Stack): Mapping['origins'] => {
  if (given !== undefined && given !== '') return byDefault('the project name that the run was given');
  return (
    raw.entries.get('name')?.value.origins ??
    byDefault('compose-spec 04-version-and-name.md, "Name top-level element": the name of the folder')
  );
};

/**
 * Loads a stack as docker compose does, and keeps for every value where it came from.
 * @returns The project and all faults; never throws for what files say.
 * @see compose-go loader/loader.go, cli/options.go
 */
export const resolve = (stack: Stack, options: ResolveOptions, input: ResolveInput): Resolved => {
  const log = faultLog();
  const { report, nextStep } = log;
  const files = new Set<string>();
  const { name, fault } = projectName(stack, options, input.read);
  if (fault) report(fault);
  // Where docker compose prints the model alone, the variables of the process and of .env do not reach it.
  const isModelOnly = !(options.interpolate || options.listing);
  const environment = new Map(isModelOnly ? [] : stack.environment);
  environment.set('COMPOSE_PROJECT_NAME', { value: name, source: { kind: 'project-name' } });
  const context: LoadContext = {
    fs: input.fs,
    read: input.read,
    report,
    nextStep,
    options,
    environment,
    home: stack.home,
    cwd: stack.cwd,
    folder: stack.directory,
    base: stack.directory,
    including: [],
    budget: budgetOf(report),
    removals: [],
    files,
    ...(input.standIn ? { standIn: input.standIn } : {}),
  };
  const merged = loadModel(stack.files, context, input.prefixes);
  if (merged.entries.size === 0 && log.all().length === 0) {
    const [first] = stack.files;
    const empty = first === undefined ? undefined : input.read(first, report);
    const at = empty ? { at: { source: empty.source, start: 0, end: 0 } } : {};
    report({ rule: 'schema', severity: 'error', message: 'The Compose file is empty.', ...at });
  }
  if (name === '' && !fault) {
    const given = get(merged, 'name');
    const at = given && placeOfValue(given);
    report({
      rule: 'schema',
      severity: 'error',
      message: 'The project has no name.',
      ...(at ? { at } : {}),
      help: 'Give one with `name:` or `--project-name`.',
    });
  }
  const raw = options.normalize
    ? normalise(
        withEntry(merged, 'name', { ...merged.entries.get('name'), value: scalar(name, nameOrigins(merged, stack)) }),
        name,
        environment,
      )
    : merged;
  const isBlocked = log.all().some((found) => found.severity === 'error' && BLOCKING.has(found.rule));
  // Without its variables a model cannot be converted: docker compose prints it as it is.
  const project = isBlocked || isModelOnly ? undefined : assemble(raw, name, stack, options, context, log);
  const faults = log.all();
  const refused = faults.some(({ severity }) => severity === 'error');
  return { project, raw, faults, removals: context.removals, refused, files: [...files] };
};
