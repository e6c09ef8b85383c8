import type { VersionRange } from './facts.js';

/** The numbers that a tag starts with, most significant first: `[16, 3]` for `16.3-alpine`; undefined for `latest`. */
export const versionOf = (tag: string | undefined): readonly number[] | undefined => {
  const found = /^v?(\d{1,6}(?:\.\d{1,6}){0,2})(?![\w])/.exec(tag ?? '');
  return found?.[1]?.split('.').map(Number);
};

/** Whether a version comes before another one. A part that is not given counts as the newest there is: `3` is not before `3.6`. */
const isBefore = (version: readonly number[], bound: string): boolean => {
  for (const [i, wanted] of bound.split('.').map(Number).entries()) {
    const part = version[i];
    if (part === undefined || part > wanted) return false;
    if (part < wanted) return true;
  }
  return false;
};

/** Whether a version lies in a range. */
export const isWithin = (version: readonly number[], { since, until }: VersionRange): boolean =>
  !(since !== undefined && isBefore(version, since)) && (until === undefined || isBefore(version, until));

/** Whether a version is at or behind a bound. */
export const isSince = (version: readonly number[], bound: string): boolean => !isBefore(version, bound);
