import fc, { type Arbitrary } from 'fast-check';
import { type Data, TaggedData } from './yaml-text.js';

/** Names that services, resources and files refer to each other by. */
const SERVICES = ['api', 'db', 'web', 'job'] as const;
const NETWORKS = ['front', 'back', 'outer', 'default'] as const;
const FILES = ['cert', 'token', 'given'] as const;
const PROFILES = ['dev', 'ops'] as const;

/** Variables that every set is loaded with; `GONE` is never set. */
export const VARIABLES: Readonly<Record<string, string>> = {
  WORD: 'alpha',
  NUMBER: '3',
  TRUTH: 'true',
  EMPTY: '',
  SPACED: 'a b',
  PORT: '8090',
};

type Any = Arbitrary<Data>;

const one = (...values: readonly Data[]): Any => fc.constantFrom(...values);
const list = (item: Any, max = 3): Any => fc.array(item, { maxLength: max });
const some = (item: Any): Any => fc.array(item, { minLength: 1, maxLength: 3 });
const object = (model: Readonly<Record<string, Any>>, required: readonly string[] = []): Any =>
  fc.record(model, { requiredKeys: [...required] }) as Any;
const either = (...choices: readonly Any[]): Any => fc.oneof(...choices);
const named = (names: readonly string[], value: Any): Any =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }) as Any;

/** Mostly `good`, now and then something that may well be refused. */
const mostly = (good: Any, bad: Any, weight = 60): Any =>
  fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: bad });

const reference = one(
  '$WORD',
  '${WORD}',
  '${NUMBER}',
  '${GONE:-fallback}',
  '${GONE-x}',
  '${EMPTY:-filled}',
  '${EMPTY-kept}',
  '${WORD:+set}',
  '${GONE:+set}',
  '${WORD:?needed}',
  '${GONE:-${WORD:-deep}}',
  '${GONE:-${NUMBER}}-${WORD}',
  '${WORD}${NUMBER}',
  '$$literal',
  'a$$b${WORD}c',
  '${GONE}',
  '${WORD:-a} ${GONE:-b}',
);
const text = either(
  one('a', 'b', 'some text', '1', 'true', 'null', 'a:b', 'x=y', '', ' lead', 'ünï', 'a#b', "it's", '"q"'),
  reference,
);
const word = one('a', 'b-c', 'x1', '${WORD}', 'v${NUMBER}');
const integer = either(one(0, 1, 2, 10, 1000), one('5', '${NUMBER}'));
const flag = either(one(true, false), one('true', 'false', '${TRUTH}'));
const size = one('1g', '512m', '1.5gb', '64kb', '100b', '1024', '2 GiB', '${NUMBER}m');
const duration = one('30s', '1m30s', '1h', '500ms', '2d', '1.5h', '0', '${NUMBER}s');
const path = one('./rel', '../up', '/abs/path', '~/home', 'plain', './a/../b', '${WORD}/x');
const ip = one('127.0.0.1', '0.0.0.0', '::1', '10.1.2.3');

const keyValue = (keys: readonly string[], value: Any): Any =>
  either(
    named(keys, mostly(value, one(null, 1.5, 1e3, true), 8)),
    fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...keys), either(text, one('', '=', null)))
        .map(([key, content]) => (content === null ? key : `${key}=${typeof content === 'object' ? '' : content}`)),
      { maxLength: 4 },
    ) as Any,
  );

const labels = keyValue(['com.example.a', 'b', 'c-d', 'x-e'], text);
const variables = keyValue(['A', 'B', 'WORD', 'GONE', 'LOWER_case'], text);
const stringOrList = (item: Any): Any => either(item, fc.uniqueArray(item, { maxLength: 3 }) as Any);
const command = either(
  one(
    'run',
    'sh -c "a b"',
    'a "b c" \'d e\'',
    'x $$HOME',
    'echo ${WORD}',
    '',
    'a\\ b',
    'a && b',
    '2> x',
    'a $(b c)',
    'a `b`',
  ),
  list(one('run', '--flag', 'a b', '$${X}', '${WORD}')),
  one(null),
);

