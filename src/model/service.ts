import { oncePer } from '../source/once.js';
import type { Span } from '../source/source.js';
import { get, itemsOf, type Mapping, placeOfValue, type Scalar, type Value } from './value.js';

/** Typed views on a service of a resolved project: long forms only, every part with the value it was read from. */

const scalarAt = (value: Value | undefined, key: string): Scalar | undefined => {
  const found = get(value, key);
  return found?.kind === 'scalar' ? found : undefined;
};

const textAt = (value: Value | undefined, key: string): string | undefined => {
  const found = scalarAt(value, key)?.value;
  return typeof found === 'string' ? found : undefined;
};

/** One published or exposed port. `published` is absent when Docker picks the host port. */
export type Port = {
  readonly value: Mapping;
  readonly at: Span | undefined;
  readonly target: number;
  readonly protocol: string;
  /** Address of the host, or undefined for all of them. */
  readonly hostIp: string | undefined;
  /** First and last host port; they differ where one of a range is picked. */
  readonly published: { readonly first: number; readonly last: number } | undefined;
};

export const portsOf = oncePer((service: Mapping): readonly Port[] =>
  itemsOf(get(service, 'ports')).flatMap((value) => {
    if (value.kind !== 'mapping') return [];
    const range = /^(\d+)(?:-(\d+))?$/.exec(textAt(value, 'published') ?? '');
    const first = Number(range?.[1] ?? 0);
    return [
      {
        value,
        at: placeOfValue(value),
        target: Number(scalarAt(value, 'target')?.value ?? 0),
        protocol: textAt(value, 'protocol') ?? 'tcp',
        hostIp: textAt(value, 'host_ip') || undefined,
        published: first === 0 ? undefined : { first, last: Number(range?.[2] ?? first) },
      },
    ];
  }),
);

/** A port for people: `127.0.0.1:8080`, `53/udp`. */
export const formatHostPort = ({ hostIp, published, protocol }: Port): string => {
  const range = published
    ? published.first === published.last
      ? `${published.first}`
      : `${published.first}-${published.last}`
    : '';
  const address = hostIp === undefined ? '' : hostIp.includes(':') ? `[${hostIp}]:` : `${hostIp}:`;
  return `${address}${range}${protocol === 'tcp' ? '' : `/${protocol}`}`;
};

/** One mount. `source` is absent for anonymous volumes and tmpfs. */
export type Mount = {
  readonly value: Mapping;
  readonly at: Span | undefined;
  readonly type: string;
  readonly source: Scalar | undefined;
  readonly sourceText: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
};

export const mountsOf = oncePer((service: Mapping): readonly Mount[] =>
  itemsOf(get(service, 'volumes')).flatMap((value) => {
    if (value.kind !== 'mapping') return [];
    const source = scalarAt(value, 'source');
    return [
      {
        value,
        at: placeOfValue(value),
        type: textAt(value, 'type') ?? 'volume',
        source,
        sourceText: textAt(value, 'source') || undefined,
        target: textAt(value, 'target') ?? '',
        readOnly: scalarAt(value, 'read_only')?.value === true,
      },
    ];
  }),
);

/** One variable of a service's environment; `text` is null for a name without a value. */
export type ServiceVariable = {
  readonly name: string;
  readonly value: Scalar;
  readonly text: string | null;
  readonly key: Span | undefined;
};

export const variablesOf = oncePer((service: Mapping): readonly ServiceVariable[] => {
  const environment = get(service, 'environment');
  if (environment?.kind !== 'mapping') return [];
  return [...environment.entries].flatMap(([name, { key, value }]) =>
    value.kind === 'scalar' ? [{ name, value, text: typeof value.value === 'string' ? value.value : null, key }] : [],
  );
});

/** The words of `command`, `entrypoint` or a healthcheck's test. */
export const wordsOf = (value: Value | undefined): readonly Scalar[] =>
  itemsOf(value).filter((item): item is Scalar => item.kind === 'scalar');

/** Names under `networks` or `depends_on`, or of another mapping. */
export const namesIn = (value: Value | undefined): readonly string[] =>
  value?.kind === 'mapping' ? [...value.entries.keys()] : [];

/** Texts of a list such as `profiles`. */
export const textsIn = (value: Value | undefined): readonly string[] =>
  itemsOf(value).flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));

/** How many containers of a service run: `scale`, else `deploy.replicas`, else one. */
export const replicasOf = (service: Mapping): number =>
  Number(scalarAt(service, 'scale')?.value ?? scalarAt(get(service, 'deploy'), 'replicas')?.value ?? 1);
