import type { Field, Kind, Shape, StructShape } from './shape.js';

const kind = (name: Kind): Shape => ({ kind: name });
const text = kind('text');
const flag = kind('flag');
const integer = kind('integer');
const unsigned = kind('unsigned');
const float = kind('float');
const bytes = kind('bytes');
const duration = kind('duration');
const list = (item: Shape): Shape => ({ kind: 'list', item });
const named = (value: Shape, nullable = false): Shape => ({ kind: 'named', value, nullable, free: false });
const free = (value: Shape): Shape => ({ kind: 'named', value, nullable: false, free: true });

type Row = readonly [key: string, shape: Shape, options?: Omit<Field, 'key' | 'shape'>];

const fields = (rows: readonly Row[]): readonly Field[] =>
  rows.map(([key, shape, options]) => ({ key, shape, ...options }));
const struct = (...rows: readonly Row[]): Shape => ({ kind: 'struct', fields: fields(rows), extensions: true });
/** A struct of docker compose that has no room for `x-` keys, which it drops. */
const closed = (...rows: readonly Row[]): Shape => ({ kind: 'struct', fields: fields(rows), extensions: false });

const pointer = { when: 'pointer' } as const;
const inlineStruct = { when: 'inline-struct' } as const;

const deviceRequest = closed(
  ['capabilities', kind('text-list')],
  ['driver', text],
  ['count', kind('device-count')],
  ['device_ids', kind('text-list')],
  ['options', kind('mapping')],
);

const hook = struct(
  ['command', kind('command'), { when: 'keep-in-json' }],
  ['user', text],
  ['privileged', flag],
  ['working_dir', text],
  ['environment', kind('variables')],
);

const preStartHook = struct(
  ['command', kind('command'), { when: 'keep-in-json' }],
  ['image', text],
  ['user', text],
  ['privileged', flag],
  ['working_dir', text],
  ['environment', kind('variables')],
  ['per_replica', flag],
);

const fileReference = struct(
  ['source', text],
  ['target', text],
  ['uid', text],
  ['gid', text],
  ['mode', kind('mode'), pointer],
);

const ulimits = named(kind('ulimit'));

const build = struct(
  ['context', text],
  ['dockerfile', text],
  ['dockerfile_inline', text],
  ['entitlements', kind('text-list')],
  ['args', kind('variables')],
  ['provenance', text],
  ['sbom', text],
  ['ssh', kind('ssh')],
  ['labels', kind('labels')],
  ['cache_from', kind('texts')],
  ['cache_to', kind('texts')],
  ['no_cache', flag],
  ['no_cache_filter', kind('texts')],
  ['additional_contexts', kind('mapping')],
  ['pull', flag],
  ['extra_hosts', kind('hosts')],
  ['isolation', text],
  ['network', text],
  ['target', text],
  ['secrets', list(fileReference)],
  ['shm_size', bytes],
  ['tags', kind('texts')],
  ['ulimits', ulimits],
  ['platforms', kind('texts')],
  ['privileged', flag],
);

const throttle = list(
  struct(['path', text, { when: 'keep', json: 'Path' }], ['rate', bytes, { when: 'keep', json: 'Rate' }]),
);

const blkioConfig = struct(
  ['weight', unsigned],
  [
    'weight_device',
    list(
      struct(['path', text, { when: 'keep', json: 'Path' }], ['weight', unsigned, { when: 'keep', json: 'Weight' }]),
    ),
  ],
  ['device_read_bps', throttle],
  ['device_read_iops', throttle],
  ['device_write_bps', throttle],
  ['device_write_iops', throttle],
);

const resource = struct(
  ['cpus', kind('cpus')],
  ['memory', bytes],
  ['pids', integer],
  ['devices', list(deviceRequest)],
  [
    'generic_resources',
    list(
      struct([
        'discrete_resource_spec',
        struct(['kind', text, { when: 'keep' }], ['value', integer, { when: 'keep' }]),
        pointer,
      ]),
    ),
  ],
);