const shortPort = one(
  '80',
  '8080:80',
  '127.0.0.1:8081:81',
  '9000-9002:9000-9002',
  '90-91',
  '7000-7010:70',
  '53:53/udp',
  '[::1]:6000:60',
  '${PORT}:80',
  '${PORT}:${NUMBER}',
  '127.0.0.1::82',
  '443:443/TCP',
  '0:80',
);
const longPort = object(
  {
    target: one(80, 81, '82', '${NUMBER}'),
    published: one('8080', 8081, '9000-9005', '${PORT}'),
    host_ip: ip,
    protocol: one('tcp', 'udp'),
    mode: one('host', 'ingress'),
    name: word,
    app_protocol: one('http'),
  },
  ['target'],
);
const ports = list(
  mostly(
    either(shortPort, one(3000, 3001), longPort),
    one('80:x', 'a:80', '1-3:1-2', 70000, '80/foo', {}, '300.1.1.1:1:1', '::1:6001:61', '80/tcp/x'),
  ),
);

const shortVolume = one(
  'data:/data',
  'outer:/outer',
  'cache:/cache:ro',
  './src:/src',
  '/host:/host:rw,z',
  '~/home:/home:ro,rslave',
  '/anonymous',
  'data:/d2:nocopy',
  'C:\\win:/win',
  '../up:/up/',
  './a:/b/../c',
  '${WORD}/x:/y',
  './f:/x:Z,private',
  'v:/v',
  '/d',
);
const longVolume = either(
  object(
    {
      type: one('bind'),
      source: path,
      target: one('/b1', '/b2/'),
      read_only: flag,
      bind: object({
        propagation: one('rslave'),
        create_host_path: flag,
        selinux: one('z'),
        recursive: one('enabled'),
      }),
    },
    ['type', 'source', 'target'],
  ),
  object(
    {
      type: one('volume'),
      source: one('data'),
      target: one('/v1'),
      volume: object({ nocopy: flag, subpath: word, labels }),
      consistency: one('cached'),
    },
    ['type', 'target'],
  ),
  object(
    {
      type: one('tmpfs'),
      target: one('/t1', '/t2'),
      tmpfs: object({ size: either(size, one(1000)), mode: one(755, 448) }),
    },
    ['type', 'target'],
  ),
  object({ type: one('image'), source: one('img'), target: one('/i1'), image: object({ subpath: word }) }, [
    'type',
    'target',
  ]),
);
const volumes = list(
  mostly(
    either(shortVolume, longVolume),
    one(
      'a:b:c:d:e',
      ':/x',
      { type: 'odd', target: '/x' },
      { type: 'bind', target: '/nosource' },
      { type: 'volume', target: '/x', source: 'nowhere' },
    ),
  ),
);

const fileReference = either(
  fc.constantFrom(...FILES) as Any,
  object(
    {
      source: fc.constantFrom(...FILES),
      target: one('/run/x', 'y'),
      uid: one('100'),
      gid: one('200'),
      mode: one(440, '0440', 292),
    },
    ['source'],
  ),
);
const ulimits = named(
  ['nofile', 'nproc'],
  either(one(100, 65535, '${NUMBER}', 0), object({ soft: integer, hard: integer }, ['soft', 'hard'])),
);
const hosts = either(
  fc.uniqueArray(one('a=1.1.1.1', 'b:2.2.2.2', 'c=::1', 'a=3.3.3.3', 'd:[::2]', 'e=1.1.1.1,2.2.2.2'), {
    maxLength: 3,
  }) as Any,
  named(['a', 'b'], either(ip, some(ip))),
);

