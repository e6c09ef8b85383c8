import { compose, type Hostile, numbered, service, times } from './hostile.js';

/** A service that is built by a Dockerfile, from a stage that it does not have. */
const built = (dockerfile: string): Readonly<Record<string, string>> => ({
  'compose.yml': 'services:\n  a:\n    build: {context: ., target: none}\n',
  Dockerfile: dockerfile,
});

/** What files can do that bring in others, and files beside the Compose files that rules read. */
export const FILE_CASES: Readonly<Record<string, Hostile>> = {
  'a chain of extends': {
    files: compose(
      () => `services:\n${times(150, (i) => `  s${i}:\n    extends: s${i + 1}\n`)}  s150:\n    image: example/a:1\n`,
    ),
    fault: 'compose.yml:203:14: error: Services extend each other over more than 100 links. [too-large]',
  },
  'services that extend those of another file': {
    files: () => ({
      'compose.yml': `services:\n${times(500, (i) => `  s${i}:\n    extends: {file: b.yml, service: t${i}}\n`)}`,
      'b.yml': `services:\n${times(500, (i) => `  t${i}:\n    image: example/a:1\n`)}`,
    }),
  },
  'services that extend those of many files': {
    files: () => ({
      'compose.yml': `services:\n${times(1500, (i) => `  s${i}:\n    extends: {file: f${i}.yml, service: t}\n`)}`,
      ...numbered(1500, (i) => [`f${i}.yml`, 'services:\n  t:\n    image: example/a:1\n']),
    }),
    fault:
      'compose.yml:2003:41: error: More than 1000 files are brought in through `extends` and `include`. [too-large]',
  },
  'a cycle of extends over two files': {
    files: () => ({
      'compose.yml': 'services:\n  a:\n    extends: {file: b.yml, service: a}\n',
      'b.yml': 'services:\n  a:\n    extends: {file: compose.yml, service: a}\n',
    }),
    fault: 'b.yml:3:43: error: The services extend each other in a cycle: a → a → a. [extends-cycle]',
  },
  'extends that fan out': {
    files: () => ({
      'compose.yml':
        'services:\n  a:\n    extends: {file: f0.yml, service: a}\n  b:\n    extends: {file: f0.yml, service: b}\n',
      ...numbered(25, (i) => [
        `f${i}.yml`,
        i === 24
          ? 'services:\n  a: {image: example/a:1}\n  b: {image: example/a:1}\n'
          : `services:\n  a:\n    extends: {file: f${i + 1}.yml, service: a}\n  b:\n    extends: {file: f${i + 1}.yml, service: b}\n`,
      ]),
    }),
  },
  'a file that includes itself': {
    files: compose(() => `include: [compose.yml]\n${service()}`),
    fault:
      'compose.yml:1:11: error: The files include each other in a cycle: compose.yml → compose.yml. [include-cycle]',
  },
  'a cycle of includes': {
    files: () => ({
      'compose.yml': 'include: [b.yml]\n',
      'b.yml': `include: [compose.yml]\n${service()}`,
    }),
    fault:
      'b.yml:1:11: error: The files include each other in a cycle: compose.yml → b.yml → compose.yml. [include-cycle]',
  },
  'a chain of includes': {
    files: () => numbered(200, (i) => [i === 0 ? 'compose.yml' : `a${i}.yml`, `include: [a${i + 1}.yml]\n`]),
    fault: 'a100.yml:1:11: error: Files include each other over more than 100 links. [too-large]',
  },
  'includes that fan out': {
    files: () => ({
      'compose.yml': 'include: [a0.yml, a0.yml]\n',
      ...numbered(30, (i) => [`a${i}.yml`, i === 29 ? service() : `include: [a${i + 1}.yml, a${i + 1}.yml]\n`]),
    }),
    fault: 'a28.yml:1:11: error: More than 1000 files are brought in through `extends` and `include`. [too-large]',
  },
  'one file, included again and again': {
    files: () => ({ 'compose.yml': `include:\n${'  - b.yml\n'.repeat(5000)}`, 'b.yml': service() }),
    fault:
      'compose.yml:1002:5: error: More than 1000 files are brought in through `extends` and `include`. [too-large]',
  },
  'an include of many paths': {
    files: () => ({ 'compose.yml': `include:\n  - path: [${'b.yml,'.repeat(5000)}]\n`, 'b.yml': service() }),
    fault: 'compose.yml:2:11: error: More than 1000 files are brought in through `extends` and `include`. [too-large]',
  },
  'an include with many env files': {
    files: () => ({
      'compose.yml': `include:\n  - path: b.yml\n    env_file: [${'e.env,'.repeat(5000)}]\n`,
      'b.yml': service(),
      'e.env': times(3000, (i) => `A${i}=${'b'.repeat(60)}\n`),
    }),
    fault:
      'compose.yml:2:11: error: The env files and label files of the stack are larger than 8000000 bytes, counting repetitions. [too-large]',
  },
  'a configuration of Prometheus with many targets': {
    files: () => ({
      'compose.yml': service('    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml"]\n'),
      'prometheus.yml': `scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets:\n${times(5000, (i) => `          - b${i}:9090\n`)}`,
    }),
  },
  'a configuration of Prometheus that nests': {
    files: () => ({
      'compose.yml': service('    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml"]\n'),
      'prometheus.yml': `scrape_configs: ${'['.repeat(100_000)}\n`,
    }),
  },
  'a configuration of nginx': {
    files: () => ({
      'compose.yml': service('    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n'),
      'nginx.conf': `${'proxy_pass '.repeat(40_000)}\nproxy_pass${' '.repeat(200_000)}\n${'server '.repeat(40_000)}`,
    }),
  },
  'a .gitignore of many patterns': {
    files: () => ({
      'compose.yml': service(),
      '.git/HEAD': 'ref: x\n',
      '.env': 'PASSWORD=abc123def456\n',
      '.gitignore': times(5000, (i) => `**/a${i}*b*\n`),
    }),
    found:
      '.env:1:10: error: PASSWORD in .env is a credential, ab…56 (12 characters), and git does not ignore this file. [hardcoded-secret]',
  },
  'a .gitignore of many stars': {
    files: () => ({
      'compose.yml': service(`    env_file: ${'a'.repeat(200)}.env\n`),
      '.git/HEAD': 'ref: x\n',
      [`${'a'.repeat(200)}.env`]: 'PASSWORD=abc123def456\n',
      '.gitignore': `${'*a'.repeat(60)}b\n${'**/'.repeat(60)}b\n${'?*'.repeat(60)}b\n`,
    }),
    found:
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.env:1:10: error: PASSWORD in aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.env is a credential, ab…56 (12 characters), and git does not ignore this file. [hardcoded-secret]',
  },
  'settings that nest': {
    files: () => ({ 'compose.yml': service(), 'fog-lint.yaml': `rules: ${'['.repeat(50_000)}\n` }),
    failure:
      'fog-lint: the settings are not valid\nfog-lint.yaml:1:207: error: Mappings and lists are nested deeper than 200 levels.\n',
  },
  'settings that extend themselves': {
    files: () => ({ 'compose.yml': service(), 'fog-lint.yaml': 'extends: ./fog-lint.yaml\n' }),
    failure:
      'fog-lint: the settings are not valid\nfog-lint.yaml:1:10: error: The settings extend each other in a cycle: fog-lint.yaml, fog-lint.yaml.\n',
  },
  'settings with many stars': {
    files: () => ({
      [`${'a'.repeat(200)}/compose.yml`]: service(),
      'compose.yml': service(),
      'fog-lint.yaml': `ignore: ["${'*a'.repeat(40)}b", "${'**/'.repeat(100)}b", "+(${'a|'.repeat(40)}a)+(a)b", "${'{a,b}'.repeat(30)}"]\noverrides:\n  - files: ["${'?(a)'.repeat(40)}", "+(a)+(a)+(a)+(a)b", "!(a)!(a)!(a)b"]\n    rules: {latest-tag: off}\n`,
    }),
  },
  'settings with unknown keys': {
    files: () => ({ 'compose.yml': service(), 'fog-lint.yaml': times(10_000, (i) => `y-${i}: 1\n`) }),
    failure: 'fog-lint: the settings are not valid',
  },
  'a Dockerfile of many stages': {
    files: () => built(`FROM a AS s0\n${times(20_000, (i) => `FROM s${i} AS s${i + 1}\n`)}`),
  },
  'a Dockerfile of many ports': {
    files: () => built(`FROM a AS b\n${times(10_000, (i) => `EXPOSE ${i}\nCOPY a${i} /b\n`)}`),
  },
  'a Dockerfile of one long instruction': {
    files: () => built(`FROM a AS b\nEXPOSE${times(100_000, (i) => ` ${i}`)}\n`),
    found: 'compose.yml:3:33: error: The Dockerfile of "a" has no stage "none": it has "b". [missing-file]',
  },
  'a Dockerfile of many variables': {
    files: () => built(`FROM a\n${times(5000, (i) => `ARG A${i}=1\nENV B${i}=$A${i}\n`)}USER $B9\n`),
    found:
      'compose.yml:3:33: error: The Dockerfile of "a" has no stage "none": none of its stages has a name. [missing-file]',
  },
  'comments that speak to fog-lint': {
    files: compose(() => `${times(10_000, (i) => `# fog-lint-disable latest-tag, a${i}\n`)}${service()}`),
  },
  'comments that speak of the line below all others': {
    files: compose(
      () => `${'# fog-lint-disable-next-line latest-tag\n'.repeat(900)}${'# b\n'.repeat(30_000)}${service()}`,
    ),
  },
  'many Compose files in one folder': {
    files: () => ({
      'compose.yml': service(),
      ...numbered(1100, (i) => [`compose.o${i}.yml`, 'services:\n  a:\n    hostname: b\n']),
    }),
    found:
      'compose.o0.yml:1:1: error: The folder has more than 1000 Compose files: no further one is looked at. [too-large]',
  },
  'a package.json that nests': {
    files: () => ({ 'compose.yml': service(), 'package.json': `{"fog-lint":${'['.repeat(200_000)}` }),
  },
};
