import { type Surprise, web } from './surprise.js';

const MOUNT = { type: 'bind', bind: { create_host_path: true } };

/** Surprises in variables, files that are named in files, what is checked, and what is left out. */
export const LOADING: readonly Surprise[] = [
  {
    says: 'A required variable in a default that is not needed is missed nevertheless.',
    base: 'services:\n  web: {image: "${IMAGE:-${OTHER:?name one}}"}\n',
    args: { env: { IMAGE: 'web' } },
    refused: 'required-variable',
  },
  {
    says: 'So is one in an extension.',
    base: `x-note: "\${NOTE:?say something}"\n${web('tty: true')}`,
    refused: 'required-variable',
  },
  {
    says: 'A variable without a value hides the one of an env file, which sees those with one.',
    base: web('env_file: web.env, environment: {A: , B: two}'),
    more: { 'web.env': 'A=one\nC=${B}-three\n' },
    at: ['services', 'web', 'environment'],
    gives: { A: null, B: 'two', C: 'two-three' },
  },
  {
    says: 'Env files are read even with --no-env-resolution.',
    base: web('env_file: web.env'),
    more: { 'web.env': 'A=one\n' },
    args: { configFlags: ['--no-env-resolution'] },
    at: ['services', 'web', 'environment'],
    gives: { A: 'one' },
  },
  {
    says: 'In env files a doubled dollar is one, a backslash takes none away, and a value may start with #.',
    base: web('env_file: web.env'),
    more: { 'web.env': 'A=$$n\nB="\\$n"\nC=\'$$n\'\nD=\\$n\nE=# n\n' },
    at: ['services', 'web', 'environment'],
    gives: { A: '$$n', B: '$$n', C: '$$$$n', D: '\\', E: '# n' },
  },
  {
    says: 'The .env of an included file ranks below that of the project.',
    base: 'include: [part/compose.yml]\n',
    more: {
      '.env': 'TAG=outer\n',
      'part/.env': 'TAG=inner\nEXTRA=own\n',
      'part/compose.yml': 'services:\n  web: {image: "web:${TAG}-${EXTRA}"}\n',
    },
    at: ['services', 'web', 'image'],
    gives: 'web:outer-own',
  },
  {
    says: 'All paths of one include start in the folder of its first file.',
    base: 'include: [{path: [part/compose.yml, over/compose.yml]}]\n',
    more: {
      'part/compose.yml': web('volumes: ["./a:/a"]'),
      'over/compose.yml': 'services:\n  web: {volumes: ["./b:/b"]}\n',
    },
    at: ['services', 'web', 'volumes'],
    gives: [
      { ...MOUNT, source: '$DIR/part/a', target: '/a' },
      { ...MOUNT, source: '$DIR/part/b', target: '/b' },
    ],
  },
  {
    says: 'A volume that is null and one that is empty conflict where one of them is included.',
    base: `include: [part.yml]\n${web('volumes: ["data:/d"]', 'volumes: {data: {}}\n')}`,
    more: { 'part.yml': 'volumes:\n  data:\n' },
    refused: 'include-conflict',
  },
  {
    says: 'Unknown keys of include and extends are accepted.',
    base: 'include: [{path: part.yml, colour: red}]\nservices:\n  one: {image: one}\n  web: {extends: {service: one, colour: red}}\n',
    more: { 'part.yml': 'services:\n  two: {image: two}\n' },
    at: ['services', 'web', 'image'],
    gives: 'one',
  },
  {
    says: 'A service extends those of its own file only.',
    base: web('tty: true'),
    override: 'services:\n  api: {extends: web}\n',
    refused: 'undefined-reference',
  },
  {
    says: 'Paths of a later file start in the folder of the first one.',
    base: web('tty: true'),
    more: { 'over/compose.yml': 'services:\n  web: {build: ./src}\n' },
    args: { files: ['compose.yml', 'over/compose.yml'] },
    at: ['services', 'web', 'build', 'context'],
    gives: '$DIR/src',
  },
  {
    says: 'A dependency that is not required must be defined nevertheless.',
    base: web('depends_on: {db: {condition: service_started, required: false}}'),
    refused: 'undefined-reference',
  },
  {
    says: 'A service of an inactive profile may refer to nothing.',
    base: `${web('tty: true')}  debug: {profiles: [debug], networks: [nowhere], depends_on: [nobody]}\n`,
    at: ['services', 'debug'],
    gives: undefined,
  },
  {
    says: 'What no service uses is left out, the default network too.',
    base: web('network_mode: host', 'networks: {default: {driver: x}}\nvolumes: {data: {}}\n'),
    at: ['networks'],
    gives: undefined,
  },
  {
    says: 'Links and volumes of another service make a service depend on it.',
    base: web('links: ["db:store"], volumes_from: [files]', '  db: {image: db}\n  files: {image: files}\n'),
    at: ['services', 'web', 'depends_on'],
    gives: {
      db: { condition: 'service_started', restart: true, required: true },
      files: { condition: 'service_started', required: true },
    },
  },
  {
    says: 'A mode excludes networks only where there is one in the list.',
    base: web('network_mode: host, networks: []'),
    at: ['services', 'web', 'network_mode'],
    gives: 'host',
  },
  {
    says: 'A network that is external may have a driver.',
    base: web('networks: [n]', 'networks: {n: {external: true, driver: bridge}}\n'),
    at: ['networks', 'n'],
    gives: { name: 'n', driver: 'bridge', ipam: {}, external: true },
  },
  {
    says: 'A volume that is external may not.',
    base: web('volumes: ["data:/d"]', 'volumes: {data: {external: true, driver: local}}\n'),
    refused: 'conflicting-keys',
  },
  {
    says: 'The folder of a volume is resolved for these very options only.',
    base: web(
      'volumes: ["one:/1", "two:/2"]',
      'volumes:\n  one: {driver: local, driver_opts: {o: bind, device: ./d}}\n  two: {driver: local, driver_opts: {o: "bind,rw", device: ./d}}\n',
    ),
    at: ['volumes'],
    gives: {
      one: { name: 'case_one', driver: 'local', driver_opts: { device: '$DIR/d', o: 'bind' } },
      two: { name: 'case_two', driver: 'local', driver_opts: { device: './d', o: 'bind,rw' } },
    },
  },
  {
    says: 'COMPOSE_FILE that is set but empty names the folder.',
    base: web('tty: true'),
    args: { files: [], env: { COMPOSE_FILE: '' } },
    refused: 'missing-file',
  },
  {
    says: 'Of two overrides .yml is taken, while of two first files it is .yaml.',
    base: web('tty: true'),
    more: {
      'compose.yaml': web('hostname: from-yaml'),
      'compose.override.yaml': 'services:\n  web: {domainname: from-yaml}\n',
      'compose.override.yml': 'services:\n  web: {domainname: from-yml}\n',
    },
    args: { files: [] },
    at: ['services', 'web'],
    gives: {
      command: null,
      domainname: 'from-yml',
      entrypoint: null,
      hostname: 'from-yaml',
      image: 'web',
      networks: { default: null },
    },
  },
];