const buildWith = (more: Readonly<Record<string, Any>>): Any =>
  object({
    ...more,
    context: either(path, one('https://github.com/a/b.git', 'git@github.com:a/b.git')),
    args: variables,
    ssh: one(['default'], { default: null }),
    labels,
    cache_from: list(word),
    cache_to: list(word),
    no_cache: flag,
    additional_contexts: either(
      named(['base', 'other'], either(path, one('docker-image://alpine', 'https://x.y/z'))),
      one(['base=./ctx', 'img=docker-image://a']),
    ),
    network: word,
    provenance: either(flag, one('mode=max')),
    sbom: flag,
    pull: flag,
    target: word,
    shm_size: either(size, one(1000)),
    extra_hosts: hosts,
    isolation: word,
    privileged: flag,
    secrets: list(fileReference),
    tags: fc.uniqueArray(word, { maxLength: 2 }) as Any,
    ulimits,
    platforms: list(one('linux/amd64', 'linux/arm64')),
    entitlements: list(word),
  });
const build = mostly(
  either(path, buildWith({ dockerfile: word }), buildWith({ dockerfile_inline: one('FROM alpine\nRUN true\n') })),
  one({ unknown: 1 }, 5, { dockerfile: 'x', dockerfile_inline: 'y' }),
);

const healthcheck = object({
  test: mostly(
    either(one('curl localhost', 'a ${WORD} $$B'), one(['CMD', 'a', 'b'], ['CMD-SHELL', 'x'], ['NONE'])),
    one(['curl', 'x']),
  ),
  interval: duration,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
  retries: integer,
  disable: flag,
});

const resource = object({ cpus: one('0.5', 1, '${NUMBER}'), memory: size, pids: one(10, 20) });
const requestWith = (more: Readonly<Record<string, Any>>): Any =>
  object({ capabilities: one(['gpu'], ['gpu', 'compute']), driver: one('nvidia'), options: variables, ...more }, [
    'capabilities',
  ]);
const deviceRequest = either(
  requestWith({ count: one(1, 'all', '2') }),
  requestWith({ device_ids: one(['0'], ['0', '1']) }),
);
const updateConfig = object({
  parallelism: integer,
  delay: duration,
  failure_action: one('pause'),
  monitor: duration,
  max_failure_ratio: one(0.5, 0, '0.25'),
  order: one('start-first'),
});
const deploy = object({
  mode: one('replicated', 'global'),
  endpoint_mode: one('vip'),
  replicas: one(1, 1, '1', 2),
  labels,
  update_config: updateConfig,
  rollback_config: updateConfig,
  resources: object({
    limits: resource,
    reservations: object({
      cpus: one('0.1'),
      memory: size,
      devices: list(deviceRequest, 2),
      generic_resources: one([{ discrete_resource_spec: { kind: 'GPU', value: 2 } }]),
    }),
  }),
  restart_policy: object({ condition: one('any'), delay: duration, max_attempts: integer, window: duration }),
  placement: object({
    constraints: list(word),
    preferences: one([{ spread: 'node.zone' }]),
    max_replicas_per_node: integer,
  }),
});

const hook = object({ command, user: word, privileged: flag, working_dir: path, environment: variables }, ['command']);

/** Attributes that make a service depend on others, so that no cycle is made but now and then. */
const dependencies = (others: readonly string[]): Readonly<Record<string, Any>> => ({
  depends_on: mostly(
    either(
      fc.subarray([...others]) as Any,
      named(
        others,
        object(
          {
            condition: one('service_started', 'service_healthy', 'service_completed_successfully'),
            restart: flag,
            required: one(true, false),
          },
          ['condition'],
        ),
      ),
    ),
    either(one(['nowhere'], { db: { condition: 'odd' } }), fc.subarray([...SERVICES]) as Any),
    30,
  ),
  links: fc.subarray(others.flatMap((name) => [name, `${name}:alias`])) as Any,
  volumes_from: fc.subarray([...others.map((name) => `${name}:ro`), 'container:x:rw']) as Any,
  ipc: fc.constantFrom('host', 'shareable', ...others.map((name) => `service:${name}`)),
  pid: fc.constantFrom('host', ...others.map((name) => `service:${name}`)),
  network_mode: fc.constantFrom('host', 'none', 'bridge', 'container:x', ...others.map((name) => `service:${name}`)),
});

