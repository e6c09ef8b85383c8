import { type Leaf, leavesOf, lineOf, pathKey } from '../lint/leaves.js';
import { BOUNDS } from '../model/bounds.js';
import type { ComposePath } from '../model/path.js';
import { get } from '../model/value.js';
import { oncePer } from '../source/once.js';
import type { WorkspaceFile } from '../workspace/workspace.js';
import { serviceNames } from './inventory.js';
import { writtenIn, writtenService } from './written.js';

/** A setting that two files give for one service, or only one of them does. */
export type OverlapEntry = {
  readonly path: ComposePath;
  readonly kind: 'equal' | 'different' | 'only-earlier' | 'only-later';
  readonly earlier: Leaf | undefined;
  readonly later: Leaf | undefined;
};

/** What two files say about one service, value by value. */
export type ServiceOverlap = {
  readonly service: string;
  readonly earlier: WorkspaceFile;
  readonly later: WorkspaceFile;
  readonly entries: readonly OverlapEntry[];
};

const kindOf = (earlier: Leaf | undefined, later: Leaf | undefined): OverlapEntry['kind'] => {
  if (!later) return 'only-earlier';
  if (!earlier) return 'only-later';
  return earlier.text === later.text ? 'equal' : 'different';
};

const compare = (earlier: readonly Leaf[], later: readonly Leaf[]): readonly OverlapEntry[] => {
  const ours = new Map(earlier.map((leaf) => [pathKey(leaf.path), leaf]));
  const theirs = new Map(later.map((leaf) => [pathKey(leaf.path), leaf]));
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
    const [a, b] = [ours.get(key), theirs.get(key)];
    const path = (a ?? b)?.path;
    return path ? [{ path, kind: kindOf(a, b), earlier: a, later: b }] : [];
  });
};

/**
 * Every service that two files name, compared. `files` in the order in which they are loaded.
 * @returns No more than the bound on compared settings allows: files that all name one service are compared each with each.
 */
export const overlapsOf = (files: readonly WorkspaceFile[]): readonly ServiceOverlap[] => {
  const found: ServiceOverlap[] = [];
  let left = BOUNDS.comparedSettings;
  for (const service of serviceNames(files)) {
    const holders = files.flatMap((file) => {
      const value = writtenService(file, service);
      return value ? [{ file, leaves: leavesOf(value) }] : [];
    });
    for (const [i, later] of holders.entries())
      for (const earlier of holders.slice(0, i)) {
        const entries = compare(earlier.leaves, later.leaves);
        left -= Math.max(1, entries.length);
        if (left < 0) return found;
        found.push({ service, earlier: earlier.file, later: later.file, entries });
      }
  }
  return found;
};

/** How much of what two files say about a service is the same: equal ones of all distinct values. */
export const agreement = ({ entries }: ServiceOverlap): { readonly equal: number; readonly distinct: number } => ({
  equal: entries.filter(({ kind }) => kind === 'equal').length,
  distinct: entries.reduce((sum, { kind }) => sum + (kind === 'different' ? 2 : 1), 0),
});

/** Services of one file that are alike but for a few values, with the settings that all of them have. */
export type Family = {
  readonly file: WorkspaceFile;
  readonly members: readonly string[];
  readonly shared: readonly Leaf[];
  /** Paths at which members differ, or which not all have. */
  readonly differing: readonly ComposePath[];
};

type Member = { readonly name: string; readonly leaves: readonly Leaf[]; readonly origin: string };

/** A setting with its value, as a key. */
const idOf = oncePer((leaf: Leaf): string => JSON.stringify([pathKey(leaf.path), leaf.text]));

const idsOf = oncePer((leaves: readonly Leaf[]): ReadonlySet<string> => new Set(leaves.map(idOf)));

/** Settings that must be equal, at least, for services to count as alike. */
const LEAST_SHARED = 3;

const isAlike = (first: Member, other: Member, shared: number): boolean =>
  shared * 2 >= Math.max(first.leaves.length, other.leaves.length);

const familyOf = (file: WorkspaceFile, [first, ...others]: readonly Member[]): Family | undefined => {
  if (!first || others.length === 0) return undefined;
  const shared = first.leaves.filter((leaf) => others.every(({ leaves }) => idsOf(leaves).has(idOf(leaf))));
  const differing = new Map<string, ComposePath>();
  for (const { leaves } of [first, ...others])
    for (const leaf of leaves) if (!idsOf(shared).has(idOf(leaf))) differing.set(pathKey(leaf.path), leaf.path);
  return { file, members: [first, ...others].map(({ name }) => name), shared, differing: [...differing.values()] };
};

