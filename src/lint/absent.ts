import { mountsOf } from '../model/service.js';
import { get, isTrue, placeOfValue, textOf, type Value } from '../model/value.js';
import { basename, isAbsolute, join } from '../source/path.js';
import type { Span } from '../source/source.js';
import type { ServiceSubject, StackSubject, WorkspaceSubject } from './subjects.js';

/** A file, folder or stage that a service names and that is not there. `path` is absolute. */
export type Absent = { readonly at: Span; readonly key: readonly string[] } & (
  | { readonly kind: 'context'; readonly path: string; readonly hasImage: boolean }
  | { readonly kind: 'dockerfile'; readonly path: string; readonly hasImage: boolean }
  | { readonly kind: 'stage'; readonly stage: string; readonly stages: readonly string[] }
  | { readonly kind: 'mount'; readonly path: string; readonly target: string; readonly isMade: boolean }
);

/** Ends of names that are those of files, not of folders. */
const FILE_NAME =
  /\.(?:conf|cfg|cnf|ini|env|ya?ml|json[5c]?|toml|xml|properties|txt|md|log|sql|db|sqlite3?|sh|bash|py|[cm]?[jt]s|rb|php|pl|lua|go|html?|css|crt|cer|pem|key|pub|csr|p12|pfx|jks|rules|tpl|tmpl|template|j2|service|hcl|rego|csv)$|(?:^|[.-])htpasswd$|^(?:Caddyfile|Dockerfile|Makefile|crontab|\.env)$/i;

/** Whether nothing is at a path of the project, and git does not leave it out either, so that no step is known to make it. */
const isAbsent = (path: string | undefined, { kind, isIgnored }: WorkspaceSubject): path is string =>
  path !== undefined && isAbsolute(path) && kind(path) === undefined && isIgnored(path) !== true;

/** The Dockerfile that a build reads; docker build takes one in lower case, too. */
const dockerfileOf = (build: Value | undefined, context: string, { kind }: WorkspaceSubject): string => {
  const path = join(context, textOf(get(build, 'dockerfile')) ?? 'Dockerfile');
  const lower = join(context, 'dockerfile');
  return basename(path) === 'Dockerfile' && kind(path) === undefined && kind(lower) === 'file' ? lower : path;
};

/** What the build of a service names: its context, the Dockerfile in it, the stage in that. The first that is absent is all. */
function* ofBuild({ value, stack, dockerfile }: ServiceSubject): Generator<Absent> {
  const { workspace } = stack;
  const build = get(value, 'build');
  const contextValue = get(build, 'context');
  const context = textOf(contextValue);
  const start = contextValue && placeOfValue(contextValue);
  if (!build || !start || context === undefined || !isAbsolute(context)) return;
  const hasImage = textOf(get(value, 'image')) !== undefined;
  if (isAbsent(context, workspace)) {
    yield { kind: 'context', at: start, key: ['build', 'context'], path: context, hasImage };
    return;
  }
  if (textOf(get(build, 'dockerfile_inline')) === undefined) {
    const path = dockerfileOf(build, context, workspace);
    const named = get(build, 'dockerfile');
    // An empty folder is a submodule that nobody has fetched.
    if (workspace.kind(context) === 'directory' && workspace.list(context).length > 0 && isAbsent(path, workspace)) {
      const at = (named && placeOfValue(named)) ?? start;
      yield { kind: 'dockerfile', at, key: ['build', 'dockerfile'], path, hasImage };
      return;
    }
  }
  const target = get(build, 'target');
  const stage = textOf(target);
  const read = dockerfile();
  const at = target && placeOfValue(target);
  if (at && stage !== undefined && stage !== '' && read && !read.stage)
    yield { kind: 'stage', at, key: ['build', 'target'], stage, stages: read.file.stageNames };
}

function* ofMounts({ value, stack }: ServiceSubject): Generator<Absent> {
  for (const { type, sourceText, source, target, value: mount, at: whole } of mountsOf(value)) {
    const at = (source && placeOfValue(source)) ?? whole;
    if (type !== 'bind' || !at || !isAbsent(sourceText, stack.workspace)) continue;
    const bind = get(mount, 'bind');
    const made = get(bind, 'create_host_path');
    // docker compose lets Docker make the folder unless `bind` is there and does not ask for it.
    const isMade = !bind || isTrue(made);
    // A folder that Docker makes is as good as one that was there.
    if (isMade && !FILE_NAME.test(basename(sourceText))) continue;
    yield { kind: 'mount', at, key: ['volumes'], path: sourceText, target, isMade };
  }
}

/** What a service names and that is not there. */
export function* absentOf(service: ServiceSubject): Generator<Absent> {
  yield* ofBuild(service);
  yield* ofMounts(service);
}

/** A file that the content of a secret or config is to come from, and that is not there. */
export type AbsentContent = {
  readonly section: 'secrets' | 'configs';
  readonly name: string;
  readonly at: Span;
  readonly path: string;
};

/** Secrets and configs of a stack whose files are not there. */
export function* absentContents({ model, workspace }: StackSubject): Generator<AbsentContent> {
  for (const section of ['secrets', 'configs'] as const) {
    const resources = get(model, section);
    if (resources?.kind !== 'mapping') continue;
    for (const [name, { value }] of resources.entries) {
      const file = get(value, 'file');
      const path = textOf(file);
      const at = file && placeOfValue(file);
      if (at && isAbsent(path, workspace)) yield { section, name, at, path };
    }
  }
}