const networks = mostly(
  either(
    fc.uniqueArray(fc.constantFrom(...NETWORKS), { maxLength: 3 }) as Any,
    named(
      NETWORKS,
      either(
        one(null),
        object({
          aliases: list(word),
          ipv4_address: ip,
          ipv6_address: one('2001::1'),
          mac_address: one('02:42:ac:11:65:43'),
          priority: one(1, 100),
          gw_priority: one(2),
          driver_opts: named(['a'], one('x', 1)),
          link_local_ips: list(ip),
          interface_name: one('eth0'),
        }),
      ),
    ),
  ),
  one(['nowhere'], 5),
);

/** Every attribute of a service, in each of its syntaxes. */
const SERVICE: Readonly<Record<string, Any>> = {
  annotations: labels,
  attach: flag,
  build,
  blkio_config: object({
    weight: one(300),
    weight_device: one([{ path: '/dev/a', weight: 400 }]),
    device_read_bps: one([{ path: '/dev/a', rate: '1mb' }]),
    device_write_iops: one([{ path: '/dev/b', rate: 30 }]),
  }),
  cap_add: fc.uniqueArray(one('ALL', 'NET_ADMIN'), { maxLength: 2 }) as Any,
  cap_drop: fc.uniqueArray(one('ALL', 'SYS_TIME'), { maxLength: 2 }) as Any,
  cgroup: one('host', 'private'),
  cgroup_parent: word,
  command,
  configs: list(fileReference),
  container_name: mostly(
    one('name-${NUMBER}', 'my_name', 'other.name', 'c1', 'c2', 'c3', 'c4', 'c5'),
    one('x', '-', ''),
  ),
  cpu_count: integer,
  cpu_percent: one(50, '${NUMBER}'),
  cpu_period: either(integer, one('100000')),
  cpu_quota: integer,
  cpu_rt_period: integer,
  cpu_rt_runtime: integer,
  cpu_shares: integer,
  cpus: one('0.5', 1.5, 2, '${NUMBER}'),
  cpuset: one('0,1'),
  credential_spec: object({ file: path, registry: word, config: word }),
  deploy,
  develop: object({
    watch: list(
      object(
        {
          path,
          action: one('sync', 'rebuild', 'restart', 'sync+restart', 'sync+exec'),
          target: one('/app'),
          ignore: stringOrList(word),
          include: stringOrList(word),
          initial_sync: one(true),
          exec: hook,
        },
        ['path', 'action', 'target'],
      ),
    ),
  }),
  device_cgroup_rules: fc.uniqueArray(one('c 1:3 mr', 'a 7:* rmw'), { maxLength: 2 }) as Any,
  devices: list(
    either(
      one('/dev/a:/dev/b', '/dev/c', '/dev/d:/dev/e:r', 'vendor.com/class=name'),
      object({ source: one('/dev/x'), target: one('/dev/y'), permissions: one('rw') }, ['source', 'target']),
    ),
  ),
  dns: stringOrList(ip),
  dns_opt: fc.uniqueArray(one('use-vc', 'no-tld-query'), { maxLength: 2 }) as Any,
  dns_search: stringOrList(one('dc1.example.com', 'dc2.example.com')),
  domainname: word,
  entrypoint: command,
  env_file: either(
    one('a.env', './b.env'),
    list(
      either(
        one('a.env'),
        object({ path: one('a.env', 'missing.env'), required: one(false, 'false', true), format: one('raw') }, [
          'path',
          'required',
        ]),
      ),
    ),
  ),
  environment: variables,
  expose: fc.uniqueArray(one('3000', 8000, '9000-9001'), { maxLength: 3 }) as Any,
  external_links: fc.uniqueArray(one('redis', 'db:mysql'), { maxLength: 2 }) as Any,
  extra_hosts: hosts,
  gpus: either(one('all'), list(deviceRequest, 2)),
  group_add: fc.uniqueArray(one('mail', 100, '200'), { maxLength: 2 }) as Any,
  healthcheck,
  hostname: word,
  image: mostly(one('alpine', 'img:${NUMBER}', 'reg.io/a/b@sha256:abc', 'busybox:latest'), one('', 5)),
  init: flag,
  isolation: word,
  label_file: stringOrList(one('a.labels')),
  labels,
  logging: object({
    driver: one('json-file', 'syslog'),
    options: named(['max-size', 'tag'], one('10m', 3, null, '${WORD}')),
  }),
  mac_address: one('02:42:ac:11:65:44'),
  mem_limit: either(size, one(1000000)),
  mem_reservation: either(size, one(1000)),
  mem_swappiness: one(60, '${NUMBER}'),
  memswap_limit: either(size, one(-1)),
  models: either(one(['llm']), named(['llm'], object({ endpoint_var: one('URL'), model_var: one('NAME') }))),
  networks,
  oom_kill_disable: flag,
  oom_score_adj: one(-500, 100, '${NUMBER}'),
  pids_limit: one(10, -1, '${NUMBER}'),
  platform: one('linux/amd64'),
  ports,
  post_start: list(hook, 2),
  pre_stop: list(hook, 2),
  privileged: flag,
  profiles: fc.uniqueArray(fc.constantFrom(...PROFILES), { maxLength: 2 }) as Any,
  provider: object({ type: word, options: named(['a', 'b'], either(text, one(1, true), list(word))) }, ['type']),
  pull_policy: one('always', 'if_not_present', 'daily', 'every_12h', 'missing'),
  pull_refresh_after: one('daily'),
  read_only: flag,
  restart: one('no', 'always', 'on-failure:3', 'unless-stopped'),
  runtime: word,
  scale: one(1, '1', 1, 2),
  secrets: list(fileReference),
  security_opt: fc.uniqueArray(one('label:disable', 'seccomp=unconfined'), { maxLength: 2 }) as Any,
  shm_size: either(size, one(1000)),
  stdin_open: flag,
  stop_grace_period: duration,
  stop_signal: one('SIGTERM'),
  storage_opt: named(['size'], one('120G', 5)),
  sysctls: keyValue(['net.core.somaxconn', 'a.b'], one('1024', 1)),
  tmpfs: stringOrList(one('/run', '/tmp:mode=755,size=64m', '/t1')),
  tty: flag,
  ulimits,
  use_api_socket: one(true, false),
  user: one('1000:1000', 'root', '${NUMBER}'),
  userns_mode: one('host'),
  uts: one('host'),
  volumes,
  working_dir: one('/app', 'rel'),
  'x-extra': either(text, one({ a: [1, 2.5, null] }, 5)),
};

