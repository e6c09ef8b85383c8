/** How a name joins its words. */
export type VolumeStyle = 'snake_case' | 'kebab-case' | 'camelCase';

/** The style of a name; undefined for one word, which fits every style. */
export const styleOf = (name: string): VolumeStyle | undefined => {
  if (name.includes('_')) return 'snake_case';
  if (name.includes('-')) return 'kebab-case';
  return /[a-z][A-Z]/.test(name) ? 'camelCase' : undefined;
};

/** A name in a style. */
export const inStyle = (name: string, style: VolumeStyle): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_]+/);
  if (style === 'snake_case') return words.join('_');
  if (style === 'kebab-case') return words.join('-');
  return words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
};

/** A volume's name where it is declared. */
export type DeclaredName = { readonly name: string; readonly isInBase: boolean };

/** The style that names are to have, and what speaks for it. */
export type UsualStyle = { readonly style: VolumeStyle; readonly by: 'most' | 'base' | 'first' };

/** The styles that most names have, each name counted once: one, or several that are as frequent, those written first in front. */
const mostFrequent = (names: readonly DeclaredName[]): readonly VolumeStyle[] => {
  const groups = new Map<VolumeStyle, Set<string>>();
  for (const { name } of names) {
    const style = styleOf(name);
    if (style) groups.set(style, (groups.get(style) ?? new Set()).add(name));
  }
  const most = Math.max(0, ...[...groups.values()].map(({ size }) => size));
  return [...groups].flatMap(([style, { size }]) => (size === most ? [style] : []));
};

/** The style of most names; of several that are as frequent that of the base file, then the one that is written first. */
export const usualStyle = (names: readonly DeclaredName[]): UsualStyle | undefined => {
  const tied = mostFrequent(names);
  const [first, second] = tied;
  if (first === undefined) return undefined;
  if (second === undefined) return { style: first, by: 'most' };
  const isTied = ({ name }: DeclaredName): boolean => tied.some((style) => style === styleOf(name));
  const [ofBase, another] = mostFrequent(names.filter((declared) => declared.isInBase && isTied(declared)));
  return ofBase !== undefined && another === undefined ? { style: ofBase, by: 'base' } : { style: first, by: 'first' };
};
