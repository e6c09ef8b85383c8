import { type Credential, credentialsOf } from '../src/lint/credentials.js';
import { mask } from '../src/lint/mask.js';
import { defineRule, type Fix, type Problem, type Severity } from '../src/lint/rule.js';
import { defaultOf } from '../src/lint/same-credential.js';
import { looksRandom } from '../src/lint/secret-patterns.js';
import { type Secret, secretsInAssignments } from '../src/lint/secrets.js';
import type { WorkspaceSubject } from '../src/lint/subjects.js';
import { join, relative } from '../src/source/path.js';

const MESSAGES: Readonly<Record<Secret['certainty'], (where: string, shown: string) => string>> = {
  literal: (where, shown) => `${where} holds a credential written into the file: ${shown}.`,
  default: (where, shown) =>
    `${where} has a credential as default, ${shown}, which is used wherever nobody sets the variable.`,
  placeholder: (where) => `${where} holds a placeholder that works as a credential until somebody replaces it.`,
  hash: (where, shown) => `${where} holds a password hash, ${shown}: who reads the file can try passwords against it.`,
};

/** A place as the beginning of a sentence: names stay as they are. */
const capitalised = (where: string): string => where.replace(/^the /, 'The ');

const VARIABLE = /^[A-Za-z_]\w*$/;

const helpFor = ({ name, at }: Secret, fix: Fix | undefined, { directory, isIgnored }: WorkspaceSubject): string => {
  const reference = defaultOf(at);
  if (reference !== undefined) return `Leave the default out, so that a missing value is an error: \${${reference}:?}.`;
  const variable = fix?.variables?.[0]?.name ?? (name !== undefined && VARIABLE.test(name) ? name : undefined);
  const where = `.env, which git ${isIgnored(join(directory, '.env')) === false ? 'has to ignore' : 'ignores'}`;
  return variable === undefined
    ? `Write a variable instead, and set it in ${where}.`
    : `Write \${${variable}} instead, and set ${variable} in ${where}.`;
};

/** An error, unless it is a word that only files for development and tests know. */
const severityOf = (secrets: readonly [Secret, ...Secret[]], { files }: WorkspaceSubject): Severity => {
  const [first] = secrets;
  if (first.certainty !== 'literal') return 'warning';
  const roles = secrets.map(({ at }) => files.find(({ source }) => source === at.source)?.role);
  const isThrownAway = roles.every((role) => role === 'dev' || role === 'test') && !looksRandom(first.text);
  return isThrownAway ? 'warning' : 'error';
};

const problemOf = ({ secrets, repetitions, fix }: Credential, workspace: WorkspaceSubject): Problem => {
  const [first, ...others] = secrets;
  return {
    fix: () => fix,
    at: first.at,
    message: MESSAGES[first.certainty](capitalised(first.where), mask(first.text)),
    help: helpFor(first, fix, workspace),
    notes: [
      ...others.map(({ at, where }) => ({ at, message: `the same value, in ${where}` })),
      ...repetitions.map((at) => ({ at, message: 'the same value once more' })),
    ],
    severity: severityOf(secrets, workspace),
    path: first.path,
  };
};

const problemInEnvFile = (secret: Secret, { directory }: WorkspaceSubject): Problem => {
  const name = relative(directory, secret.at.source.path);
  return {
    at: secret.at,
    message: `${secret.where} in ${name} is a credential, ${mask(secret.text)}, and git does not ignore this file.`,
    help: `Add ${name} to .gitignore, take it out of the repository, and give its variables without values in .env.example.`,
    severity: secret.certainty === 'literal' ? 'error' : 'warning',
    path: secret.path,
    stacks: [],
  };
};

export default defineRule({
  meta: {
    id: 'hardcoded-secret',
    severity: 'error',
    preset: 'recommended',
    fix: 'safe',
    since: '0.1.0',
    summary: 'A credential is written into the file',
    description: `A password, token or key in a Compose file is in the hands of everybody who can read the repository, now and in its
history. The rule looks at variables, URLs with \`user:password@\` or a password in their query, connection strings
(\`Server=db;Password=…\`), options of commands and probes, labels, build arguments and extensions. It goes by the words of a name (\`PASSWORD\`, \`TOKEN\`, \`API_KEY\` …), by the forms that providers give their
keys, and, where a name leaves it open, by how random the value looks.

Not found are variables (\`\${PASSWORD}\`), files (\`*_FILE\`, paths), switches, numbers, durations, addresses without a password, and
names that only speak about a credential (\`SECRET_NAME\`, \`TOKEN_EXPIRY\`), what build tools give to every browser (\`NEXT_PUBLIC_*\`,
\`VITE_*\`) unless it has the form of a key, and values that say that there is none, or that they are not real (\`notset\`,
\`API_KEY: test-key\`). A literal default, a placeholder, a password hash and a word that only files for development and tests have
are warnings. One credential in several places is one finding; its value is never shown. A word that stands for several, such as
\`admin\`, is a finding for each of them, as far as names, URLs and services tell them apart.`,
    source: 'compose-spec 05-services.md, "environment"; 09-secrets.md',
    bad: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2-and-more\n',
    good: {
      'compose.yml':
        'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n',
      '.env': 'POSTGRES_PASSWORD=hunter2-and-more\n',
      '.gitignore': '.env\n',
    },
    fixSafety: `The text becomes \`\${NAME}\` in every place, where it is the credential and not the name of a user or a database, and \`.env\`
gets NAME with the same value, so that every stack resolves as before. NAME is none that shells set (\`HOSTNAME\`, \`USER\` …), which
would win over \`.env\`. Where a service reads all of that file with \`env_file\`, it would get the variable, too: the fix is then unsafe,
and its title says so. What was committed once stays in the history: change the credential, too.`,
    whenOff: 'For files that only ever start throw-away containers, such as a test database without a published port.',
  },
  *checkWorkspace(workspace) {
    for (const credential of credentialsOf(workspace)) yield problemOf(credential, workspace);
    const committed = workspace.envFiles.filter(({ isIgnored }) => isIgnored === false);
    for (const secret of committed.flatMap(({ assignments }) => secretsInAssignments(assignments)))
      yield problemInEnvFile(secret, workspace);
  },
});