/** Attributes that name resources or services, which a file of its own would have to declare. */
const REFERRING: ReadonlySet<string> = new Set([
  'build',
  'configs',
  'models',
  'networks',
  'secrets',
  'volumes',
  'profiles',
]);

/** What a service may have: everything of the table, and dependencies on the services named. */
const attributesOf = (others: readonly string[]): Readonly<Record<string, Any>> =>
  others.length === 0 ? SERVICE : { ...SERVICE, ...dependencies(others) };

const ALONE = Object.fromEntries(Object.entries(SERVICE).filter(([name]) => !REFERRING.has(name)));

/** A few attributes of a service; any value may carry a tag, or be null, in a file that overrides another. */
const attributes = (all: Readonly<Record<string, Any>>, tags: boolean): Any =>
  fc
    .array(
      fc.constantFrom(...Object.entries(all)).chain(([name, value]) => {
        const shown = tags
          ? fc.oneof(
              { weight: 32, arbitrary: value },
              { weight: 2, arbitrary: value.map((data): Data => new TaggedData('!override', data)) },
              { weight: 2, arbitrary: value.map((data): Data => new TaggedData('!reset', data)) },
              { weight: 1, arbitrary: fc.constant<Data>(null) },
            )
          : value;
        return shown.map((data): readonly [string, Data] => [name, data]);
      }),
      { maxLength: 7 },
    )
    .map((entries) => Object.fromEntries(entries) as Data);

