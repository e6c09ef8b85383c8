import fc from 'fast-check';
import {
  type Any,
  command,
  distinct,
  duration,
  either,
  flag,
  handWritten,
  integer,
  ip,
  keyValue,
  labels,
  list,
  mostly,
  named,
  object,
  one,
  path,
  size,
  stringOrList,
  text,
  variables,
  word,
} from './arbitraries.js';
import { build, deviceRequest, hosts, ulimits } from './build.js';
import { cpus, deploy, memory, pids } from './deploy.js';
import { fileReference, ports, volumes } from './mounts.js';
import { NETWORKS, OTHERS, PROFILES, SERVICES } from './names.js';

const healthcheck = object({
  test: mostly(
    either(one('curl localhost', 'a ${WORD} $$B'), one(['CMD', 'a', 'b'], ['CMD-SHELL', 'x'], ['NONE'])),
    one(['curl', 'x'], []),
  ),
  interval: duration,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
  retries: either(integer, one(3)),
  disable: flag,
  'x-check': one(1),
});

const hook = object({ command, user: word, privileged: flag, working_dir: path, environment: variables }, ['command']);

/** Lists that may not repeat an item draw from many, since merged ones may not either. */
const many = (start: string): Any => fc.nat({ max: 40 }).map((i) => `${start}${i}`);

const rates = (rate: Any): Any => list(object({ path: one('/dev/a', '/dev/b'), rate }, ['path']), 2);

const networks = mostly(
  either(
    distinct(fc.constantFrom(...NETWORKS)),
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
          'x-net': one(1),
        }),
      ),
    ),
  ),
  one(['nowhere'], 5),
);

