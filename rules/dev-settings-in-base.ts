import { devFix } from '../src/lint/dev-fix.js';
import { type DevSetting, devSettingsOf } from '../src/lint/dev-settings.js';
import { defineRule, type Problem } from '../src/lint/rule.js';
import type { FileSubject, StackSubject, WorkspaceSubject } from '../src/lint/subjects.js';
import { isInside } from '../src/source/path.js';

/** The file that a development setting should stand in. */
const destination = ({ files }: WorkspaceSubject): FileSubject | undefined =>
  files.find((file) => file.isAutomatic) ?? files.find((file) => file.role === 'dev');

/** Stacks that have a setting of the base although they are not for development. */
const stacksWithout = (file: FileSubject, { stacks }: WorkspaceSubject): readonly string[] =>
  stacks
    .filter((stack) => stack.files.includes(file) && !stack.files.some((other) => other.role === 'dev'))
    .map(({ name }) => name);

/** Whether an environment is loaded on top of a file: what only stands beside it does not get its settings. */
const isLayered = (file: FileSubject, { stacks }: WorkspaceSubject): boolean =>
  stacks.some(
    ({ files }) => files.includes(file) && files.some((other) => other.role === 'dev' || other.role === 'prod'),
  );

type Found = { readonly service: string; readonly settings: readonly DevSetting[] };

const settingsIn = (file: FileSubject, stack: StackSubject): readonly Found[] =>
  [...stack.services.values()].map(({ name, value, dockerfile }) => ({
    service: name,
    settings: devSettingsOf(value, dockerfile()?.stage).filter(({ at }) => at.source === file.source),
  }));

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
  return {
    fix: () => (isFirst(setting, all) ? devFix(service, setting, file, target) : undefined),
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

Found in a base on top of which a file for development or production is loaded: bind mounts of the source a service is built from, anonymous
volumes that mask a folder below one, ports published on the host (not those of a proxy, 80 and 443), debugger ports, commands that
reload or watch, \`Dockerfile.dev\`, \`target: development\`, variables such as \`NODE_ENV=development\`, and open terminals. Each
is a finding of its own. Ports count where the base has something else of these, since a port alone may be how people get in. Whether a mount is source is read from the Dockerfile's COPY where it is there.`,
    source: 'compose-spec 13-merge.md',
    bad: {
      'docker-compose.yml': 'services:\n  api:\n    build: ./api\n    command: uvicorn main:app --reload\n',
      'docker-compose.prod.yml': 'services:\n  api:\n    restart: always\n',
    },
    good: {
      'docker-compose.yml': 'services:\n  api:\n    build: ./api\n',
      'api/Dockerfile': 'FROM python:3.12-slim\nUSER nobody\n',
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
    for (const file of workspace.files) {
      const stack = workspace.stacks.find(({ files }) => files.length === 1 && files[0] === file);
      if (file.role !== 'base' || !stack || !isLayered(file, workspace)) continue;
      const found = settingsIn(file, stack);
      // A port may be how people get in: only beside other settings for development it is one of them.
      const isForDevelopment = found.some(({ settings }) => settings.some(({ kind }) => kind !== 'host-port'));
      if (!isForDevelopment) continue;
      for (const { service, settings } of found)
        for (const setting of settings) yield problemOf(service, setting, settings, file);
    }
  },
});
