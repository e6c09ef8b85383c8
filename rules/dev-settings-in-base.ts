import { devFix } from '../src/lint/dev-fix.js';
import { type DevSetting, devSettingsOf } from '../src/lint/dev-settings.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { isInside } from '../src/source/path.js';

/** The file that a development setting should stand in. */
const destination = ({ files }: WorkspaceSubject): FileSubject | undefined =>
  files.find((file) => file.isAutomatic) ?? files.find((file) => file.role === 'dev');

/** Stacks that have a setting of the base although they are not for development. */
const stacksWithout = (file: FileSubject, { stacks }: WorkspaceSubject): readonly string[] =>
  stacks
    .filter((stack) => stack.files.includes(file) && !stack.files.some((other) => other.role === 'dev'))
    .map(({ name }) => name);

/** Whether a mount waits for the volumes that mask folders below it: these are only known by the mount. */
const isFirst = (setting: DevSetting, all: readonly DevSetting[]): boolean =>
  setting.kind !== 'source-mount' ||
  !all.some(({ kind, detail }) => kind === 'masked-folder' && isInside(setting.detail, detail));

const problemOf = (service: string, setting: DevSetting, all: readonly DevSetting[], file: FileSubject): Problem => {
  const { workspace } = file;
  const target = destination(workspace);
  const stacks = stacksWithout(file, workspace);
  const names = stacks.map((name) => `"${name}"`).join(' and ');
  const reach = stacks.length === 0 ? '' : ` ${names} ${stacks.length === 1 ? 'has' : 'have'} it, too.`;
  const fix = isFirst(setting, all) ? devFix(service, setting, file, target) : undefined;
  return {
    ...(fix ? { fix } : {}),
    at: setting.at,
    message: `The base sets up development: "${service}" ${setting.what}.${reach}`,
    help: `Move it to ${target?.name ?? 'docker-compose.override.yml'}, which only development loads.`,
    path: ['services', service, setting.key],
    evidence: `${setting.kind} ${setting.detail}`,
  };
};

export default defineRule({
  meta: {
    id: 'dev-settings-in-base',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'The base file sets up development',
    description: `Every stack loads the base, production too, and a later file can hardly take anything back: lists merge, so that a port or a
mount that the base has stays. What only development needs belongs into the override, which nobody loads in production.

Found in a base that has a development or production file beside it: bind mounts of the source a service is built from, anonymous
volumes that mask a folder below one, ports published on the host (not those of a proxy, 80 and 443), debugger ports, commands that
reload or watch, \`Dockerfile.dev\`, \`target: development\`, variables such as \`NODE_ENV=development\`, and open terminals. Each
is a finding of its own. Whether a mount is source is read from the Dockerfile's COPY where it is there.`,
    source: 'compose-spec 13-merge.md',
    bad: {
      'docker-compose.yml': 'services:\n  api:\n    build: ./api\n    command: uvicorn main:app --reload\n',
      'docker-compose.prod.yml': 'services:\n  api:\n    restart: always\n',
    },
    good: {
      'docker-compose.yml': 'services:\n  api:\n    build: ./api\n',
      'docker-compose.override.yml':
        'services:\n  api:\n    command: uvicorn main:app --reload\n    ports: ["8000:8000"]\n',
    },
    fixSafety: `The setting moves, as it is written, to the file for development, or to a new override. Every stack that loads both files resolves to
the same project. Where another stack loses the setting, which is what the rule is about, the fix is unsafe and its title names
that stack.`,
    options: {
      roles: 'which files are the base, and which are for development or production, where their names do not tell.',
    },
    whenOff: 'For a repository whose Compose files are for development alone.',
  },
  *checkWorkspace(workspace) {
    if (!workspace.files.some(({ role }) => role === 'dev' || role === 'prod')) return;
    for (const file of workspace.files) {
      const stack = workspace.stacks.find(({ files }) => files.length === 1 && files[0] === file);
      if (file.role !== 'base' || !stack) continue;
      for (const { name, value, dockerfile } of stack.services.values()) {
        const settings = devSettingsOf(value, dockerfile()?.stage);
        for (const setting of settings)
          if (setting.at.source === file.source) yield problemOf(name, setting, settings, file);
      }
    }
  },
});
