import { type Surprise, web } from './surprise.js';

/** Surprises in how single values are read and printed. */
export const FORMS: readonly Surprise[] = [
  {
    says: 'A volume with a name of one letter is taken for the drive of a path on Windows.',
    base: web('volumes: ["d:/data"]', 'volumes: {d: {}}\n'),
    at: ['services', 'web', 'volumes'],
    gives: [{ type: 'volume', target: 'd:/data', volume: {} }],
  },
  {
    says: 'A mount of two characters lacks the details that a longer one has.',
    base: web('volumes: ["/a", "/ab"]'),
    at: ['services', 'web', 'volumes'],
    gives: [
      { type: 'volume', target: '/a' },
      { type: 'volume', target: '/ab', volume: {} },
    ],
  },
  {
    says: 'Four parts between colons are a mount when two of them look like drives.',
    base: web('volumes: ["x:y:z:w"]'),
    at: ['services', 'web', 'volumes', 0, 'target'],
    gives: 'z:w',
  },
  {
    says: 'A dollar sign that is doubled in a key stays doubled, and is doubled once more when it is printed.',
    base: web('labels: {"price$$": low, $NAME: high}'),
    args: { env: { NAME: 'x' } },
    at: ['services', 'web', 'labels'],
    gives: { price$$$$: 'low', $$NAME: 'high' },
  },
  {
    says: 'Every dollar sign is doubled when it is printed, so that it can be loaded again.',
    base: web('command: [echo, "$$HOME costs 5$"]'),
    at: ['services', 'web', 'command', 1],
    gives: '$$HOME costs 5$$',
  },
  {
    says: 'A command that is one text ends at the first operator of a shell.',
    base: web('command: "migrate && serve > log"'),
    at: ['services', 'web', 'command'],
    gives: ['migrate'],
  },
  {
    says: 'A bracket that is not quoted makes a command that is one text an error.',
    base: web('command: "echo (now)"'),
    refused: 'schema',
  },
  {
    says: 'A variable becomes a number in some attributes only.',
    base: web('networks: {default: {priority: "$HOW"}}'),
    args: { env: { HOW: '7' } },
    refused: 'schema',
  },
  {
    says: 'Numbers are those of YAML 1.1, while `yes` is a text.',
    base: web('environment: {A: 017, B: 2_000, C: 2.50, D: yes, E: 2e3, F: 21:45}'),
    at: ['services', 'web', 'environment'],
    gives: { A: '15', B: '2000', C: '2.5', D: 'yes', E: '2000', F: '21:45' },
  },
  {
    says: 'And yet `yes` is true where a boolean is wanted.',
    base: web('tty: yes'),
    at: ['services', 'web', 'tty'],
    gives: true,
  },
  {
    says: 'Big whole numbers lose their last digits.',
    base: web('environment: {ID: 987654321098765432109}'),
    at: ['services', 'web', 'environment', 'ID'],
    gives: '9.876543210987654e+20',
  },
  { says: 'A date must be quoted.', base: web('labels: {since: 2025-11-25}'), refused: 'schema' },
  {
    says: 'Permissions written as a decimal number are taken as one; as a text they are octal.',
    base: web(
      'configs: [{source: c, target: /1, mode: 400}, {source: c, target: /2, mode: "400"}, {source: c, target: /3, mode: 0400}]',
      'configs: {c: {file: ./c}}\n',
    ),
    at: ['services', 'web', 'configs'],
    gives: [
      { source: 'c', target: '/1', mode: '0620' },
      { source: 'c', target: '/2', mode: '0400' },
      { source: 'c', target: '/3', mode: '0400' },
    ],
  },
  {
    says: 'A file that says it is YAML 1.2 is refused.',
    base: `%YAML 1.2\n---\n${web('tty: true')}`,
    refused: 'yaml-syntax',
  },
  {
    says: 'A network whose name starts with x- cannot be attached to.',
    base: web('networks: [x-front]', 'networks: {x-front: {}}\n'),
    refused: 'undefined-reference',
  },
  {
    says: 'JSON lacks the models, and all extensions below the top.',
    base: web('x-note: 1, models: [llm]', 'models: {llm: {model: ai/m}}\nx-top: 1\n'),
    at: ['models'],
    gives: undefined,
  },
  {
    says: 'JSON has the names of Go for the rates of devices.',
    base: web('blkio_config: {device_write_bps: [{path: /dev/s, rate: 2k}]}'),
    at: ['services', 'web', 'blkio_config'],
    gives: { device_write_bps: [{ Path: '/dev/s', Rate: '2048' }] },
  },
  {
    says: 'The options of ipam are printed nowhere.',
    base: web('networks: [n]', 'networks: {n: {ipam: {options: {a: b}}}}\n'),
    at: ['networks', 'n', 'ipam'],
    gives: {},
  },
  {
    says: 'An SSH key with a path cannot be printed as JSON.',
    base: 'services:\n  web: {build: {context: ., ssh: ["deploy=~/.ssh/deploy"]}}\n',
    refused: 'schema',
  },
  { says: 'The schema allows `pid: null`, which crashes docker compose.', base: web('pid: null'), refused: 'schema' },
  {
    says: 'The pattern of pull_policy may match in the middle.',
    base: web('pull_policy: whenever'),
    at: ['services', 'web', 'pull_policy'],
    gives: 'whenever',
  },
  { says: 'The name of a container has two characters at least.', base: web('container_name: w'), refused: 'schema' },
  {
    says: 'The message about a number that is too high speaks of texts.',
    base: web('cpu_percent: 250'),
    refused: 'schema',
  },
  {
    says: 'A size with a fraction is lost, unless it is a text.',
    base: web('mem_limit: 2.5, shm_size: "2.5gb"'),
    at: ['services', 'web'],
    gives: {
      command: null,
      entrypoint: null,
      image: 'web',
      networks: { default: null },
      shm_size: '2684354560',
    },
  },
  {
    says: 'A service whose name YAML reads as a number is refused.',
    base: 'services:\n  42: {image: web}\n',
    refused: 'schema',
  },
  {
    says: 'The name of a project is cleaned where it stands in a file.',
    base: `name: Blue Shop!\n${web('tty: true')}`,
    args: { projectName: null },
    at: ['name'],
    gives: 'blueshop',
  },
  {
    says: 'The name of a project must be right as it is where it is an argument.',
    base: web('tty: true'),
    args: { projectName: 'Blue Shop!' },
    refused: 'schema',
  },
];
