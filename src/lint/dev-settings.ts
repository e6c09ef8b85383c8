import { imageFacts } from '../catalog/images.js';
import { formatHostPort, type Mount, mountsOf, portsOf, variablesOf, wordsOf } from '../model/service.js';
import { get, isTrue, type Mapping, placeOfValue, type Scalar, textOf } from '../model/value.js';
import { basename, isInside, join, relative } from '../source/path.js';
import { joinSpans, type Span } from '../source/source.js';
import type { DockerfileStage } from '../workspace/dockerfile.js';
import { mask } from './mask.js';
import { oncePerName } from './name-words.js';
import { credentialsIn } from './secrets.js';

/** What kind of development setting something is; each is a finding of its own. */
export type DevKind =
  | 'source-mount'
  | 'masked-folder'
  | 'host-port'
  | 'debugger-port'
  | 'dev-command'
  | 'dev-dockerfile'
  | 'dev-target'
  | 'dev-variable'
  | 'terminal';

/** One development setting of a service. */
export type DevSetting = {
  readonly kind: DevKind;
  readonly at: Span;
  /** What it is, for people, behind "The service … ". */
  readonly what: string;
  /** Key of the service it stands under. */
  readonly key: string;
  /** What tells it from others of its kind. */
  readonly detail: string;
};

type Finder = (service: Mapping, stage: DockerfileStage | undefined) => readonly DevSetting[];

/** Ports that debuggers listen on. */
const DEBUGGERS: Readonly<Record<number, string>> = {
  9229: 'the Node.js inspector',
  9230: 'the Node.js inspector',
  5678: 'debugpy',
  5005: 'the Java debugger',
  2345: 'Delve',
};

const hostPorts: Finder = (service) => {
  if (portsOf(service).length === 0) return [];
  const isProxy = imageFacts(textOf(get(service, 'image')) ?? '')?.kind === 'proxy';
  return portsOf(service).flatMap((port): readonly DevSetting[] => {
    const { at, published, target } = port;
    const debuggedBy = DEBUGGERS[target];
    if (!at || !published) return [];
    const detail = `${formatHostPort(port)}:${target}`;
    if (debuggedBy !== undefined)
      return [
        { kind: 'debugger-port', at, what: `opens ${debuggedBy} on port ${published.first}`, key: 'ports', detail },
      ];
    if (isProxy || published.first === 80 || published.first === 443) return [];
    return [{ kind: 'host-port', at, what: `publishes ${formatHostPort(port)} on the host`, key: 'ports', detail }];
  });
};

/** Folders of a project that hold code, and those that hold something else, by the words of their names. */
const CODE_FOLDERS =
  /^(?:\.|app|apps|src|source|code|backend|frontend|web|www|server|client|api|lib|libs|packages|services|public|html|ui|core|site|theme|themes|plugins?|modules?)$/i;
const CODE_TARGETS =
  /^\/(?:app|apps|src|code|usr\/src|usr\/app|var\/www|opt\/app|workspace|workspaces|project|srv|home\/[^/]+\/app)(?:\/|$)/;
const OTHER_FOLDERS =
  /(?:conf|config|settings|data|log|logs|cert|certs|ssl|upload|uploads|media|static|backup|backups|dump|init|initdb|secrets?|tmp|cache|storage|volumes?|db|scripts|keys|dashboards|provisioning)/i;

/** Whether the image is built with a copy of what is mounted over it. */
const isCopied = (mount: Mount, context: string, stage: DockerfileStage): boolean => {
  const source = relative(context, mount.sourceText ?? '');
  return stage.copied.some(({ source: from, target }) => {
    if (from === source) return target === mount.target || isInside(target, mount.target);
    if (from !== '.' && !source.startsWith(`${from}/`)) return source === '.' && isInside(mount.target, target);
    return join(target, from === '.' ? source : source.slice(from.length + 1)) === mount.target;
  });
};

