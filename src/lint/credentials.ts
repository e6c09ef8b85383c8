import { oncePer } from '../source/once.js';
import { isInside, type Span } from '../source/source.js';
import type { Fix } from './rule.js';
import { secretFix } from './secret-fix.js';
import { repetitionsOf, type Secret, secretsIn } from './secrets.js';
import type { WorkspaceSubject } from './subjects.js';

/** One credential in all its places. */
export type Credential = {
  /** The places where it shows, the one to act on first. */
  readonly secrets: readonly [Secret, ...Secret[]];
  /** Places in commands and probes where it stands once more. */
  readonly repetitions: readonly Span[];
  readonly fix: Fix | undefined;
};

/** The same credential in all its places, the one to act on first: a build argument has a rule of its own. */
const grouped = (secrets: readonly Secret[]): readonly (readonly [Secret, ...Secret[]])[] => {
  const groups = new Map<string, [Secret, ...Secret[]]>();
  for (const secret of secrets) {
    const group = groups.get(secret.text);
    if (group) group.push(secret);
    else groups.set(secret.text, [secret]);
  }
  return [...groups.values()].map((group) => {
    const whole = group.filter(({ isWhole }) => isWhole);
    const first = whole.find(({ path }) => path[2] !== 'build') ?? whole[0] ?? group[0];
    return [first, ...group.filter((secret) => secret !== first)];
  });
};

/** Places where a credential stands once more, beside those that are known. */
const repeated = ([first, ...others]: readonly [Secret, ...Secret[]], workspace: WorkspaceSubject): readonly Span[] => {
  const known = [first, ...others].map(({ at }) => at);
  const repetitions: Span[] = [];
  for (const file of workspace.files)
    for (const root of file.roots)
      for (const { at } of repetitionsOf(first.text, root)) {
        if (known.some((span) => isInside(at, span))) continue;
        known.push(at);
        repetitions.push(at);
      }
  return repetitions;
};

/** The credentials that are written into the files of a workspace. Their fixes go together: each has variables of its own. */
export const credentialsOf = oncePer((workspace: WorkspaceSubject): readonly Credential[] => {
  const taken = new Set<string>();
  return grouped(workspace.files.flatMap((file) => file.roots.flatMap(secretsIn))).map((secrets) => {
    const repetitions = repeated(secrets, workspace);
    return { secrets, repetitions, fix: secretFix({ secrets, repetitions }, taken, workspace) };
  });
});
