import { mountsOf } from '../model/service.js';
import { get, itemsOf, type Mapping, textOf, type Value } from '../model/value.js';
import { parse } from '../parse/parse.js';
import type { PathKind } from '../source/filesystem.js';
import { oncePer } from '../source/once.js';
import { join } from '../source/path.js';
import { type Source, type Span, sourceOf } from '../source/source.js';

/** A text that a service gets as a file: mounted from the project, or written into the Compose file as a config. */
export type MountedFile = { readonly target: string; readonly source: Source };

/** What the project's files are read with. All answer only for what lies inside the project. */
export type ProjectFiles = {
  readonly kind: (path: string) => PathKind | undefined;
  readonly read: (path: string) => Source | undefined;
  readonly list: (path: string) => readonly string[];
};

/** Files that are looked into, by the ends of their names. */
const READABLE = /\.(?:ya?ml|conf|template)$/;

/** Levels of a mounted folder that are searched. */
const DEPTH = 3;

const filesBelow = (path: string, target: string, files: ProjectFiles, depth: number): readonly MountedFile[] => {
  const source = READABLE.test(path) ? files.read(path) : undefined;
  if (source) return [{ target, source }];
  if (depth === 0 || files.kind(path) !== 'directory') return [];
  return files.list(path).flatMap((name) => filesBelow(join(path, name), join(target, name), files, depth - 1));
};

const configsOf = (service: Mapping, model: Mapping): readonly MountedFile[] => {
  const configs = get(service, 'configs');
  if (configs?.kind !== 'sequence') return [];
  return configs.items.flatMap((item) => {
    const name = textOf(get(item, 'source'));
    const content = name === undefined ? undefined : textOf(get(model, 'configs', name, 'content'));
    const target = textOf(get(item, 'target')) ?? `/${name}`;
    return content === undefined ? [] : [{ target, source: sourceOf(`config ${name}`, content) }];
  });
};

/** Configuration files of a resolved service that are there to be read. */
export const mountedFiles = (service: Mapping, model: Mapping, files: ProjectFiles): readonly MountedFile[] => [
  ...mountsOf(service).flatMap(({ type, sourceText, target }) =>
    type === 'bind' && sourceText !== undefined ? filesBelow(sourceText, target, files, DEPTH) : [],
  ),
  ...configsOf(service, model),
];

/** An address that a configuration file names. */
export type Address = {
  readonly host: string;
  readonly port: number | undefined;
  /** What it is for: `scrape job "fog-backend"`. */
  readonly purpose: string;
  readonly at: Span;
};

const HOST_PORT =
  /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/)?(?:[^@/\s]{1,200}@)?([A-Za-z0-9][\w.-]{0,250})(?::(\d{1,5}))?(?:[/?#].*)?$/;

/** Host and port of a URL or of `host:port`; the port is optional. */
export const hostIn = (text: string): { readonly host: string; readonly port: number | undefined } | undefined => {
  const [, host, port] = HOST_PORT.exec(text) ?? [];
  return host === undefined ? undefined : { host, port: port === undefined ? undefined : Number(port) };
};

const addressOf = (value: Value, purpose: string): readonly Address[] => {
  const found = hostIn(textOf(value) ?? '');
  const [origin] = value.origins;
  return found && origin.kind === 'written' ? [{ ...found, purpose, at: origin.at }] : [];
};

/** Targets of a Prometheus configuration. @see prometheus.io, "Configuration", `static_config` */
const scrapeTargets = (root: Value): readonly Address[] =>
  itemsOf(get(root, 'scrape_configs')).flatMap((job) =>
    itemsOf(get(job, 'static_configs')).flatMap((group) =>
      itemsOf(get(group, 'targets')).flatMap((target) =>
        addressOf(target, `scrape job "${textOf(get(job, 'job_name')) ?? ''}"`),
      ),
    ),
  );

/** Data sources that Grafana is provisioned with. @see grafana.com, "Provision Grafana", data sources */
const dataSources = (root: Value): readonly Address[] =>
  itemsOf(get(root, 'datasources')).flatMap((entry) => {
    const url = get(entry, 'url');
    return url ? addressOf(url, `data source "${textOf(get(entry, 'name')) ?? ''}"`) : [];
  });

const UPSTREAMS: readonly { readonly pattern: RegExp; readonly purpose: string }[] = [
  { pattern: /\b(?:proxy|fastcgi|uwsgi|grpc)_pass\s+([^\s;$]{1,300});/g, purpose: 'proxied requests' },
  { pattern: /\bserver\s+([A-Za-z][\w.-]{0,250}:\d{1,5})[\s;]/g, purpose: 'upstream' },
];

const upstreams = (source: Source): readonly Address[] =>
  UPSTREAMS.flatMap(({ pattern, purpose }) =>
    [...source.text.matchAll(pattern)].flatMap((match) => {
      const found = hostIn(match[1] ?? '');
      if (!found) return [];
      const start = match.index + match[0].indexOf(match[1] ?? '');
      return [{ ...found, purpose, at: { source, start, end: start + (match[1] ?? '').length } }];
    }),
  );

const addressesOf = oncePer((source: Source): readonly Address[] => {
  if (!/\.ya?ml$/.test(source.path)) return upstreams(source);
  if (!/scrape_configs|datasources/.test(source.text)) return [];
  const root = parse(source).documents[0]?.root;
  return root ? [...scrapeTargets(root), ...dataSources(root)] : [];
});

/** Addresses that a configuration file names: scrape targets, data sources, upstreams. */
export const addressesIn = ({ source }: MountedFile): readonly Address[] => addressesOf(source);
