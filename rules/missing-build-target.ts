import { defineRule } from '../src/lint/rule.js';
import type { WorkspaceSubject } from '../src/lint/subjects.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

/** Words in the names of stages that are for one environment, and those of the one to run in production. */
const ENVIRONMENTS =
  /^(?:dev|develop|development|local|debug|test|tests|testing|ci|prod|production|release|runtime|final)$/;
const PRODUCTION = /^(?:prod|production|release|runtime|final)$/;

const wordsOf = (stage: string): readonly string[] => stage.toLowerCase().split(/[-_.]+/);

/** Whether another stack names a stage for the same service, so that somebody relies on the order in this one. */
const isNamedElsewhere = (name: string, { stacks }: WorkspaceSubject): boolean =>
  stacks.some(({ services }) => textOf(get(services.get(name)?.value, 'build', 'target')) !== undefined);

export default defineRule({
  meta: {
    id: 'missing-build-target',
    severity: 'warning',
    preset: 'recommended',
    fix: 'none',
    since: '0.1.0',
    summary: 'A Dockerfile has a stage per environment, and the build names none',
    description: `Without \`target\` the last stage is built, whichever that is: who adds one at the end changes what production runs. The rule reads
the Dockerfile. It speaks where two or more stages are called for environments (\`dev\`, \`test\`, \`prod\` …) and no \`target\` is
given. Where the last stage is one for production, and no other file names a stage for the service, it is an information.

A Dockerfile of \`build\` and a last stage, which is common, is not found.`,
    source: 'compose-spec build.md, "target"; docs.docker.com, "Multi-stage builds"',
    bad: {
      'compose.yml': 'services:\n  api:\n    build: .\n',
      Dockerfile: 'FROM node:20 AS prod\nCMD ["node", "server.js"]\nFROM prod AS dev\nCMD ["npm", "run", "dev"]\n',
    },
    good: {
      'compose.yml': 'services:\n  api:\n    build:\n      context: .\n      target: prod\n',
      Dockerfile: 'FROM node:20 AS prod\nCMD ["node", "server.js"]\nFROM prod AS dev\nCMD ["npm", "run", "dev"]\n',
    },
    whenOff: 'When the last stage is always the one to run.',
  },
  *checkService({ name, value, dockerfile, stack }) {
    const build = get(value, 'build');
    const at = build && placeOfValue(build);
    const file = build && dockerfile()?.file;
    if (!at || !file || textOf(get(build, 'target'))) return;
    const named = file.stageNames.filter((stage) => wordsOf(stage).some((word) => ENVIRONMENTS.test(word)));
    if (named.length < 2) return;
    const last = file.stage()?.name;
    const isForProduction = last === undefined || wordsOf(last).some((word) => PRODUCTION.test(word));
    const names = named.map((stage) => `"${stage}"`).join(', ');
    yield {
      at,
      message: `The Dockerfile of "${name}" has the stages ${names}, and the build names none: ${last === undefined ? 'the last one, without a name,' : `"${last}"`} is built because it is the last.`,
      help: 'Name the stage: `build.target`.',
      severity: isForProduction && !isNamedElsewhere(name, stack.workspace) ? 'info' : 'warning',
      path: ['services', name, 'build', 'target'],
    };
  },
});
