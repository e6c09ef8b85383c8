import { compose, type Hostile, pair, service, services, times } from './hostile.js';

/** What a model can be: too many of everything, and values that grow where they are brought into their long form. */
export const MODEL_CASES: Readonly<Record<string, Hostile>> = {
  'more services than a model may have': {
    files: compose(() => services(6000, () => '')),
    fault: 'compose.yml:10002:3: error: The model has more than 5000 services. [too-large]',
  },
  'many services': { files: compose(() => services(1000, () => '')) },
  'ranges of all ports in many services': {
    files: compose(() => services(500, () => '    ports: ["1-65535"]\n')),
    fault: 'compose.yml:7:13: error: The ranges of the stack have more than 70000 ports. [too-large]',
  },
  'many ports': { files: compose(() => service(`    ports:\n${times(4000, (i) => `      - "${i + 1}"\n`)}`)) },
  'many exposed ports': {
    files: compose(() => service(`    expose:\n${times(11_000, (i) => `      - "${i + 1}"\n`)}`)),
  },
  'many volumes': { files: compose(() => service(`    volumes:\n${times(4000, (i) => `      - ./a:/b${i}\n`)}`)) },
  'many named volumes': {
    files: compose(
      () =>
        `${service(`    volumes:\n${times(4000, (i) => `      - v${i}:/b${i}\n`)}`)}volumes:\n${times(4000, (i) => `  v${i}:\n`)}`,
    ),
  },
  'a command of many words': {
    files: compose(() => service(`    command: "${'a '.repeat(100_000)}"\n`)),
    fault: 'compose.yml:4:14: error: The commands of the stack have more than 50000 words. [too-large]',
  },
  'a command of many lines': {
    files: compose(() => service(`    command: |\n${'      x y z\n'.repeat(100_000)}`)),
    fault: 'compose.yml:4:14: error: The commands of the stack have more than 50000 words. [too-large]',
  },
  'a list of many words': {
    files: compose(() => service(`    command:\n${times(20_000, (i) => `      - --a${i}\n`)}`)),
  },
  'variables that an override says again': {
    files: pair(() => service(`    environment:\n${times(18_000, (i) => `      V${i}: x\n`)}`)),
    found:
      'compose.override.yml:5004:14: error: There are more than 5000 findings of redundant-override: no further one is told. [too-large]',
  },
  'everybody depends on everybody': {
    files: compose(() => services(150, (i) => `    depends_on: [${times(i, (j) => `s${j},`)}]\n`)),
  },
  'a chain of dependencies': {
    files: compose(() => services(1500, (i) => (i > 0 ? `    depends_on: [s${i - 1}]\n` : ''))),
  },
  'shared network modes': {
    files: compose(() => services(1500, (i) => (i > 0 ? `    network_mode: "service:s${i - 1}"\n` : ''))),
  },
  'a number of many digits': {
    files: compose(() => service(`    mem_limit: ${'9'.repeat(500_000)}\n    cpus: ${'9'.repeat(500_000)}\n`)),
    fault: 'compose.yml:5:11: error: services.a.cpus must be a number. [schema]',
  },
  'a number of many zeros': {
    files: compose(() => service(`    hostname: "${'0'.repeat(500_000)}x"\n    cpus: ${'0'.repeat(500_000)}x\n`)),
    fault: 'compose.yml:5:11: error: services.a.cpus must be a number. [schema]',
  },
  'a duration of many parts': { files: compose(() => service(`    stop_grace_period: ${'1h'.repeat(200_000)}\n`)) },
  'a long image': {
    files: compose(() => service().replace('example/a:1', `${'a/'.repeat(200_000)}b:${'c'.repeat(200_000)}`)),
  },
  'colons in a volume': {
    files: compose(() => service(`    volumes: ["${'a:'.repeat(200_000)}"]\n`)),
    fault: 'compose.yml:4:15: error: services.a.volumes[0] is not a mount: there are too many colons. [invalid-volume]',
  },
  'colons in an image': {
    files: compose(() => service().replace('example/a:1', `${'a:'.repeat(200_000)}`)),
    fault: 'compose.yml:3:12: error: A value holds another `: `. Put the value in quotes. [yaml-syntax]',
  },
  'a long path': {
    files: compose(() =>
      service(`    volumes: ["./${'../a/'.repeat(100_000)}:/b"]\n    build: ./${'a//'.repeat(100_000)}\n`),
    ),
  },
  'pools of a network in two files': {
    files: pair(
      (n) =>
        `${service()}networks:\n  default:\n    ipam:\n      config:\n${times(300, (i) => `        - subnet: 10.${n}.${i >> 8}.${i & 255}/32\n`)}`,
    ),
    fault:
      'compose.override.yml:8:9: error: The files of the stack merge more than 40000 pairs of address pools. [too-large]',
  },
  'hosts in two files': {
    files: pair((n) => service(`    extra_hosts:\n${times(3000, (i) => `      - "h${n}x${i}:127.0.0.1"\n`)}`)),
  },
  'the same hosts in two files': {
    files: pair(() => service(`    extra_hosts:\n${times(3000, (i) => `      - "h${i}:127.0.0.1"\n`)}`)),
  },
  'resets in two files': {
    files: pair((n) => services(1000, () => (n === 0 ? '    command: x\n' : '    command: !reset null\n'))),
  },
};