const looksLikeSource = (mount: Mount): boolean => {
  const name = basename(mount.sourceText ?? '');
  if (OTHER_FOLDERS.test(name) || /\.[a-z0-9]{1,5}$/i.test(name)) return false;
  return CODE_TARGETS.test(`${mount.target}/`) || CODE_FOLDERS.test(name);
};

const buildContext = (service: Mapping): string | undefined => {
  const context = textOf(get(service, 'build', 'context'));
  return context?.startsWith('/') ? context : undefined;
};

/** Bind mounts of the service's own source, which only make sense while it is changed. */
const sourceMounts: Finder = (service, stage) => {
  const context = buildContext(service);
  return mountsOf(service).flatMap((mount): readonly DevSetting[] => {
    const { type, sourceText, at, target } = mount;
    if (type !== 'bind' || !at || sourceText === undefined || context === undefined || !isInside(context, sourceText))
      return [];
    const isSource = stage && stage.copied.length > 0 ? isCopied(mount, context, stage) : looksLikeSource(mount);
    if (!isSource) return [];
    const shown = sourceText === context ? 'its build context' : `its source, ./${relative(context, sourceText)},`;
    return [{ kind: 'source-mount', at, what: `mounts ${shown} on ${target}`, key: 'volumes', detail: target }];
  });
};

/** Anonymous volumes that keep a folder of the image visible below a bind mount. */
const maskedFolders: Finder = (service) => {
  const mounts = mountsOf(service);
  return mounts.flatMap(({ type, sourceText, target, at }): readonly DevSetting[] => {
    if (type !== 'volume' || sourceText !== undefined || !at) return [];
    const masked = mounts.some(
      (other) => other.type === 'bind' && other.target !== target && isInside(other.target, target),
    );
    if (!masked) return [];
    return [
      {
        kind: 'masked-folder',
        at,
        what: `masks ${target} below its source mount with an anonymous volume`,
        key: 'volumes',
        detail: target,
      },
    ];
  });
};

/** Words, or neighbouring words, of commands that reload, watch or serve for development. */
const DEV_COMMANDS = [
  /^--(?:reload|watch|debug|hot|live-reload|livereload|inspect(?:-brk)?(?:=.*)?)$/,
  /^(?:\S*\/)?(?:nodemon|webpack-dev-server|ts-node-dev|watchmedo|watchexec|debugpy|air)$/,
  /^(?:npm|yarn|pnpm|bun) (?:run )?(?:dev|develop|watch|start:dev|serve)(?::\S+)?$/,
  /^(?:npx |bunx )?(?:next|nuxt|vite|astro|gatsby|remix|svelte-kit) (?:dev|develop)$/,
  /^(?:ng|webpack|vue-cli-service|hugo|mkdocs|jekyll) serve$/,
  /^(?:cargo|dotnet|tsx|deno) watch$/,
  /^(?:\S*\/)?manage\.py runserver$/,
  /^artisan serve$/,
];

/** Any of them. */
export const DEV_COMMAND = new RegExp(DEV_COMMANDS.map(({ source }) => `(?:${source})`).join('|'));

const spanOf = (words: readonly Scalar[]): Span | undefined => {
  const spans = words.flatMap((word) => placeOfValue(word) ?? []);
  const [first] = spans;
  return first && spans.every(({ source }) => source === first.source) ? spans.reduce(joinSpans) : first;
};

const devCommands: Finder = (service) =>
  ['command', 'entrypoint'].flatMap((key) => {
    const words = wordsOf(get(service, key));
    // A shell gets its command line as one word.
    const texts = words.map((word) => String(word.value));
    for (const [i, text] of texts.entries()) {
      const inner = text.includes(' ') ? text.split(/\s+/) : undefined;
      const candidates = inner
        ? inner.flatMap((word, j) => [word, inner.slice(j, j + 2).join(' '), inner.slice(j, j + 3).join(' ')])
        : [];
      const joinedWords = [text, texts.slice(i, i + 2).join(' '), texts.slice(i, i + 3).join(' '), ...candidates];
      const found = joinedWords.find((candidate) => DEV_COMMAND.test(candidate));
      const at = spanOf(words.slice(i, i + (found === undefined || inner ? 1 : found.split(' ').length)));
      if (found !== undefined && at)
        return [{ kind: 'dev-command', at, what: `runs with \`${found}\``, key, detail: found }];
    }
    return [];
  });