const updateConfig = struct(
  ['parallelism', unsigned, pointer],
  ['delay', duration],
  ['failure_action', text],
  ['monitor', duration],
  ['max_failure_ratio', float],
  ['order', text],
);

const deploy = struct(
  ['mode', text],
  ['replicas', integer, pointer],
  ['labels', kind('labels')],
  ['update_config', updateConfig, pointer],
  ['rollback_config', updateConfig, pointer],
  ['resources', struct(['limits', resource, pointer], ['reservations', resource, pointer]), inlineStruct],
  [
    'restart_policy',
    struct(
      ['condition', text],
      ['delay', duration, pointer],
      ['max_attempts', unsigned, pointer],
      ['window', duration, pointer],
    ),
    pointer,
  ],
  [
    'placement',
    struct(
      ['constraints', kind('text-list')],
      ['preferences', list(struct(['spread', text]))],
      ['max_replicas_per_node', unsigned],
    ),
    inlineStruct,
  ],
  ['endpoint_mode', text],
);

const volume = struct(
  ['type', text],
  ['source', text],
  ['target', text],
  ['read_only', flag],
  ['consistency', text],
  ['bind', struct(['selinux', text], ['propagation', text], ['create_host_path', flag], ['recursive', text]), pointer],
  ['volume', struct(['labels', kind('mapping')], ['nocopy', flag], ['subpath', text]), pointer],
  ['tmpfs', struct(['size', bytes], ['mode', unsigned]), pointer],
  ['image', struct(['subpath', text]), pointer],
);

const serviceNetwork = struct(
  ['aliases', kind('text-list')],
  ['driver_opts', kind('options')],
  ['gw_priority', integer],
  ['interface_name', text],
  ['ipv4_address', text],
  ['ipv6_address', text],
  ['link_local_ips', kind('text-list')],
  ['mac_address', text],
  ['priority', integer],
);

