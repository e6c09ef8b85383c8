import { type Absent, absentContents, absentOf } from '../src/lint/absent.js';
import { lackedFolder } from '../src/lint/missing-folder.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import { firstOf, listed } from '../src/source/listed.js';
import { nearest } from '../src/source/nearest.js';
import { relative } from '../src/source/path.js';

/** Paths that are named; more are counted. */
const MOST_NAMED = 5;

const pathsTo = (names: readonly string[], folder: string): readonly string[] =>
  names.map((name) => relative(folder, name));

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

type Words = Pick<Problem, 'message' | 'help' | 'severity' | 'about' | 'evidence'>;

const wordsOf = (absent: Absent, service: string, folder: string): Words => {
  switch (absent.kind) {
    case 'context':
      return {
        message: `The build context of "${service}" does not exist: ${relative(folder, absent.path)}.`,
        help: 'Correct `build.context`; relative paths start at the folder of the first file of the stack.',
        severity: absent.hasImage ? 'warning' : 'error',
        about: absent.path,
      };
    case 'dockerfile':
      return {
        message: `The Dockerfile of "${service}" does not exist: ${relative(folder, absent.path)}.`,
        help: 'Correct `build.dockerfile`, which starts at the build context.',
        severity: absent.hasImage ? 'warning' : 'error',
        about: absent.path,
      };
    case 'stage': {
      const { stage, stages } = absent;
      const guess = nearest(stage, stages);
      return {
        message: `The Dockerfile of "${service}" has no stage "${stage}": ${stages.length > 0 ? `it has ${list(stages)}` : 'none of its stages has a name'}.`,
        help: guess === undefined ? 'Name one of its stages.' : `Did you mean "${guess}"?`,
        evidence: stage,
      };
    }
    case 'mount': {
      const path = relative(folder, absent.path);
      return {
        message: absent.isMade
          ? `${path} does not exist: Docker makes an empty folder of that name, and "${service}" finds a folder at ${absent.target}.`
          : `${path} does not exist, and Docker refuses to mount what is not there.`,
        help: 'Correct the path, or add the file.',
        severity: absent.isMade ? 'warning' : 'error',
        about: absent.path,
      };
    }
  }
};

export default defineRule({
  meta: {
    id: 'missing-file',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A file that is needed is not there',
    description: `docker compose refuses to load without env files, label files, and the files of \`extends\` and \`include\`. Without a build
context, a Dockerfile, a stage that \`target\` names, or the file of a secret or config it loads, and stops when the service is built or
started. Without a file that is mounted it goes on: Docker makes an empty folder of that name on the host, and the program finds
a folder where it wants its configuration. That is found, as a warning, for names that are those of files (\`nginx.conf\`, \`init.sql\`); a
folder that Docker makes is what most people count on.

One file that several services name is one finding, and so are all files of a folder that is not there. A service with an \`image\` can be pulled, so that its missing build is a warning.
Nothing is said about files outside of the project, files that git leaves out, which a step or a person makes, and folders of submodules
that are not fetched. A missing env file that git leaves out is an information, and none where an example stands in for it: \`.env.example\`,
\`.env.sample\`, \`env.example\` and their like. Files that another machine would fetch over the network are not loaded.`,
    source:
      'compose-spec 05-services.md, 08-configs.md, 09-secrets.md, 14-include.md, build.md; what docker compose does without them',
    bad: {
      'compose.yml':
        'services:\n  web:\n    image: nginx:1.27\n    env_file: settings.env\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\n',
    },
    good: {
      'compose.yml':
        'services:\n  web:\n    image: nginx:1.27\n    env_file: settings.env\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\n',
      'settings.env': 'A=1\n',
      'nginx.conf': 'events {}\n',
    },
    whenOff: 'When the files are made by a step that runs before docker compose.',
  },
  *checkService(service) {
    const { name, stack } = service;
    for (const absent of absentOf(service))
      yield {
        at: absent.at,
        path: ['services', name, ...absent.key],
        ...wordsOf(absent, name, stack.workspace.directory),
        ...(absent.kind === 'stage' ? {} : { cause: lackedFolder(absent.path, stack.workspace) }),
      };
  },
  *checkStack(stack) {
    for (const { section, name, at, path } of absentContents(stack))
      yield {
        at,
        message: `The file of the ${section === 'secrets' ? 'secret' : 'config'} "${name}" does not exist: ${relative(stack.workspace.directory, path)}.`,
        help: 'Add the file, or correct the path.',
        path: [section, name, 'file'],
        about: path,
        cause: lackedFolder(path, stack.workspace),
      };
  },
  together: ({ of }, names, folder) => ({
    message: `The folder ${relative(folder, of)} does not exist, and ${names.length} paths lead to it: ${listed(firstOf(pathsTo(names, folder), MOST_NAMED))}.`,
    help: 'Add the folder, or correct the paths.',
  }),
});