type Group = [Member, ...Member[]];

/** Positions of groups by the settings of their first members, as often as these have them. */
type Holders = Map<string, number[]>;

/** The groups whose first member has enough in common with a service to be alike to it. */
const alikeTo = (member: Member, groups: readonly Group[], holders: Holders): readonly number[] => {
  const shared: number[] = [];
  const met: number[] = [];
  for (const id of idsOf(member.leaves))
    for (const group of holders.get(id) ?? []) {
      const count = (shared[group] ?? 0) + 1;
      shared[group] = count;
      if (count === LEAST_SHARED) met.push(group);
    }
  return met.filter((group) => {
    const [first] = groups[group] ?? [];
    return first !== undefined && isAlike(first, member, shared[group] ?? 0);
  });
};

const hold = (group: number, first: Member, holders: Holders): void => {
  for (const leaf of first.leaves) {
    const known = holders.get(idOf(leaf)) ?? [];
    known.push(group);
    holders.set(idOf(leaf), known);
  }
};

/**
 * Groups of services that are alike: each goes to the first group whose first member it is alike to. The settings of first
 * members are looked up, rather than compared group by group: there can be thousands of either.
 */
const groupsOf = (members: readonly Member[]): readonly (readonly Member[])[] => {
  const groups: Group[] = [];
  const byOrigin = new Map<string, Holders>();
  for (const member of members) {
    const holders: Holders = (member.origin === '' ? undefined : byOrigin.get(member.origin)) ?? new Map();
    byOrigin.set(member.origin, holders);
    const found = alikeTo(member, groups, holders);
    if (found.length > 0) groups[found.reduce((a, b) => Math.min(a, b))]?.push(member);
    else {
      hold(groups.length, member, holders);
      groups.push([member]);
    }
  }
  return groups;
};

const familiesIn = oncePer((file: WorkspaceFile): readonly Family[] => {
  const members = writtenIn(file, 'services').map(({ name, value }) => {
    const source = get(value, 'build') ?? get(value, 'image');
    return { name, leaves: leavesOf(value), origin: source ? lineOf(source) : '' };
  });
  return groupsOf(members).flatMap((group) => familyOf(file, group) ?? []);
});

/** Groups of services of one image or build that have at least half of their settings in common. */
export const familiesOf = (files: readonly WorkspaceFile[]): readonly Family[] => files.flatMap(familiesIn);

/** How much is written more than once. */
export type Duplication = {
  /** All settings of all services in all files, those that came by alias or merge key left out. */
  readonly settings: number;
  /** Those given again, with the same value, for the same service by a later file. */
  readonly acrossFiles: number;
  /** Those that a member of a family gives again as an earlier member of its file does. */
  readonly insideFamilies: number;
};

/** What the figure counts, to be printed beside it. */
export const DUPLICATION_DEFINITION =
  'A setting is a leaf of a service: a map value or a list entry is one, a command or a probe is one as a whole. It is a duplicate when an earlier file gives the same value at the same path of the same service, or when an earlier member of a family of alike services in its own file does. What an alias or a merge key brings along is written once and counts once.';

/** Counts settings and those among them that repeat another. */
export const duplicationOf = (files: readonly WorkspaceFile[]): Duplication => {
  const families = familiesOf(files);
  const earlier = new Set<string>();
  let [settings, acrossFiles, insideFamilies] = [0, 0, 0];
  for (const file of files) {
    const own: string[] = [];
    const ownFamilies = families.filter((family) => family.file === file);
    const familyByName = new Map(ownFamilies.flatMap((family) => family.members.map((name) => [name, family])));
    const inFamily = new Map<Family, Set<string>>();
    for (const { name, value } of writtenIn(file, 'services')) {
      const family = familyByName.get(name);
      const known = family && (inFamily.get(family) ?? new Set<string>());
      const written = leavesOf(value).filter(({ isAliased }) => !isAliased);
      settings += written.length;
      const added: string[] = [];
      for (const { path, text } of written) {
        const here = JSON.stringify([pathKey(path), text]);
        const full = JSON.stringify([name, here]);
        if (earlier.has(full)) acrossFiles += 1;
        else if (known?.has(here)) insideFamilies += 1;
        added.push(here);
        own.push(full);
      }
      for (const here of added) known?.add(here);
      if (family && known) inFamily.set(family, known);
    }
    for (const full of own) earlier.add(full);
  }
  return { settings, acrossFiles, insideFamilies };
};
