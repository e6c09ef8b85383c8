import fc from 'fast-check';
import {
  type Any,
  either,
  flag,
  ip,
  keyValue,
  labels,
  list,
  mostly,
  named,
  object,
  one,
  path,
  stringOrList,
  word,
} from './arbitraries.js';

const network = either(
  one(null, {}),
  object({
    driver: one('bridge'),
    driver_opts: named(['a'], one('x', 1)),
    internal: flag,
    attachable: flag,
    enable_ipv4: flag,
    enable_ipv6: flag,
    labels,
    name: word,
    'x-network': one(1),
    ipam: object({
      driver: one('default'),
      config: list(
        object({
          subnet: one('10.0.0.0/8', '172.16.0.0/16'),
          gateway: ip,
          ip_range: one('10.1.0.0/16'),
          aux_addresses: named(['h'], ip),
        }),
        2,
      ),
      options: named(['o'], one('v')),
    }),
  }),
  one({}),
);

const namedVolume = mostly(
  either(
    one(null, {}),
    object({
      driver: one('local'),
      driver_opts: either(
        object({ type: one('none'), o: one('bind', 'bind,ro'), device: path }),
        named(['count', 'type'], one(1, 'x')),
      ),
      labels,
      name: word,
      'x-volume': one([1]),
    }),
  ),
  one({ external: true, driver: 'x' }, { external: true, name: 'outside' }),
);

/** What exists outside of the project. The old notation with a name is only for the first file: two of them conflict. */
const outer = one(
  { external: true },
  { external: true, name: 'outside' },
  { external: { name: 'old' } },
  { external: 'true' },
  { external: '${TRUTH}' },
);
const outerAgain = mostly(one(null, {}), outer, 10);

/** Secrets and configs by where their content comes from, so that two files rarely contradict each other. */
const fileContent = (kind: 'secret' | 'config'): Any =>
  mostly(
    object(
      {
        file: one('./content.txt', '/abs', '~/x', 'c', '../up', 'C:\\win\\x'),
        name: one('n', '${WORD}'),
        labels: mostly(named(['a', 'b'], either(one('x', 1, true, null), word)), keyValue(['a', 'b'], one('x')), 20),
        template_driver: one('golang'),
        'x-a': one(1),
        ...(kind === 'secret' ? { driver: one('d'), driver_opts: named(['o'], one('v', 1)) } : {}),
      },
      ['file'],
    ),
    one({}, { file: 'a', environment: 'b' }),
  );
const variableContent = one({ environment: 'WORD' }, { environment: 'GONE' });
const inlineContent = one({ content: 'text ${WORD}' }, { content: 'two\nlines\n', labels: { a: 'b' } });
const model = object(
  { model: one('ai/model', 'ai/m'), context_size: one(1024), runtime_flags: list(one('--a', '--b')), name: one('m') },
  ['model'],
);

const resourcesWith = (outside: Any): Readonly<Record<string, Readonly<Record<string, Any>>>> => ({
  networks: { front: network, back: network, outer: outside },
  volumes: { data: namedVolume, cache: namedVolume, outer: outside },
  secrets: { cert: fileContent('secret'), token: variableContent, given: outside },
  configs: { cert: fileContent('config'), token: inlineContent, given: outside, more: variableContent },
  models: { llm: model },
});

/** Top-level resources, all of those that services refer to. */
export const allResources: Any = fc.record(
  Object.fromEntries(
    Object.entries(resourcesWith(outer)).map(([section, names]) => [section, fc.record({ ...names })]),
  ),
) as Any;

/** Some of the resources, once more, for a file that overrides another. */
export const someResources: Any = fc.record(
  Object.fromEntries(
    Object.entries(resourcesWith(outerAgain)).map(([section, names]) => [
      section,
      fc.record({ ...names }, { requiredKeys: [] }),
    ]),
  ),
  { requiredKeys: [] },
) as Any;

/** `include` of the included file, short and long. */
export const inclusion: Any = either(
  one('inc/compose.yml', './inc/compose.yml'),
  object(
    {
      path: one(
        'inc/compose.yml',
        ['inc/compose.yml'],
        ['inc/compose.yml', 'inc/more.yml'],
        ['inc/compose.yml', 'ext/other.yml'],
      ),
      project_directory: one('.', 'inc', './sub'),
      env_file: stringOrList(one('a.env', './b.env', 'sub/a.env')),
    },
    ['path'],
  ),
);
