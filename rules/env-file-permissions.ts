import { defineRule } from '../src/lint/rule.js';
import { secretsInAssignments } from '../src/lint/secrets.js';
import { relative } from '../src/source/path.js';

export default defineRule({
  meta: {
    id: 'env-file-permissions',
    severity: 'info',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'An env file with credentials can be read by every user of the machine',
    description: `An env file that git ignores keeps its credentials out of the repository, but not from the other users of the machine: files are
made readable for all. Found are \`.env\` and the files that \`env_file\` names, where they hold credentials and everybody may read
them. One that git does not ignore is the matter of \`hardcoded-secret\`. On Windows, files have no such permissions.`,
    source: 'compose-spec 05-services.md, "env_file"; man 1 chmod',
    bad: {
      'compose.yml': 'services:\n  db:\n    image: postgres:16\n    env_file: db.env\n',
      'db.env': 'POSTGRES_PASSWORD=correct-horse-battery\n',
    },
    good: {
      'compose.yml':
        'services:\n  db:\n    image: postgres:16\n    env_file: db.env\n    secrets: [db_password]\nsecrets:\n  db_password: {environment: DB_PASSWORD}\n',
      'db.env': 'POSTGRES_PASSWORD_FILE=/run/secrets/db_password\n',
    },
    whenOff: 'On machines with one user.',
  },
  *checkWorkspace({ envFiles, directory }) {
    for (const { source, assignments, isIgnored, isOpenToAll } of envFiles) {
      if (isIgnored === false || !isOpenToAll) continue;
      const [first, ...others] = secretsInAssignments(assignments).filter(
        ({ certainty }) => certainty !== 'placeholder',
      );
      if (!first) continue;
      const name = relative(directory, source.path);
      const more = others.length > 0 ? ` and ${others.length} more` : '';
      yield {
        at: first.at,
        message: `Every user of the machine can read ${name}, which holds ${first.name ?? 'a credential'}${more}.`,
        help: `\`chmod 600 ${name}\` leaves it to its owner.`,
        path: first.path,
        stacks: [],
      };
    }
  },
});
