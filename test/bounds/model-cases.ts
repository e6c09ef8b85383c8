import { type Hostile, pair, service, services, times } from './hostile.js';

/** What a model can be: too many of everything, and values that grow where they are brought into their long form. */
export const MODEL_CASES: Readonly<Record<string, Hostile>> = {
  'pools of a network in two files': {
    files: pair(
      (n) =>
        `${service()}networks:\n  default:\n    ipam:\n      config:\n${times(300, (i) => `        - subnet: 10.${n}.${i >> 8}.${i & 255}/32\n`)}`,
    ),
    config:
      'compose.override.yml:8:9: error: The files of the stack merge more than 40000 pairs of address pools. [too-large]',
  },
  'hosts in two files': {
    files: pair((n) => service(`    extra_hosts:\n${times(3000, (i) => `      - "h${n}x${i}:127.0.0.1"\n`)}`)),
    config: 'ok',
  },
  'the same hosts in two files': {
    files: pair(() => service(`    extra_hosts:\n${times(3000, (i) => `      - "h${i}:127.0.0.1"\n`)}`)),
    config: 'ok',
  },
  'resets in two files': {
    files: pair((n) => services(1000, () => (n === 0 ? '    command: x\n' : '    command: !reset null\n'))),
    config: 'ok',
  },
};
