import { basename } from '../source/path.js';
import type { ROLES } from './settings-schema.js';

/** What a file is for, among the Compose files of its folder. */
export type Role = (typeof ROLES)[number];

/** What a file's name says about it. */
export type NamedRole = {
  readonly role: Role;
  /** The part of the name that tells it from the base: `dev` in `docker-compose.dev.yml`; empty for a base. */
  readonly label: string;
  /** Whether docker compose loads it by itself, beside the base. */
  readonly isAutomatic: boolean;
};

/** Words in a file's name and the role they speak for. */
const ROLE_WORDS: ReadonlyMap<string, Role> = new Map<string, Role>(
  Object.entries({
    dev: 'dev',
    develop: 'dev',
    development: 'dev',
    local: 'dev',
    localdev: 'dev',
    prod: 'prod',
    production: 'prod',
    prd: 'prod',
    live: 'prod',
    release: 'prod',
    stage: 'prod',
    staging: 'prod',
    test: 'test',
    tests: 'test',
    testing: 'test',
    ci: 'test',
    actions: 'test',
    e2e: 'test',
    integration: 'test',
  } satisfies Record<string, Role>),
);

const FILE_NAME = /^(?:docker-)?compose([._-].*)?\.ya?ml$/i;

/** Whether a name is one that Compose files have: `compose*.yml` or `docker-compose*.yaml`. */
export const isComposeFileName = (name: string): boolean => FILE_NAME.test(name);

/** The role that a file's name gives it. A name of another form is an overlay called by its stem. */
export const roleOf = (path: string): NamedRole => {
  const name = basename(path);
  const found = FILE_NAME.exec(name);
  const label = found ? (found[1] ?? '').replace(/^[._-]+/, '') : name.replace(/\.ya?ml$/i, '');
  if (found && label === '') return { role: 'base', label, isAutomatic: false };
  if (found && label === 'override') return { role: 'dev', label, isAutomatic: true };
  const role = label
    .toLowerCase()
    .split(/[._-]+/)
    .map((word) => ROLE_WORDS.get(word))
    .find((known) => known !== undefined);
  return { role: role ?? (label === 'base' || label === 'common' ? 'base' : 'overlay'), label, isAutomatic: false };
};
