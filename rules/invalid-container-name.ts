import { defineRule } from '../src/lint/rule.js';
import { get, hasUnsetVariable, placeOfValue, textOf } from '../src/model/value.js';

/** @see moby daemon/names: the characters of a name, of which it has at least two; a slash in front is dropped */
const NAME = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** What docker compose itself asks for, anywhere in the name: without it, that is found already. */
const HAS_NAME = /[a-zA-Z0-9][a-zA-Z0-9_.-]/;

export default defineRule({
  meta: {
    id: 'invalid-container-name',
    severity: 'error',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'Docker refuses the name that a container is given',
    description: `docker compose takes any \`container_name\`; Docker then refuses to create the container, unless the name has two characters or more,
all of them letters, digits, \`_\`, \`.\` or \`-\`, and starts with a letter or a digit (a slash in front is dropped). A name without two such
characters in a row is refused by docker compose already, and found as \`schema\`. The name is looked at with its variables put in. Where one of
these is not set, it is not known.`,
    source: 'moby daemon/names; compose-spec 05-services.md, "container_name"',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    container_name: my web\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    container_name: ${STAGE:-dev}-web\n',
    whenOff: 'Never.',
  },
  *checkService({ name, value }) {
    const given = get(value, 'container_name');
    const text = textOf(given);
    const at = given && placeOfValue(given);
    if (!at || text === undefined || !HAS_NAME.test(text) || NAME.test(text) || hasUnsetVariable(given)) return;
    yield {
      at,
      message: `Docker does not take "${text}" as the name of a container: "${name}" cannot be created.`,
      help: 'Use two or more letters, digits, `_`, `.` and `-`, and start with a letter or a digit.',
      path: ['services', name, 'container_name'],
    };
  },
});
