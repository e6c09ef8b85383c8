/** A source of choices that gives the same ones for the same seed, on every machine. */
export type Random = {
  /** A whole number from `least` to `most`, both included. */
  readonly integer: (least: number, most: number) => number;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  /** True in `share` of all cases, a number from 0 to 1. */
  readonly chance: (share: number) => boolean;
  /** A few of the items, in their order. */
  readonly some: <T>(items: readonly T[], share: number) => readonly T[];
};

/** A linear congruential generator of 32 bits (the constants of the C standard's example), its low bits left unused. */
export const randomOf = (seed: number): Random => {
  let state = Math.imul(seed, 2_654_435_761);
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 16_777_216;
  };
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const chance = (share: number): boolean => next() < share;
  return {
    integer,
    pick: (choices) => choices[integer(0, choices.length - 1)] ?? choices[0],
    chance,
    some: (items, share) => items.filter(() => chance(share)),
  };
};
