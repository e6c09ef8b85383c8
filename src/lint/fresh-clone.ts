import type { Fault } from '../model/fault.js';
import { get, placeOfValue } from '../model/value.js';
import { firstOf, listed } from '../source/listed.js';
import { basename, isAbsolute, relative } from '../source/path.js';
import { type Source, type Span, textAt } from '../source/source.js';
import type { WorkspaceStack } from '../workspace/workspace.js';
import { referencesIn } from './env-example.js';
import { lackedFolder } from './missing-folder.js';
import type { Cause } from './rule.js';
import type { WorkspaceSubject } from './subjects.js';

/** A fault of the loader as it is told. */
export type ToldFault = Fault & { readonly cause?: Cause };

/** Faults about a variable. */
const OF_VARIABLES: ReadonlySet<string> = new Set(['unset-variable', 'required-variable']);

/** The text that a fault is about: for a service without an image, the image that has become empty. */
const subjectOf = (fault: Fault, { project }: WorkspaceStack): Span | undefined => {
  if (fault.rule !== 'no-image-or-build') return fault.at;
  const image = get(project?.model, ...(fault.path ?? []), 'image');
  return image && placeOfValue(image);
};

/** Names that an example of an env file gives no value to, so that everybody gives one: empty, or in a comment. */
const blanksIn = ({ text }: Source): ReadonlySet<string> => {
  const blank = new Set<string>();
  const given = new Set<string>();
  for (const line of text.split('\n')) {
    const [, hash, name, value = ''] = /^(#?)\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?:=(.*))?$/.exec(line.trim()) ?? [];
    if (name === undefined || (hash === '#' && !line.includes('='))) continue;
    const isGiven = hash === '' && !/^(?:""|'')?\s*(?:#.*)?$/.test(value.trim());
    (isGiven ? given : blank).add(name);
  }
  return new Set([...blank].filter((name) => !given.has(name)));
};

/** Whether a fault is there only because an example leaves a variable to whoever copies it. */
const isLeftBlank = (fault: Fault, blanks: ReadonlySet<string>, stack: WorkspaceStack): boolean => {
  if (OF_VARIABLES.has(fault.rule)) return fault.about !== undefined && blanks.has(fault.about);
  const at = subjectOf(fault, stack);
  return at !== undefined && referencesIn(textAt(at)).some((name) => blanks.has(name));
};

/** Names in a message; more are counted. */
const MOST_NAMED = 5;

/** A variable that docker compose requires and an example leaves blank. */
type Required = { readonly fault: Fault; readonly stack: WorkspaceStack };

/** That docker compose requires what an example leaves blank, said once. */
const requiredBlanks = (found: readonly Required[]): ReturnType<FreshClone['required']> => {
  const example = found[0]?.stack.example;
  const first = found[0]?.fault;
  if (!first || example === undefined) return [];
  const names = [...new Set(found.flatMap(({ fault }) => fault.about ?? []))].sort();
  const fault: Fault = {
    ...first,
    severity: 'info',
    message: `${basename(example)} stands in for .env, which is not there, and gives no value to ${listed(firstOf(names, MOST_NAMED))}. docker compose stops without.`,
    help: `Copy ${basename(example)} to .env, and fill it in where the files are used.`,
    about: example,
  };
  return [{ fault, stacks: [...new Set(found.map(({ stack }) => stack.name))] }];
};

/** A file that is not there, named as other messages name it. One that git leaves out is made by everybody for themselves. */
const ofFile = (fault: Fault, subject: WorkspaceSubject): ToldFault => {
  const { about } = fault;
  const { directory, isIgnored } = subject;
  if (fault.rule !== 'missing-file' || about === undefined || !isAbsolute(about)) return fault;
  const message = fault.message.replaceAll(about, relative(directory, about));
  if (fault.severity !== 'error' || isIgnored(about) !== true)
    return { ...fault, message, cause: lackedFolder(about, subject) };
  return {
    ...fault,
    severity: 'info',
    message: `${message} git leaves it out, so that everybody makes one.`,
    help: `${basename(about)}.example beside it, with its names, stands in for it here.`,
  };
};

/** A variable without a value, where the file that would give it one is not there. */
const ofEnvFile = (fault: Fault, { envFile, example }: WorkspaceStack, { kind }: WorkspaceSubject): ToldFault => {
  const { rule, about, path } = fault;
  const isOfFile = OF_VARIABLES.has(rule) && about !== undefined && path !== undefined;
  if (!isOfFile || envFile === undefined || kind(envFile) !== undefined) return fault;
  return { ...fault, cause: { of: envFile, name: about, note: about, ...(example === undefined ? {} : { example }) } };
};

/** What a fresh clone is right to lack, taken out of what the loader has found. */
export type FreshClone = {
  /** Faults of a stack that are not there only because an example leaves a variable to whoever copies it. */
  readonly faultsOf: (stack: WorkspaceStack) => readonly Fault[];
  /** A fault as it is told, with the stack that it was found in. */
  readonly told: (fault: Fault, stack?: WorkspaceStack) => ToldFault;
  /** What docker compose requires and an example leaves blank, of the stacks whose faults have been asked for. */
  readonly required: () => readonly { readonly fault: Fault; readonly stacks: readonly string[] }[];
};

/** Looks at a workspace as at a clone in which nobody has made the files that git leaves out. */
export const freshClone = (subject: WorkspaceSubject): FreshClone => {
  const required: Required[] = [];
  return {
    faultsOf: (stack) => {
      const example = stack.example === undefined ? undefined : subject.read(stack.example);
      const blanks = example ? blanksIn(example) : undefined;
      if (!blanks || blanks.size === 0) return stack.faults;
      const left = stack.faults.filter((fault) => isLeftBlank(fault, blanks, stack));
      for (const fault of left) if (fault.rule === 'required-variable') required.push({ fault, stack });
      return stack.faults.filter((fault) => !left.includes(fault));
    },
    told: (fault, stack) => ofFile(stack ? ofEnvFile(fault, stack, subject) : fault, subject),
    required: () => requiredBlanks(required),
  };
};