const extendingFile = one({ service: 'shared', file: 'ext.yml' }, { service: 'chained', file: 'sub/ext.yml' });
const rarely = (value: Any): Arbitrary<Data | undefined> => fc.option(value, { nil: undefined, freq: 5 });

const merge = (...parts: readonly (Data | undefined)[]): Data =>
  Object.assign({}, ...parts.filter((part) => part !== undefined)) as Data;

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  api: ['db', 'web'],
  job: ['db', 'web', 'api'],
  web: ['db'],
  db: [],
  base: [],
};

/** A service of the first file, complete with an image. */
const firstService = (name: string): Any =>
  fc
    .tuple(
      attributes(attributesOf(OTHERS[name] ?? []), false),
      rarely(either(extendingFile, one('base', { service: 'base' }))),
      fc.constantFrom('alpine', 'busybox:1'),
    )
    .map(([own, extending, image]) =>
      merge({ image }, own, extending === undefined || name === 'base' ? {} : { extends: extending }),
    );

/** A service of a later file: parts of one, with tags. */
const laterService = (name: string): Any =>
  fc
    .tuple(
      attributes(attributesOf(OTHERS[name] ?? []), true),
      rarely(mostly(extendingFile, one('base', 'nowhere'), 40)),
    )
    .map(([own, extending]) =>
      merge(name === 'job' ? { image: 'job' } : {}, own, extending === undefined ? {} : { extends: extending }),
    );

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
      driver_opts: object({ type: one('none'), o: one('bind', 'bind,ro'), device: path }),
      labels,
      name: word,
    }),
  ),
  one({ external: true, driver: 'x' }, { external: true, name: 'outside' }),
);
const outer = one({ external: true }, { external: true, name: 'outside' }, { external: { name: 'old' } });
/** Secrets and configs by where their content comes from, so that two files rarely contradict each other. */
const fileContent = mostly(
  one(
    { file: './content.txt' },
    { file: '/abs', name: 'n', labels: { a: 'b' } },
    { file: '~/x', 'x-a': 1 },
    { file: 'c', template_driver: 'golang' },
  ),
  one({}, { file: 'a', environment: 'b' }),
);
const variableContent = one({ environment: 'WORD' }, { environment: 'GONE' });
const inlineContent = one({ content: 'text ${WORD}' }, { content: 'two\nlines\n', labels: { a: 'b' } });
const model = one({ model: 'ai/model' }, { model: 'ai/m', context_size: 1024, runtime_flags: ['--a'], name: 'm' });

/** Top-level resources that services refer to. */
const RESOURCES: Readonly<Record<string, Readonly<Record<string, Any>>>> = {
  networks: { front: network, back: network, outer },
  volumes: { data: namedVolume, cache: namedVolume, outer },
  secrets: { cert: fileContent, token: variableContent, given: outer },
  configs: { cert: fileContent, token: inlineContent, given: outer, more: variableContent },
  models: { llm: model },
};

/** Some or all of the resources. */
const resources = (all: boolean): Any =>
  fc.record(
    Object.fromEntries(
      Object.entries(RESOURCES).map(([section, names]) => [section, fc.record(names, all ? {} : { requiredKeys: [] })]),
    ),
    all ? {} : { requiredKeys: [] },
  ) as Any;

