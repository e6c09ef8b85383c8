import { type EnvExample, envExampleOf, givesAway, neededVariables, usedVariables } from '../src/lint/env-example.js';
import { defineRule, type Fix, type Problem } from '../src/lint/rule.js';
import type { WorkspaceSubject } from '../src/lint/subjects.js';
import { lineStartAt, nextLineAt, positionAt } from '../src/source/lines.js';
import { join } from '../src/source/path.js';

/** Variables that docker compose, Docker and every shell know without being told. */
const KNOWN =
  /^(?:COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|BUILDX_\w+|(?:https?|no|ftp|all)_proxy|HOME|USER|UID|GID|PWD|PATH|SHELL|HOSTNAME|LANG|TERM|DISPLAY|SSH_AUTH_SOCK|TMPDIR|CI)$/i;

const words = (text: string): readonly string[] => text.match(/\w+/g) ?? [];

/** Adds a variable without a value to the end of the example. */
const addition = ({ source }: EnvExample, name: string): Fix => {
  const end = source.text.length;
  const lineBreak = source.text.includes('\r\n') ? '\r\n' : '\n';
  const start = end === 0 || source.text.endsWith('\n') ? '' : lineBreak;
  return {
    title: `Add ${name} to it`,
    applicability: 'safe',
    edits: [{ at: { source, start: end, end }, text: `${start}${name}=${lineBreak}` }],
  };
};

/** Variables that `.env` gives, that files need, and that the example does not show. */
function* notShown(workspace: WorkspaceSubject, example: EnvExample): Generator<Problem> {
  const path = join(workspace.directory, '.env');
  const own = workspace.envFiles.find(({ source }) => source.path === path);
  // Who has the repository has a `.env` that is in it.
  if (!own || own.isIgnored === false) return;
  // A variable in a comment is shown, too.
  const shown = new Set(words(example.source.text));
  const given = new Map(own.assignments.map((assignment) => [assignment.name, assignment.at]));
  for (const [name, at] of neededVariables(workspace.files)) {
    const there = given.get(name);
    if (!there || shown.has(name) || KNOWN.test(name)) continue;
    yield {
      at,
      message: `${name} has its value from .env, and ${example.name} does not show it: whoever starts from that file misses it.`,
      help: `Add \`${name}=\` to ${example.name}.`,
      notes: [{ at: there, message: 'given here' }],
      evidence: name,
      fix: () => addition(example, name),
    };
  }
}

/** Removes a variable that has a line to itself, unless the line above is a comment, which may be about it. */
const removal = ({ source }: EnvExample, { name, at }: EnvExample['assignments'][number]): Fix | undefined => {
  const start = lineStartAt(source, at.start);
  const end = nextLineAt(source, at.end);
  const above = start === 0 ? '' : source.text.slice(lineStartAt(source, start - 1), start);
  const isAlone = positionAt(source, at.start).line === positionAt(source, at.end).line && !/^\s*#/.test(above);
  if (!isAlone) return undefined;
  return { title: `Remove ${name} from it`, applicability: 'safe', edits: [{ at: { source, start, end }, text: '' }] };
};

/** Files that use variables of an env file, or say who does. */
const READERS =
  /^(?:(?:GNU)?makefile|justfile|dockerfile.*|jenkinsfile|procfile)$|\.(?:sh|bash|ps1|bat|cmd|mk|py|rb|php|[cm]?[jt]s|json|toml|ya?ml|conf|cfg|ini|template|md)$/i;

/** Levels of folders that are searched, and folders that hold what others have written. */
const DEPTH = 3;
const FOREIGN: ReadonlySet<string> = new Set(['.git', 'node_modules', 'vendor', '.venv', 'venv']);

/** These files of a folder and of those below it. */
const readersIn = (
  { list, kind }: Pick<WorkspaceSubject, 'list' | 'kind'>,
  folder: string,
  depth: number,
): readonly string[] =>
  list(folder).flatMap((name) => {
    const path = join(folder, name);
    if (READERS.test(name)) return [path];
    if (depth === 0 || FOREIGN.has(name) || kind(path) !== 'directory') return [];
    return readersIn({ list, kind }, path, depth - 1);
  });

/** Every word of these files. */
const wordsBeside = (workspace: WorkspaceSubject): ReadonlySet<string> =>
  new Set(readersIn(workspace, workspace.directory, DEPTH).flatMap((path) => words(workspace.read(path)?.text ?? '')));

/** Variables that the example shows and that nothing of the project uses. */
function* notUsed(workspace: WorkspaceSubject, example: EnvExample): Generator<Problem> {
  const used = usedVariables(workspace.files);
  const unused = example.assignments.filter(
    ({ name }) => !used.has(name) && !example.own.has(name) && !KNOWN.test(name),
  );
  // Where most of it is for others, or containers get the file, programs may use what Compose does not.
  if (unused.length === 0 || unused.length * 2 > example.assignments.length || givesAway(workspace)) return;
  const beside = wordsBeside(workspace);
  for (const assignment of unused) {
    const { name, at } = assignment;
    if (beside.has(name)) continue;
    yield {
      at,
      message: `${example.name} shows ${name}, which no file here or in the folders below uses.`,
      help: 'Remove it.',
      evidence: name,
      fix: () => removal(example, assignment),
    };
  }
}

export default defineRule({
  meta: {
    id: 'env-example-drift',
    severity: 'warning',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'The example of the env file shows other variables than the files use',
    description: `\`.env\` is not in the repository, \`.env.example\` is: it tells everybody else which variables there are. It drifts when a variable
is added to \`.env\` alone, or stays behind when the last use is gone.

Found are variables without a default that \`.env\` gives and the example does not show, and those that the example shows while no
file of the folder, or of those below it, names them. Where \`.env\` is not there, the example stands in for it, and unset-variable
says what is missing. Nothing is called unused where containers get the file (\`env_file\`, a mount or a build of its folder), or where most of it is for other programs.`,
    source: 'docker compose, "Set environment variables: .env file"',
    bad: {
      'compose.yml': 'services:\n  web:\n    image: nginx:${NGINX_VERSION}\n    hostname: ${SITE}\n',
      '.env': 'NGINX_VERSION=1.27\nSITE=example.org\n',
      '.env.example': 'NGINX_VERSION=\nNGINX_PORT=\n',
    },
    good: {
      'compose.yml': 'services:\n  web:\n    image: nginx:${NGINX_VERSION}\n    hostname: ${SITE}\n',
      '.env': 'NGINX_VERSION=1.27\nSITE=example.org\n',
      '.env.example': 'NGINX_VERSION=\nSITE=\n',
    },
    fixSafety:
      'Only the example changes, and only by variables that it has no say in: every stack resolves to the same project as before.',
    whenOff: 'When the example is made by a program, or is about more than the Compose files.',
  },
  *checkWorkspace(workspace) {
    const example = envExampleOf(workspace);
    if (!example) return;
    yield* notShown(workspace, example);
    yield* notUsed(workspace, example);
  },
});