const service = struct(
  ['profiles', kind('text-list')],
  ['annotations', kind('mapping')],
  ['attach', flag, pointer],
  ['build', build, pointer],
  [
    'develop',
    struct([
      'watch',
      list(
        struct(
          ['path', text, { when: 'keep' }],
          ['action', text, { when: 'keep' }],
          ['target', text],
          ['exec', hook, inlineStruct],
          ['include', kind('text-list')],
          ['ignore', kind('text-list')],
          ['initial_sync', flag],
        ),
      ),
    ]),
    pointer,
  ],
  ['blkio_config', blkioConfig, pointer],
  ['cap_add', kind('text-list')],
  ['cap_drop', kind('text-list')],
  ['cgroup_parent', text],
  ['cgroup', text],
  ['cpu_count', integer],
  ['cpu_percent', float],
  ['cpu_period', integer],
  ['cpu_quota', integer],
  ['cpu_rt_period', integer],
  ['cpu_rt_runtime', integer],
  ['cpus', float],
  ['cpuset', text],
  ['cpu_shares', integer],
  ['command', kind('command'), { when: 'keep-in-json' }],
  ['configs', list(fileReference)],
  ['container_name', text],
  ['credential_spec', struct(['config', text], ['file', text], ['registry', text]), pointer],
  ['depends_on', free(struct(['condition', text], ['restart', flag], ['required', flag, { when: 'keep' }]))],
  ['deploy', deploy, pointer],
  ['device_cgroup_rules', kind('text-list')],
  ['devices', list(struct(['source', text], ['target', text], ['permissions', text]))],
  ['dns', kind('texts')],
  ['dns_opt', kind('text-list')],
  ['dns_search', kind('texts')],
  ['domainname', text],
  ['entrypoint', kind('command'), { when: 'keep-in-json' }],
  ['provider', struct(['type', text], ['options', kind('multi-options')]), pointer],
  ['environment', kind('variables')],
  [
    'env_file',
    list(closed(['path', text], ['required', flag, { when: 'keep' }], ['format', text])),
    { hidden: 'always' },
  ],
  ['expose', kind('mixed-list')],
  ['extends', closed(['file', text], ['service', text]), pointer],
  ['external_links', kind('text-list')],
  ['extra_hosts', kind('hosts')],
  ['group_add', kind('text-list')],
  ['gpus', list(deviceRequest)],
  ['hostname', text],
  [
    'healthcheck',
    struct(
      ['test', kind('test')],
      ['timeout', duration, pointer],
      ['interval', duration, pointer],
      ['retries', unsigned, pointer],
      ['start_period', duration, pointer],
      ['start_interval', duration, pointer],
      ['disable', flag],
    ),
    pointer,
  ],
  ['image', text],
  ['init', flag, pointer],
  ['ipc', text],
  ['isolation', text],
  ['labels', kind('labels')],
  ['label_file', kind('text-list')],
  ['links', kind('text-list')],
  ['logging', struct(['driver', text], ['options', kind('options')]), pointer],
  ['mem_limit', bytes],
  ['mem_reservation', bytes],
  ['memswap_limit', bytes],
  ['mem_swappiness', bytes],
  ['mac_address', text],
  ['models', named(struct(['endpoint_var', text], ['model_var', text]), true)],
  ['network_mode', text],
  ['networks', named(serviceNetwork, true)],
  ['oom_kill_disable', flag],
  ['oom_score_adj', integer],
  ['pid', text],
  ['pids_limit', integer],
  ['platform', text],
  [
    'ports',
    list(
      struct(
        ['name', text],
        ['mode', text],
        ['host_ip', text],
        ['target', unsigned],
        ['published', text],
        ['protocol', text],
        ['app_protocol', text],
      ),
    ),
  ],
  ['privileged', flag],
  ['pull_policy', text],
  ['read_only', flag],
  ['restart', text],
  ['runtime', text],
  ['scale', integer, pointer],
  ['secrets', list(fileReference)],
  ['security_opt', kind('text-list')],
  ['shm_size', bytes],
  ['stdin_open', flag],
  ['stop_grace_period', duration, pointer],
  ['stop_signal', text],
  ['storage_opt', kind('text-mapping')],
  ['sysctls', kind('mapping')],
  ['tmpfs', kind('texts')],
  ['tty', flag],
  ['ulimits', ulimits],
  ['use_api_socket', flag],
  ['user', text],
  ['userns_mode', text],
  ['uts', text],
  ['volumes', list(volume)],
  ['volumes_from', kind('text-list')],
  ['working_dir', text],
  ['pre_start', list(preStartHook)],
  ['post_start', list(hook)],
  ['pre_stop', list(hook)],
);

const network = struct(
  ['name', text],
  ['driver', text],
  ['driver_opts', kind('options')],
  [
    'ipam',
    struct(
      ['driver', text],
      [
        'config',
        list(closed(['subnet', text], ['gateway', text], ['ip_range', text], ['aux_addresses', kind('mapping')])),
      ],
    ),
    inlineStruct,
  ],
  ['external', flag],
  ['internal', flag],
  ['attachable', flag],
  ['labels', kind('labels')],
  ['enable_ipv4', flag, pointer],
  ['enable_ipv6', flag, pointer],
);

const namedVolume = struct(
  ['name', text],
  ['driver', text],
  ['driver_opts', kind('options')],
  ['external', flag],
  ['labels', kind('labels')],
);

/** Secrets and configs. Their `content` is printed only where it was written into the file. */
const fileObject = struct(
  ['name', text],
  ['file', text],
  ['environment', text],
  ['content', text],
  ['external', flag],
  ['labels', kind('labels')],
  ['driver', text],
  ['driver_opts', kind('text-mapping')],
  ['template_driver', text],
);

const model = struct(['name', text], ['model', text], ['context_size', integer], ['runtime_flags', kind('text-list')]);

/** A whole project. */
export const PROJECT_SHAPE: StructShape = {
  kind: 'struct',
  extensions: true,
  fields: fields([
    ['name', text],
    ['services', free(service), { when: 'keep' }],
    ['networks', free(network)],
    ['volumes', free(namedVolume)],
    ['secrets', free(fileObject)],
    ['configs', free(fileObject)],
    ['models', named(model), { hidden: 'json' }],
  ]),
};
