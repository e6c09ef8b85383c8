import { type Hostile, service, times } from './hostile.js';

/** A service that is built by a Dockerfile, as the file of a target says where one is given. */
const built = (dockerfile: string, target = ''): Readonly<Record<string, string>> => ({
  'compose.yml': `services:\n  a:\n    build: {context: ., target: "${target}"}\n`,
  Dockerfile: dockerfile,
});

/** What files can do that bring in others, and files beside the Compose files that rules read. */
export const FILE_CASES: Readonly<Record<string, Hostile>> = {
  'a Dockerfile of many stages': {
    files: () => built(`FROM a AS s0\n${times(20_000, (i) => `FROM s${i} AS s${i + 1}\n`)}`, 'none'),
    config: 'ok',
    found: 'No problems in 1 file.\n',
  },
  'a Dockerfile of many ports': {
    files: () => built(`FROM a AS b\n${times(30_000, (i) => `EXPOSE ${i}\nCOPY a${i} /b\n`)}`, 'none'),
    config: 'ok',
    found: 'No problems in 1 file.\n',
  },
  'a Dockerfile of one long instruction': {
    files: () => built(`FROM a AS b\nEXPOSE${times(100_000, (i) => ` ${i}`)}\n`, 'none'),
    config: 'ok',
    lint: 'compose.yml:3:33: error: The Dockerfile of "a" has no stage "none": it has "b". [missing-file]',
  },
  'a Dockerfile of many variables': {
    files: () => built(`FROM a\n${times(10_000, (i) => `ARG A${i}=1\nENV B${i}=$A${i}\n`)}USER $B9\n`, 'none'),
    config: 'ok',
    lint: 'compose.yml:3:33: error: The Dockerfile of "a" has no stage "none": none of its stages has a name. [missing-file]',
  },
  'comments that speak to fog-lint': {
    files: () => ({
      'compose.yml': `${times(10_000, (i) => `# fog-lint-disable latest-tag, a${i}\n`)}${service()}`,
    }),
    config: 'ok',
  },
  'comments that speak of the line below all others': {
    files: () => ({
      'compose.yml': `${'# fog-lint-disable-next-line latest-tag\n'.repeat(900)}${'# b\n'.repeat(50_000)}${service()}`,
    }),
    config: 'ok',
  },
};
