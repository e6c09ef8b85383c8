import type { Fault } from '../model/fault.js';
import { formatPath } from '../model/path.js';
import { get } from '../model/value.js';
import { isInside, sameSpan } from '../source/source.js';
import type { Workspace, WorkspaceFile, WorkspaceStack } from '../workspace/workspace.js';
import { isForSwarm } from './purpose.js';

/** Rules that say what is wrong with a value. */
const OF_VALUES: ReadonlySet<string> = new Set(['invalid-duration', 'invalid-port', 'invalid-size', 'invalid-volume']);

const serviceOf = ({ path }: Fault): string => formatPath(path?.slice(0, 2) ?? []);

/** Faults without that of a missing image for services that are refused for something else: there may be one once that is mended. */
const withoutFollowing = (faults: readonly Fault[]): readonly Fault[] => {
  const broken = new Set(faults.filter(({ rule }) => rule === 'schema' || OF_VALUES.has(rule)).map(serviceOf));
  return faults.filter((fault) => fault.rule !== 'no-image-or-build' || !broken.has(serviceOf(fault)));
};

/** Variables without a value that a fault follows from: those in the text that is refused, or in the image that is empty. */
const causesOf = (fault: Fault, unset: readonly Fault[]): readonly Fault[] => {
  const { at: place } = fault;
  if (fault.rule !== 'no-image-or-build') return unset.filter(({ at }) => at && place && isInside(at, place));
  const image = formatPath([...(fault.path ?? []), 'image']);
  return unset.filter(({ path }) => path !== undefined && formatPath(path) === image);
};

/** A refused value that is empty, or has an empty part, because of a variable: that is said, and what to do about it. */
const explained = (fault: Fault, [first, ...others]: readonly Fault[]): Fault => {
  if (!first) return fault;
  const names = [...new Set([first, ...others].flatMap(({ about }) => about ?? []))];
  const reason = `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} not set`;
  const { help } = first;
  const told = { ...fault, message: `${fault.message.replace(/\.$/, '')}, as ${reason}.`, ...(help ? { help } : {}) };
  return fault.rule === 'no-image-or-build' && first.at ? { ...told, at: first.at } : told;
};

const EXPLAINED: ReadonlySet<string> = new Set([...OF_VALUES, 'schema', 'no-image-or-build']);

/** A variable that is required stops docker compose, so that nothing is said of what its value would have been. */
const withoutRequired = (faults: readonly Fault[]): readonly Fault[] => {
  const required = faults.filter(({ rule }) => rule === 'required-variable');
  if (required.length === 0) return faults;
  return faults.filter((fault) => !EXPLAINED.has(fault.rule) || causesOf(fault, required).length === 0);
};

/** Faults that follow from variables without a value tell so; nothing more is said of such a variable at the same place. */
const withCauses = (faults: readonly Fault[]): readonly Fault[] => {
  const unset = faults.filter(({ rule }) => rule === 'unset-variable');
  if (unset.length === 0) return faults;
  const told = new Set<Fault>();
  const found = faults.map((fault) => {
    if (!EXPLAINED.has(fault.rule)) return fault;
    const causes = causesOf(fault, unset);
    for (const cause of causes) told.add(cause);
    return explained(fault, causes);
  });
  return found.filter((fault) => !told.has(fault));
};

const namesImage = ({ written }: WorkspaceFile, name: string): boolean => {
  const keys = written.get(name);
  return keys !== undefined && (keys.has('image') || keys.has('build'));
};

/** Whether a file that a guessed stack leaves out has the image of a service, so that the guess is what is wrong. */
const isCompletedElsewhere = ({ path }: Fault, stack: WorkspaceStack, { files }: Workspace): boolean => {
  const name = String(path?.[1]);
  return (
    !stack.isDeclared &&
    !stack.files.some((file) => namesImage(file, name)) &&
    files.some((file) => namesImage(file, name))
  );
};

/** Whether what reads the stack is Swarm, whose older versions want what docker compose ignores. */
const isReadBySwarm = (_fault: Fault, { project }: WorkspaceStack): boolean => {
  const services = get(project?.model, 'services');
  return services?.kind === 'mapping' && [...services.entries.values()].some(({ value }) => isForSwarm(value));
};

const holds = (stack: WorkspaceStack, { rule, at }: Fault): boolean =>
  stack.faults.some((fault) => fault.rule === rule && fault.at && at && sameSpan(fault.at, at));

/** Whether a guessed stack with more files has what is referred to, so that the guess without them is what is wrong. */
const isDeclaredElsewhere = (fault: Fault, stack: WorkspaceStack, { stacks }: Workspace): boolean =>
  !stack.isDeclared &&
  stacks.some(
    (other) =>
      other.files.length > stack.files.length &&
      stack.files.every((file) => other.files.includes(file)) &&
      !holds(other, fault),
  );

/** When a fault of a rule is nothing to act on. */
const IDLE: Readonly<Record<string, typeof isCompletedElsewhere>> = {
  'no-image-or-build': isCompletedElsewhere,
  'obsolete-version': isReadBySwarm,
  'undefined-reference': isDeclaredElsewhere,
};

/** The faults of a stack that are worth telling: causes rather than what follows from them, and no guesses. */
export const tellingFaults = (stack: WorkspaceStack, workspace: Workspace): readonly Fault[] =>
  withCauses(
    withoutFollowing(withoutRequired(stack.faults)).filter((fault) => !IDLE[fault.rule]?.(fault, stack, workspace)),
  );