/** A first file, which declares everything that services refer to. */
const baseFile: Any = fc
  .tuple(
    fc.record({
      api: firstService('api'),
      db: firstService('db'),
      web: firstService('web'),
      base: firstService('base'),
    }),
    resources(true),
    fc.record(
      { name: either(one('proj', 'My Proj', '${WORD}')), version: one('3.8'), 'x-top': either(text, one({ a: 1.5 })) },
      { requiredKeys: [] },
    ),
  )
  .map(([services, declared, rest]) => merge(rest as Data, { services: services as Data }, declared));

/** A file that overrides some of it, with tags and nulls. */
const overrideFile: Any = fc
  .tuple(
    fc.record(Object.fromEntries(['api', 'db', 'web', 'job', 'base'].map((name) => [name, laterService(name)])), {
      requiredKeys: [],
    }),
    mostly(fc.constant<Data>({}), resources(false), 2),
  )
  .map(([services, declared]) => merge({ services: services as Data }, declared));

const extendedFile = (name: string, more: Any): Any =>
  fc
    .tuple(attributes(attributesOf([]), false), more)
    .map(([own, link]) => ({ services: { [name]: merge({ image: 'extended' }, own, link), base: { image: 'x' } } }));

/** A set of files, and how it is loaded. */
export type ComposeSet = {
  readonly files: Readonly<Record<string, Data>>;
  readonly order: readonly string[];
  readonly profiles: readonly string[];
  readonly allResources: boolean;
};

/** Random sets of Compose files: every attribute in every syntax, overrides, tags, extends, include, variables, profiles. */
export const composeSets: Arbitrary<ComposeSet> = fc
  .record({
    base: baseFile,
    overrides: fc.array(overrideFile, { maxLength: 2 }),
    extended: extendedFile('shared', fc.constant<Data>({})),
    chained: extendedFile(
      'chained',
      one({}, { extends: 'base' }, { extends: { service: 'shared', file: '../ext.yml' } }),
    ),
    included: fc.option(
      fc.tuple(
        attributes(ALONE, false),
        one(
          'inc/compose.yml',
          { path: 'inc/compose.yml' },
          { path: ['inc/compose.yml'], project_directory: '.' },
          { path: 'inc/compose.yml', env_file: 'a.env' },
        ),
      ),
      { nil: undefined, freq: 3 },
    ),
    profiles: fc.subarray([...PROFILES, '*']),
    allResources: fc.boolean(),
  })
  .map(({ base, overrides, extended, chained, included, profiles, allResources }) => {
    const files: Record<string, Data> = { 'compose.yml': base, 'ext.yml': extended, 'sub/ext.yml': chained };
    if (included) {
      files['compose.yml'] = merge(base, { include: [included[1]] });
      files['inc/compose.yml'] = {
        services: {
          helper: merge({ image: 'helper', volumes: ['own:/own', './x:/x'], networks: ['inner'] }, included[0]),
        },
        networks: { inner: null },
        volumes: { own: { driver: 'local' } },
      };
    }
    overrides.forEach((file, i) => {
      files[`override${i}.yml`] = file;
    });
    return { files, order: ['compose.yml', ...overrides.map((_, i) => `override${i}.yml`)], profiles, allResources };
  });

/** Files that are read but not generated. */
export const FIXED_FILES: Readonly<Record<string, string>> = {
  '.env': 'FROM_DOTENV=yes\nWORD=ignored\n',
  'a.env': 'A=from-file\nNEW=${A}-${WORD}\n# comment\nQUOTED="a b"\nLITERAL=\'$A\'\n',
  'b.env': 'B=two\nLOWER_case=${B}\n',
  'a.labels': 'b=from-label-file\nnew.label=${b}x\n',
  'sub/a.env': 'A=sub\n',
  'inc/a.env': 'A=inc\n',
  'inc/b.env': 'B=inc\n',
  'inc/a.labels': 'b=inc\n',
  'sub/b.env': 'B=sub\n',
  'sub/a.labels': 'b=sub\n',
};
