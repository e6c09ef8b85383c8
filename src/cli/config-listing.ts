import type { Fault } from '../model/fault.js';
import { get, type Mapping, placeOfValue } from '../model/value.js';
import { hashedTree, isBuiltFor, withPlatform } from '../report/config-hash.js';
import { toCompactJson, unprintable } from '../report/config-json.js';
import {
  environmentLines,
  imageNames,
  modelNames,
  namesIn,
  profileNames,
  serviceNames,
  type VariablesFormat,
  variablesList,
} from '../report/config-lists.js';
import { declaredVariables } from '../resolve/declared-variables.js';
import type { Resolved, ResolveOptions } from '../resolve/resolve.js';
import { byCodePoint } from '../resolve/sprint.js';

/** What a listing may be asked for besides its name. */
export type ListingOptions = {
  readonly format?: 'yaml' | 'json';
  readonly quiet?: true;
  readonly hash?: string;
  readonly interpolate: boolean;
};

/** The text of a listing, and why it is not complete. */
export type Listed = { readonly text: string; readonly problem?: Fault };

type Listing = {
  /** Name of the option that asks for it. */
  readonly option:
    | 'services'
    | 'volumes'
    | 'networks'
    | 'models'
    | 'hash'
    | 'profiles'
    | 'images'
    | 'variables'
    | 'environment';
  /** How the stack is loaded for it, other than for the whole model. */
  readonly how: Partial<ResolveOptions>;
  readonly list: (resolved: Resolved, options: ListingOptions) => Listed;
};

const NAMES: Partial<ResolveOptions> = { listing: true, envFiles: false };
/** Docker compose passes the services that are named on to some listings only. */
const ALL_NAMES: Partial<ResolveOptions> = { ...NAMES, services: [] };

const modelOf = ({ project, raw }: Resolved): Resolved['raw'] => project?.model ?? raw;

const noService = (name: string): Fault => ({
  rule: 'undefined-reference',
  severity: 'error',
  message: `There is no service "${name}".`,
});

const notBuilt = (name: string, platform: string, service: Mapping): Fault => {
  const at = placeOfValue(get(service, 'build', 'platforms') ?? service);
  return {
    rule: 'conflicting-keys',
    severity: 'error',
    message: `The service "${name}" is not built for ${platform}, which DOCKER_DEFAULT_PLATFORM names.`,
    ...(at ? { at } : {}),
  };
};

const hashes = (resolved: Resolved, { hash = '*' }: ListingOptions): Listed => {
  // Loaded here, as loading it takes longer than resolving most stacks.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const services = get(modelOf(resolved), 'services');
  const all = services?.kind === 'mapping' ? [...services.entries.keys()] : [];
  const platform = resolved.project?.environment.get('DOCKER_DEFAULT_PLATFORM')?.value ?? '';
  for (const name of all) {
    const service = get(services, name);
    if (service?.kind === 'mapping' && !isBuiltFor(service, platform))
      return { text: '', problem: notBuilt(name, platform, service) };
  }
  let text = '';
  for (const name of (hash === '*' ? all : hash.split(',')).sort(byCodePoint)) {
    const service = get(services, name);
    if (service?.kind !== 'mapping') return { text, problem: noService(name) };
    const tree = hashedTree(withPlatform(service, platform));
    const problem = unprintable(tree, ['services', name]);
    if (problem) return { text, problem };
    text += `${name} ${createHash('sha256').update(toCompactJson(tree)).digest('hex')}\n`;
  }
  return { text };
};

const variables = (resolved: Resolved, { format, quiet }: ListingOptions): Listed => {
  const shown: VariablesFormat = format ?? 'table';
  return { text: quiet && shown === 'yaml' ? '' : variablesList(declaredVariables(resolved.raw), shown) };
};

/** What can be listed instead of the model; the first one that is asked for is given. @see docker compose cmd/compose/config.go */
const LISTINGS: readonly Listing[] = [
  {
    option: 'services',
    how: ALL_NAMES,
    list: ({ project, raw }, { interpolate }) => {
      if (!project || !interpolate) return { text: namesIn(raw, 'services') };
      const { text, missing } = serviceNames(project.model);
      return missing === undefined ? { text } : { text: '', problem: noService(missing) };
    },
  },
  { option: 'volumes', how: ALL_NAMES, list: (resolved) => ({ text: namesIn(modelOf(resolved), 'volumes') }) },
  { option: 'networks', how: ALL_NAMES, list: (resolved) => ({ text: namesIn(modelOf(resolved), 'networks') }) },
  { option: 'models', how: ALL_NAMES, list: (resolved) => ({ text: modelNames(modelOf(resolved)) }) },
  { option: 'hash', how: ALL_NAMES, list: hashes },
  {
    option: 'profiles',
    how: NAMES,
    list: ({ project }) => ({ text: project ? profileNames(project.model, project.disabled) : '' }),
  },
  {
    option: 'images',
    how: NAMES,
    list: ({ project }) => ({ text: project ? imageNames(project.model, project.name) : '' }),
  },
  { option: 'variables', how: { interpolate: false, envFiles: false, services: [] }, list: variables },
  {
    option: 'environment',
    how: { listing: true },
    list: ({ project }, { quiet }) => ({ text: project && !quiet ? environmentLines(project.environment) : '' }),
  },
];

/** Options that ask for a listing, as commander names them. */
export type ListingFlags = Partial<Readonly<Record<Exclude<Listing['option'], 'hash'>, true>>> & {
  readonly hash?: string;
};

/** The listing that is asked for, if any. */
export const listingFor = (flags: ListingFlags, interpolate: boolean): Listing | undefined => {
  const found = LISTINGS.find(({ option }) => flags[option] !== undefined && flags[option] !== '');
  // Names of services are read from the merged model where variables are not put in.
  return found?.option === 'services' && !interpolate ? { ...found, how: { ...found.how, listing: false } } : found;
};