/** Every attribute of a service but those that lead to other services, in each of its syntaxes. */
const attributesNamed = (name: string): Readonly<Record<string, Any>> => ({
  annotations: labels,
  attach: flag,
  build,
  blkio_config: object({
    weight: mostly(one(300), one('400'), 20),
    weight_device: list(object({ path: one('/dev/a'), weight: mostly(one(400), one('500'), 20) }, ['path']), 2),
    device_read_bps: rates(one('1mb', 1024)),
    device_read_iops: rates(one('30', 20)),
    device_write_bps: rates(one('1mb', 1024)),
    device_write_iops: rates(one('30', 20)),
  }),
  cap_add: distinct(one('ALL', 'NET_ADMIN'), 2),
  cap_drop: distinct(one('ALL', 'SYS_TIME'), 2),
  cgroup: one('host', 'private'),
  cgroup_parent: word,
  command,
  configs: list(fileReference),
  container_name: mostly(one(`${name}-\${NUMBER}`, `my_${name}`, `${name}.name`), one('x', '-', '', 'same')),
  cpu_count: integer,
  cpu_percent: mostly(one(50, 100), one('50', '${NUMBER}', '7.5'), 30),
  cpu_period: either(integer, mostly(one('100000'), one('100us'), 60)),
  cpu_quota: integer,
  cpu_rt_period: mostly(integer, one('1s'), 60),
  cpu_rt_runtime: integer,
  cpu_shares: integer,
  cpus,
  cpuset: one('0,1'),
  credential_spec: object({ file: path, registry: word, config: word }),
  deploy,
  develop: either(
    object({
      watch: list(
        object(
          {
            path,
            action: one('sync', 'rebuild', 'restart', 'sync+restart', 'sync+exec'),
            target: one('/app'),
            ignore: stringOrList(word),
            include: stringOrList(word),
            initial_sync: one(true, false),
            exec: hook,
            'x-watch': one(1),
          },
          ['path', 'action', 'target'],
        ),
      ),
    }),
    one(null),
  ),
  device_cgroup_rules: distinct(many('c 1:3 mr'), 2),
  devices: list(
    either(
      one('/dev/a:/dev/b', '/dev/c', '/dev/d:/dev/e:r', 'vendor.com/class=name'),
      object({ source: one('/dev/x'), target: one('/dev/y'), permissions: one('rw') }, ['source', 'target']),
    ),
  ),
  dns: stringOrList(ip),
  dns_opt: distinct(one('use-vc', 'no-tld-query'), 2),
  dns_search: stringOrList(one('dc1.example.com', 'dc2.example.com')),
  domainname: word,
  entrypoint: command,
  env_file: either(
    one('a.env', './b.env'),
    list(
      either(
        one('a.env', 'b.env'),
        object(
          {
            path: one('a.env', 'b.env', 'missing.env'),
            required: mostly(one(false, 'false', 'no'), one(true, '${TRUTH}'), 6),
            format: one('raw'),
          },
          ['path', 'required'],
        ),
      ),
    ),
  ),
  environment: variables,
  expose: distinct(one('3000', 8000, '9000-9001', '53/udp')),
  external_links: distinct(many('box'), 2),
  extra_hosts: hosts,
  gpus: either(one('all'), list(deviceRequest, 2)),
  group_add: distinct(either(many('group'), fc.integer({ min: 100, max: 140 }) as Any), 2),
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
    'x-log': one(1),
  }),
  mac_address: one('02:42:ac:11:65:44'),
  mem_limit: memory,
  mem_reservation: memory,
  mem_swappiness: one(60, '${NUMBER}'),
  memswap_limit: either(size, one(-1)),
  models: either(
    one(['llm']),
    named(['llm'], either(object({ endpoint_var: one('URL'), model_var: one('NAME') }), one(null))),
  ),
  networks,
  oom_kill_disable: flag,
  oom_score_adj: one(-500, 100, '${NUMBER}'),
  pids_limit: pids,
  platform: one('linux/amd64'),
  ports,
  post_start: list(hook, 2),
  pre_stop: list(hook, 2),
  privileged: flag,
  profiles: distinct(fc.constantFrom(...PROFILES), 2),
  provider: object(
    {
      type: word,
      options: named(['a', 'b'], either(one('x', '${WORD}', 1, true), list(either(word, one(1, true))))),
    },
    ['type'],
  ),
  pull_policy: one('always', 'if_not_present', 'daily', 'every_12h', 'missing', 'neverland'),
  pull_refresh_after: one('daily'),
  read_only: flag,
  restart: either(one('no', 'always', 'on-failure:3', 'unless-stopped'), handWritten('no')),
  runtime: word,
  scale: mostly(one(1, '1'), one(2, 0), 20),
  secrets: list(fileReference),
  security_opt: distinct(many('label:'), 2),
  shm_size: either(size, one(1000)),
  stdin_open: flag,
  stop_grace_period: duration,
  stop_signal: one('SIGTERM'),
  storage_opt: named(['size'], one('120G', 5)),
  sysctls: keyValue(['net.core.somaxconn', 'a.b'], one('1024', 1)),
  tmpfs: stringOrList(one('/run', '/tmp:mode=755,size=64m', '/t1', '/t3')),
  tty: flag,
  ulimits,
  use_api_socket: one(true, false),
  user: one('1000:1000', 'root', '${NUMBER}'),
  userns_mode: one('host'),
  uts: one('host'),
  volumes,
  working_dir: one('/app', 'rel'),
  'x-extra': either(text, one({ a: [1, 2.5, null] }, 5)),
});

/** Attributes that make a service depend on others. */
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
            'x-dep': one(1),
          },
          ['condition'],
        ),
      ),
    ),
    either(one(['nowhere'], { db: { condition: 'odd' } }), fc.subarray([...SERVICES]) as Any),
    50,
  ),
  links: fc.subarray(others.flatMap((name) => [name, `${name}:alias`])) as Any,
  volumes_from: fc.subarray([...others.map((name) => `${name}:ro`), 'container:x:rw']) as Any,
  ipc: fc.constantFrom('host', 'shareable', ...others.map((name) => `service:${name}`)),
  pid: fc.constantFrom('host', ...others.map((name) => `service:${name}`)),
  network_mode: fc.constantFrom('host', 'none', 'bridge', 'container:x', ...others.map((name) => `service:${name}`)),
});

/** Every attribute that a service of this name may have, in each of its syntaxes. */
export const attributesOf = (name: string): Readonly<Record<string, Any>> => {
  const others = OTHERS[name] ?? [];
  return others.length === 0 ? attributesNamed(name) : { ...attributesNamed(name), ...dependencies(others) };
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

/** What a service may have whose file declares nothing else. */
export const attributesAlone = (name: string): Readonly<Record<string, Any>> =>
  Object.fromEntries(Object.entries(attributesOf(name)).filter(([attribute]) => !REFERRING.has(attribute)));
