import type { Environment } from './environment.js';
import type { Mapping } from './value.js';

/** A resolved stack: what docker compose would run. */
export type Project = {
  readonly name: string;
  /** Absolute folder that the project's relative paths start from. */
  readonly directory: string;
  /** name, services, networks, volumes, secrets, configs, models and extensions, in docker compose's own types. */
  readonly model: Mapping;
  /** Services that no active profile asks for, by name. */
  readonly disabled: Mapping;
  /** The variables that were put in. */
  readonly environment: Environment;
};
