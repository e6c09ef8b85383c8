import { freeName } from '../source/free-name.js';
import type { Role } from './roles.js';

/** A file as far as stacks are concerned. */
export type StackFile = {
  readonly path: string;
  readonly role: Role;
  readonly label: string;
  readonly isAutomatic: boolean;
  /** Whether it makes a project of its own: every service has what it needs, everything it refers to is declared. */
  readonly isSelfSufficient: boolean;
  /** Whether another file of the set brings it in through `include` or `extends`. */
  readonly isBroughtIn: boolean;
  /** The files that its own comments say it is loaded with. */
  readonly ownCommand: readonly string[] | undefined;
  /** Keys that it writes for each of its services. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
};

/** A stack by name: `docker compose -f a -f b`. */
export type StackPlan = {
  readonly name: string;
  readonly files: readonly string[];
  readonly isDeclared: boolean;
  /** Active profiles, and env files instead of `.env`, where the settings give them. */
  readonly profiles?: readonly string[];
  readonly envFiles?: readonly string[];
};

/** A name that no other stack has. */
const distinct = (name: string, taken: ReadonlySet<string>): string => freeName(name, (free) => !taken.has(free));

/** Keys that say what a container runs and where it is found. */
const SUBSTANCE = ['command', 'entrypoint', 'ports', 'volumes'] as const;

/** Whether a file's own comments load it alone. */
const isLoadedAlone = ({ ownCommand }: StackFile): boolean => ownCommand?.length === 1;

/**
 * Whether a file that can stand alone leaves nothing for the base to add: it has all of several services, and says anew what
 * each runs and where it is found.
 */
const replaces = (file: StackFile, base: StackFile): boolean => {
  const isSaid = ([name, keys]: readonly [string, ReadonlySet<string>]): boolean => {
    const own = file.written.get(name);
    if (!own || !(own.has('image') || own.has('build') || own.has('extends'))) return false;
    return SUBSTANCE.every((key) => own.has(key) || !keys.has(key));
  };
  const services = [...base.written];
  const hasSubstance = services.some(([, keys]) => SUBSTANCE.some((key) => keys.has(key)));
  return services.length > 1 && hasSubstance && services.every(isSaid);
};

/** Whether a file is an alternative to the base rather than an addition. */
const isAlternativeTo = (base: StackFile | undefined, file: StackFile): boolean => {
  if (!file.isSelfSufficient && !isLoadedAlone(file)) return false;
  return file.role !== 'overlay' || (base !== undefined && replaces(file, base));
};

/**
 * The stacks that a folder's files form, as far as their names tell: what `docker compose up` loads, the base alone, the base
 * with each environment file and each overlay, and each overlay that stands alone. A command in a file's own comments that
 * loads several files says better what it is loaded with. An environment file in which every service is complete is taken for
 * an alternative to the base rather than an addition, and so is an overlay that says all that the base says.
 */
export const inferStacks = (files: readonly StackFile[]): readonly StackPlan[] => {
  const plans: StackPlan[] = [];
  const taken = new Set<string>();
  const add = (name: string, paths: readonly string[]): void => {
    const own = distinct(name, taken);
    taken.add(own);
    plans.push({ name: own, files: paths, isDeclared: false });
  };
  const named = files.filter((file) => file.role === 'base');
  // What others bring in is a part of them, unless docker compose looks for it or there is nothing else.
  const whole = named.filter((file) => !file.isBroughtIn || file.label === '');
  const bases = whole.length > 0 ? whole : named;
  const [base] = bases;
  const automatic = files.find((file) => file.isAutomatic);
  if (base && automatic) {
    add('default', [base.path, automatic.path]);
    add('base', [base.path]);
  } else if (base) add('default', [base.path]);
  for (const other of bases.slice(1)) add(other.label || 'base', [other.path]);
  for (const file of files) {
    if (file.role === 'base' || file.isAutomatic || file.isBroughtIn) continue;
    if (file.ownCommand && !isLoadedAlone(file)) {
      add(file.label, file.ownCommand);
      continue;
    }
    const isAlternative = isAlternativeTo(base, file);
    if (base && !isAlternative) add(file.label, [base.path, file.path]);
    if (!file.isSelfSufficient && !isLoadedAlone(file)) continue;
    if (isAlternative || !base) add(file.label, [file.path]);
    else add(`${file.label}-alone`, [file.path]);
  }
  return plans;
};
