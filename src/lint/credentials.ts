import { oncePer } from '../source/once.js';
import { isInside, type Span } from '../source/source.js';
import type { Fix } from './rule.js';
import { type Same, sameCredentials, surroundingsOf } from './same-credential.js';
import { secretFix } from './secret-fix.js';
import { repetitionsOf, secretsIn } from './secrets.js';
import type { WorkspaceSubject } from './subjects.js';

/** One credential in all its places. */
export type Credential = {
  /** The places where it shows, the one to act on first. */
  readonly secrets: Same;
  /** Places in commands and probes where it stands once more. */
  readonly repetitions: readonly Span[];
  readonly fix: Fix | undefined;
};

/**
 * The same credential in all its places, the one to act on first: one where it holds whatever is set, and no build argument,
 * which has a rule of its own.
 */
const inOrder = (secrets: Same): Same => {
  const literal = secrets.filter(({ certainty }) => certainty === 'literal');
  const known = literal.length > 0 ? literal : secrets;
  const whole = known.filter(({ isWhole }) => isWhole);
  const first = whole.find(({ path }) => path[2] !== 'build') ?? whole[0] ?? known[0] ?? secrets[0];
  return [first, ...secrets.filter((secret) => secret !== first)];
};

/** Places in commands and probes where a credential stands once more, beside those that are known. */
const repeated = ([first, ...others]: Same, isAlone: boolean, { files }: WorkspaceSubject): readonly Span[] => {
  const known = [first, ...others].map(({ at }) => at);
  const services = new Set([first, ...others].map(({ path }) => String(path[1])));
  const repetitions: Span[] = [];
  for (const root of files.flatMap(({ roots }) => roots))
    for (const { at, path } of repetitionsOf(first.text, root)) {
      if (known.some((span) => isInside(at, span)) || !(isAlone || services.has(String(path[1])))) continue;
      known.push(at);
      repetitions.push(at);
    }
  return repetitions;
};

/** The credentials that are written into the files of a workspace. Their fixes go together: each has variables of its own. */
export const credentialsOf = oncePer((workspace: WorkspaceSubject): readonly Credential[] => {
  const taken = new Set<string>();
  const surroundings = surroundingsOf(workspace.files.flatMap(({ roots }) => roots));
  const groups = sameCredentials(
    workspace.files.flatMap((file) => file.roots.flatMap(secretsIn)),
    surroundings,
  ).map(inOrder);
  const counts = new Map<string, number>();
  for (const [{ text }] of groups) counts.set(text, (counts.get(text) ?? 0) + 1);
  return groups.map((secrets) => {
    const [{ text }] = secrets;
    const isAlone = counts.get(text) === 1;
    const repetitions = surroundings.plainWords.has(text) ? [] : repeated(secrets, isAlone, workspace);
    return { secrets, repetitions, fix: secretFix({ secrets, repetitions }, taken, workspace) };
  });
});
