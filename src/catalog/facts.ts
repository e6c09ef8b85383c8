/** What an image is, as far as rules ask. */
export type ImageKind =
  | 'database'
  | 'cache'
  | 'queue'
  | 'search-engine'
  | 'object-store'
  | 'proxy'
  | 'monitoring'
  | 'admin-console'
  | 'cms'
  | 'identity'
  | 'runtime'
  | 'tool';

/** A port that an image listens on unless it is configured otherwise. */
export type ImagePort = {
  readonly port: number;
  readonly protocol?: 'udp';
  /**
   * What answers there. `data`: stored data, for clients that belong into the project's own network; `admin`: a console or
   * interface that governs the service; `web`: pages or an API that are made to be reached; `metrics`; `cluster`: other nodes.
   */
  readonly use: 'data' | 'admin' | 'web' | 'metrics' | 'cluster';
  /** What opens it: one of these is needed, where there are any. */
  readonly openedBy?: readonly Switch[];
};

/** Versions that a fact holds for, as the numbers a tag starts with: `18`, `3.6`. Without bounds it holds for all. */
export type VersionRange = {
  /** The first version that it holds for. */
  readonly since?: string;
  /** The first version that it no longer holds for. */
  readonly until?: string;
};

/** A folder or file in the container that must outlive it. */
export type StatefulPath = VersionRange & {
  readonly path: string;
  /** `data` is lost with the container; `cache` can be made again. */
  readonly keeps: 'data' | 'cache';
  /** The variable that puts it elsewhere. */
  readonly movedBy?: string;
  /** Whether a configuration of one's own says where it is. */
  readonly isConfigured?: boolean;
  /** What makes a cache worth keeping: one of these is enough. */
  readonly keptBy?: readonly Switch[];
  /** Folders below it that do not hold the data, so that a mount there does not keep it. */
  readonly except?: readonly string[];
};

/** A health check made of what the image contains. */
export type Probe = VersionRange & {
  /** `test` of a `healthcheck`: words behind CMD, or a line for the shell. Dollar signs as in a Compose file. */
  readonly test: readonly ['CMD' | 'CMD-SHELL', ...string[]];
  /** Time that a first start may take, as a Compose duration. */
  readonly startPeriod?: string;
  /** What else must be so for it to work, for people. Without it the probe works on the image as it is. */
  readonly needs?: string;
};

/** A variable that gives the image a credential. */
export type SecretVariable = {
  readonly name: string;
  /** The variable that takes the path of a file with the credential instead, where the image knows one. */
  readonly file?: string;
};

/** A variable, option or file of a service by which something is switched. */
export type Switch =
  /** The variable is set; to one of the values, in lower case, where there are any; and none of the others takes it back. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly values?: readonly string[];
      readonly unless?: readonly string[];
    }
  /** The word is among those of the command, by itself or in front of `=`; with one of the values, where there are any. */
  | { readonly kind: 'option'; readonly name: string; readonly values?: readonly string[] }
  /** The command names a file that ends so, which may say it. */
  | { readonly kind: 'argument'; readonly ending: string }
  /** A mount at the path, above it or below it may bring a file that says so. */
  | { readonly kind: 'file'; readonly path: string };

/** Whether an image lets everybody in, and how that is changed. */
export type Authentication = {
  /** What holds when nothing is said; `open` may end with a version, from which on it is closed. */
  readonly byDefault: 'open' | 'closed';
  readonly closedSince?: string;
  /** Each of these may close it. */
  readonly closedBy: readonly Switch[];
  /** Each of these opens it, whatever the version. */
  readonly openedBy: readonly Switch[];
};

/** Credentials that an image has when nobody gives it others. */
export type DefaultCredentials = {
  readonly user: string;
  /** Variables, one of which replaces them. Without any they are changed from inside. */
  readonly replacedBy: readonly string[];
};

/** Configuration that an image brings as an example, to be replaced by one's own. */
export type ExampleConfig = VersionRange & {
  /** Files or folders in the container, one of which a mount replaces. */
  readonly paths: readonly string[];
  /** The option that names another file, without its dashes. */
  readonly option?: string;
  /** Variables, one of which configures the image instead. */
  readonly variables?: readonly string[];
  /** What the example does, for people, behind "…, which ". */
  readonly does: string;
};

/** How much of what it collects an image keeps. */
export type Retention = VersionRange & {
  /** What it keeps when nobody says, for people, behind "keeps ". */
  readonly otherwise: string;
  /** What may bound it: one of these is enough. */
  readonly boundedBy: readonly Switch[];
  /** Words of its configuration file that bound it, where that file can be read. */
  readonly words: readonly string[];
  /** Whether that file is the usual place to say it, so that one that cannot be read may well do so. */
  readonly isInFile: boolean;
};

/**
 * What of the host an image is made to use. `docker`: it works through the Docker socket; `docker-filter`: it passes on a part of
 * what the socket can do; `files`, `processes`, `network`: it observes or serves the host itself; `network-admin`: it sets up
 * networks; `kernel`: it runs containers of its own.
 */
export type HostUse = 'docker' | 'docker-filter' | 'files' | 'processes' | 'network' | 'network-admin' | 'kernel';

/** What is known about a well-known image. */
export type ImageFacts = {
  /** Names that the image goes by, without Docker Hub's registry and its `library/`. */
  readonly names: readonly string[];
  /** The product, for people. */
  readonly title: string;
  readonly kind: ImageKind;
  readonly ports: readonly ImagePort[];
  readonly stateful: readonly StatefulPath[];
  /** Health checks, of which the first one for a version is the one to take. */
  readonly probes?: readonly Probe[];
  /** Whether the image holds its program and nothing else, so that nothing in it could probe. */
  readonly isBare?: boolean;
  /** Whether the image has a HEALTHCHECK of its own. */
  readonly hasHealthcheck?: boolean;
  readonly secrets?: readonly SecretVariable[];
  readonly authentication?: Authentication;
  readonly defaultCredentials?: DefaultCredentials;
  readonly hostUse?: readonly HostUse[];
  readonly exampleConfig?: ExampleConfig;
  readonly retention?: Retention;
  /** Where each of these facts is from: addresses of pages or files. */
  readonly sources: readonly string[];
};
