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
};

/** A folder or file in the container that must outlive it. */
export type StatefulPath = {
  readonly path: string;
  /** `data` is lost with the container; `cache` can be made again. */
  readonly keeps: 'data' | 'cache';
};

/** A health check made of what the image contains. */
export type Probe = {
  /** `test` of a `healthcheck`: words behind CMD, or a line for the shell. Dollar signs as in a Compose file. */
  readonly test: readonly ['CMD' | 'CMD-SHELL', ...string[]];
  /** Time that a first start may take, as a Compose duration. */
  readonly startPeriod?: string;
  /** The first tag whose image contains what the probe calls, where older ones do not. */
  readonly since?: string;
};

/** A variable that gives the image a credential. */
export type SecretVariable = {
  readonly name: string;
  /** The variable that takes the path of a file with the credential instead, where the image knows one. */
  readonly file?: string;
};

/** How an image that is open to everybody unless told otherwise is told. One of these being given is enough. */
export type Authentication = {
  /** Variables that switch it on when they are set to something. */
  readonly variables?: readonly string[];
  /** Words of the command that switch it on. */
  readonly flags?: readonly string[];
  /** Files in the container that, mounted, may switch it on. */
  readonly files?: readonly string[];
};

/** Credentials that an image has when nobody gives it others. */
export type DefaultCredentials = {
  readonly user: string;
  /** Variables, one of which replaces them. Without any they are changed from inside. */
  readonly replacedBy: readonly string[];
};

/** What is known about a well-known image. */
export type ImageFacts = {
  /** Names that the image goes by, without Docker Hub's registry and its `library/`. */
  readonly names: readonly string[];
  /** The product, for people. */
  readonly title: string;
  readonly kind: ImageKind;
  readonly ports: readonly ImagePort[];
  readonly stateful: readonly StatefulPath[];
  readonly probe?: Probe;
  /** Whether the image has a HEALTHCHECK of its own. */
  readonly hasHealthcheck?: boolean;
  readonly secrets?: readonly SecretVariable[];
  readonly authentication?: Authentication;
  readonly defaultCredentials?: DefaultCredentials;
  /** Configuration that the image brings as an example only: without a mount there it does nothing useful. */
  readonly exampleConfig?: readonly string[];
  /** Words of the command, variables or files of configuration that bound how much is kept; without one it grows for ever. */
  readonly retention?: {
    readonly flags?: readonly string[];
    readonly variables?: readonly string[];
    readonly files?: readonly string[];
  };
  /** Where each of these facts is from: addresses of pages or files. */
  readonly sources: readonly string[];
};
