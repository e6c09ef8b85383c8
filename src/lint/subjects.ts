import type { Mapping, Value } from '../model/value.js';
import type { Assignment } from '../resolve/dotenv.js';
import type { PathKind } from '../source/filesystem.js';
import type { Source, Span } from '../source/source.js';
import type { Dockerfile, DockerfileStage } from '../workspace/dockerfile.js';
import type { Role } from '../workspace/roles.js';
import type { Settings } from '../workspace/settings.js';
import type { Topology } from './topology.js';

/** One Compose file as it is written: variables not put in, aliases and merge keys expanded. */
export type FileSubject = {
  readonly path: string;
  /** Path as messages name it: relative to the workspace's folder. */
  readonly name: string;
  readonly role: Role;
  readonly label: string;
  readonly isAutomatic: boolean;
  readonly isSelfSufficient: boolean;
  /** Whether another file of the folder brings it in through `include` or `extends`. */
  readonly isBroughtIn: boolean;
  readonly source: Source;
  /** Roots of its documents that are mappings. */
  readonly roots: readonly Mapping[];
  /** Its services as the file alone resolves them, in long forms. */
  readonly services: ReadonlyMap<string, Mapping>;
  /** Keys that the file itself writes for a service. */
  readonly writtenKeys: (service: string) => ReadonlySet<string>;
  readonly workspace: WorkspaceSubject;
};

/** One service of a stack, resolved. */
export type ServiceSubject = {
  readonly name: string;
  readonly value: Mapping;
  /** Where the first file that defines it names it. */
  readonly key: Span | undefined;
  /** Whether it runs without a profile being asked for. */
  readonly isActive: boolean;
  readonly stack: StackSubject;
  /** The Dockerfile it is built with, when it is there to be read, and the stage that is built. */
  readonly dockerfile: () => { readonly file: Dockerfile; readonly stage: DockerfileStage | undefined } | undefined;
};

/** One stack, resolved. */
export type StackSubject = {
  readonly name: string;
  readonly files: readonly FileSubject[];
  /** Absolute path of the env file whose variables win, whether or not it is there; undefined where that is not known. */
  readonly envFile: string | undefined;
  readonly model: Mapping;
  /** All services, those of inactive profiles included, by name. */
  readonly services: ReadonlyMap<string, ServiceSubject>;
  readonly workspace: WorkspaceSubject;
  /** Its networks, and who needs to reach whom; worked out once, when it is asked for. */
  readonly topology: () => Topology;
};

/** A file of variables: `.env`, or one that `env_file` names. */
export type EnvFileSubject = {
  readonly source: Source;
  readonly assignments: readonly Assignment[];
  readonly comments: readonly Span[];
  /** Whether git would leave it out of the repository; undefined when the folder is in no repository. */
  readonly isIgnored: boolean | undefined;
  /** Whether every user of the machine may read it. */
  readonly isOpenToAll: boolean;
};

/** All files and stacks of one folder, and the project's other files. */
export type WorkspaceSubject = {
  readonly directory: string;
  readonly files: readonly FileSubject[];
  readonly stacks: readonly StackSubject[];
  readonly envFiles: readonly EnvFileSubject[];
  readonly settings: Settings;
  /** Those that the run opened before this one: other folders of it. */
  readonly before: () => readonly WorkspaceSubject[];
  /** Kind of what is at a path; `outside` for everything that is not of the project. */
  readonly kind: (path: string) => PathKind | undefined;
  /** A file of the project as text; undefined when it is not there or too large to be of interest. */
  readonly read: (path: string) => Source | undefined;
  /** Whether git would leave a file out of the repository; undefined when the folder is in no repository. */
  readonly isIgnored: (path: string) => boolean | undefined;
  /** Names in a folder of the project, sorted. */
  readonly list: (path: string) => readonly string[];
  /** A value as it may be shown: a secret is masked. */
  readonly show: (value: Value) => string;
};
