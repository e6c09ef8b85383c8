/**
 * The first of some positions, counted from 0, for which something holds; it must hold for all behind the first, too.
 * @returns `count` where it holds for none.
 */
export const firstWhere = (count: number, holds: (index: number) => boolean): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
