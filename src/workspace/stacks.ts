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
const distinct = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  for (let i = 2; ; i += 1) if (!taken.has(`${name}-${i}`)) return `${name}-${i}`;
};

/**
 * The stacks that a folder's files form, as far as their names tell: what `docker compose up` loads, the base alone, the base
 * with each environment file and each overlay, and each overlay that stands alone. An environment file in which every
 * service is complete is taken for an alternative to the base rather than an addition.
 */
export const inferStacks = (files: readonly StackFile[]): readonly StackPlan[] => {
  const plans: StackPlan[] = [];
  const taken = new Set<string>();
  const add = (name: string, paths: readonly string[]): void => {
    const own = distinct(name, taken);
    taken.add(own);
    plans.push({ name: own, files: paths, isDeclared: false });
  };
  const bases = files.filter((file) => file.role === 'base');
  const [base] = bases;
  const automatic = files.find((file) => file.isAutomatic);
  if (base && automatic) {
    add('default', [base.path, automatic.path]);
    add('base', [base.path]);
  } else if (base) add('default', [base.path]);
  for (const other of bases.slice(1)) add(other.label || 'base', [other.path]);
  for (const file of files) {
    if (file.role === 'base' || file.isAutomatic || file.isBroughtIn) continue;
    const isAlternative = file.role !== 'overlay' && file.isSelfSufficient;
    if (base && !isAlternative) add(file.label, [base.path, file.path]);
    if (!file.isSelfSufficient) continue;
    if (isAlternative || !base) add(file.label, [file.path]);
    else add(`${file.label}-alone`, [file.path]);
  }
  return plans;
};
