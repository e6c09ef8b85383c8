type Schema = Readonly<Record<string, unknown>>;

const text = (description: string): Schema => ({ description, type: 'string', minLength: 1 });

const flag = (description: string): Schema => ({ description, type: 'boolean' });

const named = (description: string, values: Schema): Schema => ({
  description,
  type: 'object',
  additionalProperties: values,
});

const list = (description: string): Schema => ({ description, type: 'array', items: { type: 'string', minLength: 1 } });

const object = (
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema => ({
  description,
  type: 'object',
  additionalProperties: false,
  ...(required.length > 0 ? { required } : {}),
  properties,
});

const LIMITS = object('Limits of a service in production.', {
  cpus: text('CPUs, as a text: "0.5".'),
  memory: text('Memory, with its unit: "512M".'),
});

const PROXY = object(
  'A reverse proxy, nginx, in front of the services that have lost their host ports.',
  {
    service: text('Name of the service.'),
    image: text('Its image.'),
    port: { description: 'Host port.', type: 'integer', minimum: 1, maximum: 65535 },
    to: named('Upstreams, by the paths that lead to them: `/: frontend:3000`.', text('`service:port`.')),
  },
  ['service', 'image', 'port', 'to'],
);

const PROD = object('What the production file gives to the services of the base. Without it none is made.', {
  restart: { description: 'Restart policy.', enum: ['always', 'unless-stopped', 'on-failure'] },
  limits: named('Limits by service; `default` holds for all others.', LIMITS),
  secrets: {
    description:
      'How credentials reach images that read them from files: out of the environment of docker compose, or out of files in `./secrets`.',
    enum: ['environment', 'files'],
  },
  proxy: PROXY,
});

/** Files that decided values can be set in. */
export const SET_FILES = ['base', 'override', 'prod'] as const;

/** What the settings' schema says of `decisions`: answers to what consolidation cannot know from the files. */
export const DECISIONS: Schema = object(
  'Answers to the questions of `fog-lint consolidate`, so that its result can be repeated.',
  {
    override: {
      description: 'The development file that becomes the override, or false for none.',
      oneOf: [{ type: 'string', minLength: 1 }, { const: false }],
    },
    moveDevSettings: flag('Whether development settings move from the base into the override.'),
    merge: {
      description: 'Services defined in the base and again in an overlay that become one, or false for none.',
      oneOf: [list('Names of services.'), { const: false }],
    },
    keep: named(
      'Which source stays where two files mount different ones on the same target: by service, then by target.',
      named('Source as one of the files writes it, by target.', text('The source that stays.')),
    ),
    scrapes: {
      description: 'Whether scrape jobs of a merged Prometheus become a file of their own that the overlay mounts.',
      enum: ['join', 'keep'],
    },
    networks: named(
      'Networks of services in the base; one that is not declared yet is added.',
      list('Names of networks.'),
    ),
    loopback: flag('Whether ports of the override are bound to 127.0.0.1.'),
    secrets: flag('Whether credentials become variables with their values in `.env`. They do unless this is false.'),
    tuning: flag(
      'Whether settings that a family of services shares become variables with defaults. They do unless this is false.',
    ),
    anchors: flag('Whether what a family of services shares is written once. It is unless this is false.'),
    awaitHealthy: flag('Whether dependencies with a health check are waited for until they are healthy.'),
    healthchecks: list('Services that get the health check that is known for their image.'),
    volumes: {
      description: 'Whether a volume that gets another key keeps its real name by `name:`, or is copied by hand.',
      enum: ['name', 'copy'],
    },
    prod: PROD,
    set: object(
      'Values that are decided, by file, then by service, as in a Compose file.',
      Object.fromEntries(
        SET_FILES.map((file) => [file, named(`Keys of services in the ${file} file.`, { type: 'object' })]),
      ),
    ),
    comments: named(
      'Comments that are no longer true: each line without its `#`, and what to write instead; nothing takes it away.',
      { type: 'string' },
    ),
  },
);
