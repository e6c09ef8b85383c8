import type { Finding } from '../lint/finding.js';

/** How many findings there are of each severity. */
export type Tally = { readonly error: number; readonly warning: number; readonly info: number };

/** Counts levels by their names, those of SARIF included. */
export const tallied = (levels: readonly unknown[]): Tally => ({
  error: levels.filter((level) => level === 'error').length,
  warning: levels.filter((level) => level === 'warning').length,
  info: levels.filter((level) => level === 'info' || level === 'note').length,
});

/** Numbers that every report ends with. */
export type Counts = {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that `--fix` mends, and those that `--unsafe-fixes` mends on top. */
  readonly fixable: number;
  readonly unsafelyFixable: number;
  readonly files: number;
};

export const countFindings = (findings: readonly Finding[], files: number): Counts => {
  const ofSeverity = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const withFix = (applicability: 'safe' | 'unsafe'): number =>
    findings.filter(({ fixes }) => fixes().some((fix) => fix.applicability === applicability)).length;
  return {
    errors: ofSeverity('error'),
    warnings: ofSeverity('warning'),
    infos: ofSeverity('info'),
    fixable: withFix('safe'),
    unsafelyFixable: withFix('unsafe'),
    files,
  };
};

/** A number with its noun: `1 error`, `3 errors`. */
export const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** How many there are of each level, without those that there are none of: `3 errors, 1 warning`. */
export const kindsOf = ({ errors, warnings, infos }: Counts): string => {
  const kinds: readonly (readonly [number, string])[] = [
    [errors, 'error'],
    [warnings, 'warning'],
    [infos, 'info'],
  ];
  return kinds
    .filter(([number]) => number > 0)
    .map(([number, noun]) => counted(number, noun))
    .join(', ');
};

/** The line that a report closes with. */
export const closingLine = (counts: Counts): string => {
  const { errors, warnings, infos, fixable, unsafelyFixable, files } = counts;
  const total = errors + warnings + infos;
  if (total === 0) return `No problems in ${counted(files, 'file')}.`;
  const found = `Found ${counted(total, 'problem')} (${kindsOf(counts)}) in ${counted(files, 'file')}.`;
  const more = unsafelyFixable > 0 ? `, ${unsafelyFixable} more with --unsafe-fixes` : '';
  if (fixable > 0) return `${found} ${fixable} can be fixed with --fix${more}.`;
  return unsafelyFixable > 0 ? `${found} ${unsafelyFixable} can be fixed with --fix --unsafe-fixes.` : found;
};
