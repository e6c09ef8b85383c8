/** The first name that is free: the one that is wanted, or with a number behind it, from 2: `a`, `a-2`, `a-3`. */
export const freeName = (wanted: string, isFree: (name: string) => boolean, separator = '-'): string => {
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? wanted : `${wanted}${separator}${i}`;
    if (isFree(name)) return name;
  }
};
