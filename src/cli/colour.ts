import type { Io } from './io.js';

export const COLOUR_MODES = ['auto', 'always', 'never'] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

/**
 * Whether to use colour: as asked for, else as `NO_COLOR` and `FORCE_COLOR` say, else on a terminal that can show it.
 * @see no-color.org, force-color.org
 */
export const useColour = (mode: ColourMode, { env, isTerminal }: Pick<Io, 'env' | 'isTerminal'>): boolean => {
  if (mode !== 'auto') return mode === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
};
