/** fog-lint as a library: Compose files, loaded as docker compose does, with the place that every value comes from. */

export type { Environment } from './model/environment.js';
export { environmentOf } from './model/environment.js';
export type { Fault } from './model/fault.js';
export type { Project } from './model/project.js';
export type { Mapping, Origin, Scalar, Sequence, Value } from './model/value.js';
export { parse } from './parse/parse.js';
export type { Resolved, ResolveOptions, Stack } from './resolve/resolve.js';
export { DEFAULT_OPTIONS, resolve } from './resolve/resolve.js';
export type { FileSystem } from './source/filesystem.js';
export { memoryFileSystem, overlayFileSystem } from './source/filesystem.js';
export { positionAt } from './source/lines.js';
export type { Encoding, Source, Span } from './source/source.js';
export { sourceOf } from './source/source.js';