const DEV_NAME = /(?:^|[._-])(?:dev|develop|development|local|debug)(?:[._-]|$)/i;

const devBuild: Finder = (service) => {
  const build = get(service, 'build');
  if (!build) return [];
  const found: DevSetting[] = [];
  for (const [key, kind] of [
    ['dockerfile', 'dev-dockerfile'],
    ['target', 'dev-target'],
  ] as const) {
    const value = get(build, key);
    const text = textOf(value);
    const at = value && placeOfValue(value);
    if (at && text !== undefined && DEV_NAME.test(basename(text)))
      found.push({ kind, at, what: `is built with the ${key} ${text}`, key: 'build', detail: text });
  }
  return found;
};

/** Variables that switch a program to development, by name and value. */
const DEV_VARIABLES: readonly { readonly name: RegExp; readonly value: RegExp }[] = [
  {
    name: /^(?:NODE|FLASK|RAILS|RACK|APP|MIX|GO|GIN|SYMFONY|LARAVEL|DJANGO|DOTNET|ASPNETCORE|BABEL|VUE_APP|NEXT_PUBLIC)_?(?:ENV|ENVIRONMENT|MODE)$|^ENVIRONMENT$|^ENV$/,
    value: /^(?:dev|develop|development|local|debug)$/i,
  },
  { name: /^(?:\w+_)?DEBUG$/, value: /^(?!(?:0|false|no|off|none|)$).+$/i },
  { name: /^RUST_BACKTRACE$/, value: /^(?:1|full)$/ },
  { name: /^(?:\w+_)?(?:HOT_RELOAD|AUTO_RELOAD|RELOAD)$/, value: /^(?:1|true|yes|on)$/i },
];

/** What the values of a variable look like that switch a program to development. */
const devValuesOf = oncePerName((name) =>
  DEV_VARIABLES.flatMap((known) => (known.name.test(name) ? [known.value] : [])),
);

/** The value of a variable, with the credentials in it masked. */
const shown = (name: string, text: string): string =>
  credentialsIn(name, text).reduce((masked, credential) => masked.replaceAll(credential, mask(credential)), text);

const devVariables: Finder = (service) =>
  variablesOf(service).flatMap(({ name, text, value, key }): readonly DevSetting[] => {
    const isDev = text !== null && devValuesOf(name).some((pattern) => pattern.test(text));
    const at = isDev ? (placeOfValue(value) ?? key) : undefined;
    return at && isDev
      ? [
          {
            kind: 'dev-variable',
            at,
            what: `has ${name} set to ${shown(name, text)}`,
            key: 'environment',
            detail: name,
          },
        ]
      : [];
  });

const terminals: Finder = (service) =>
  ['stdin_open', 'tty'].flatMap((key): readonly DevSetting[] => {
    const value = get(service, key);
    const at = value && placeOfValue(value);
    const isOn = isTrue(value);
    return at && isOn ? [{ kind: 'terminal', at, what: `keeps a terminal open (\`${key}\`)`, key, detail: key }] : [];
  });

const FINDERS: readonly Finder[] = [
  sourceMounts,
  maskedFolders,
  hostPorts,
  devBuild,
  devCommands,
  devVariables,
  terminals,
];

/** Everything about a service that serves development and not production. */
export const devSettingsOf = (service: Mapping, stage: DockerfileStage | undefined): readonly DevSetting[] =>
  FINDERS.flatMap((find) => find(service, stage));
