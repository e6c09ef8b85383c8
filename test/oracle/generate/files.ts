import fc from 'fast-check';
import { type Data, RawData, TaggedData } from '../yaml-text.js';
import { type Any, either, merge, mostly, one, rarely, text } from './arbitraries.js';
import { allResources, someResources } from './resources.js';
import { attributesAlone, attributesOf } from './service.js';

const isCollection = (data: Data): data is readonly Data[] | { readonly [key: string]: Data } =>
  typeof data === 'object' && data !== null && !(data instanceof TaggedData || data instanceof RawData);

/**
 * A value with a tag on the part of it that `steps` lead to; what they do not lead to is left as it is, and so is null,
 * which a tag would make a text: that of an `ssh` key would be a path, which docker compose cannot print.
 */
const taggedAt = (data: Data, tag: '!reset' | '!override', steps: readonly number[]): Data => {
  if (data === null) return data;
  const [step, ...rest] = steps;
  if (!isCollection(data))
    return data instanceof RawData || data instanceof TaggedData ? data : new TaggedData(tag, data);
  const keys = Object.keys(data);
  if (step === undefined || keys.length === 0) return new TaggedData(tag, data);
  const chosen = keys[step % keys.length] ?? '';
  if (Array.isArray(data))
    return (data as readonly Data[]).map((item, i) => (String(i) === chosen ? taggedAt(item, tag, rest) : item));
  const mapping = data as { readonly [key: string]: Data };
  return { ...mapping, [chosen]: taggedAt(mapping[chosen] ?? null, tag, rest) };
};

const tag = fc.constantFrom('!reset', '!override');

/** A value as a later file has it: now and then tagged, at its top or further down, or null. */
const overriding = (value: Any): Any =>
  fc.oneof(
    { weight: 40, arbitrary: value },
    { weight: 3, arbitrary: fc.tuple(value, tag).map(([data, name]) => taggedAt(data, name, [])) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(value, tag, fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }))
        .map(([data, name, steps]) => taggedAt(data, name, steps)),
    },
    { weight: 1, arbitrary: one(null, new TaggedData('!override', null), new TaggedData('!reset', null)) },
  );

/** A few attributes of a service. */
const attributes = (all: Readonly<Record<string, Any>>, change: (value: Any) => Any = (value) => value): Any =>
  fc
    .array(
      fc
        .constantFrom(...Object.entries(all))
        .chain(([name, value]) => change(value).map((data): readonly [string, Data] => [name, data])),
      { maxLength: 7 },
    )
    .map((entries) => Object.fromEntries(entries));

const extendingFile = one(
  { service: 'shared', file: 'ext.yml' },
  { service: 'chained', file: 'sub/ext.yml' },
  { service: 'shared', file: './sub/../ext.yml' },
);

/** An anchor in an extension field, and the merge key that uses it. */
const common = one({ restart: 'always', labels: { 'com.example.a': 'anchored' } }, { init: true, dns: ['1.1.1.1'] });
const useOfCommon: Data = { '<<': new RawData('*common') };

/** A service of the first file, complete with an image. */
const firstService = (name: string): Any =>
  fc
    .tuple(
      attributes(attributesOf(name)),
      rarely(either(extendingFile, one('base', { service: 'base' }))),
      fc.constantFrom('alpine', 'busybox:1'),
      rarely(one(useOfCommon)),
    )
    .map(([own, extending, image, anchored]) =>
      merge({ image }, anchored, own, extending === undefined || name === 'base' ? {} : { extends: extending }),
    );

/**
 * A service of a later file: parts of one, with tags. `base`, which others extend, extends nothing here: in a chain of two
 * within one file, what a tag in the middle does depends on the order in which docker compose walks a Go map (the same input
 * gives different answers from run to run).
 */
const laterService = (name: string): Any =>
  fc
    .tuple(attributes(attributesOf(name), overriding), rarely(mostly(extendingFile, one('base', 'nowhere'), 40)))
    .map(([own, extending]) =>
      merge(
        name === 'job' ? { image: 'job' } : {},
        own,
        extending === undefined || name === 'base' ? {} : { extends: extending },
      ),
    );

const NAMES = ['api', 'db', 'web', 'base'] as const;

/** A first file, which declares everything that services refer to. */
export const baseFile: Any = fc
  .tuple(
    fc.record(Object.fromEntries(NAMES.map((name) => [name, firstService(name)]))),
    allResources,
    fc.record(
      { name: one('proj', 'My Proj', '${WORD}'), version: one('3.8'), 'x-top': either(text, one({ a: 1.5 })) },
      { requiredKeys: [] },
    ),
    common,
  )
  .map(([services, declared, rest, anchored]) =>
    merge({ 'x-common': new TaggedData('&common', anchored) }, rest as Data, { services }, declared),
  );

/** A file that overrides some of it, with tags and nulls. */
export const overrideFile: Any = fc
  .tuple(
    fc.record(Object.fromEntries([...NAMES, 'job'].map((name) => [name, laterService(name)])), { requiredKeys: [] }),
    mostly(fc.constant<Data>({}), someResources, 3),
  )
  .map(([services, declared]) => merge({ services: services as Data }, declared));

/** A file that others extend services of. */
export const extendedFile = (name: string, more: Any): Any =>
  fc
    .tuple(attributes(attributesOf(name)), more)
    .map(([own, link]) => ({ services: { [name]: merge({ image: 'extended' }, own, link), base: { image: 'x' } } }));

/** A file that is included, with resources of its own. */
export const includedFile: Any = fc
  .tuple(attributes(attributesAlone('helper')), rarely(one({ extends: { service: 'shared', file: '../ext.yml' } })))
  .map(([own, extending]) => ({
    services: {
      helper: merge({ image: 'helper:${WORD}', volumes: ['own:/own', './x:/x'], networks: ['inner'] }, own, extending),
    },
    networks: { inner: null },
    volumes: { own: { driver: 'local' } },
  }));

/** What an included file is overridden with. */
export const overIncluded: Any = attributes(attributesAlone('helper'), overriding).map((own) => ({
  services: { helper: own },
}));
