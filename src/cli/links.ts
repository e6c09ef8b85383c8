import type { Io } from './io.js';

/** Terminals that show a link without its address, by what they set. */
const LINKING: Readonly<Record<string, (value: string) => boolean>> = {
  TERM_PROGRAM: (value) => ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio', 'Tabby'].includes(value),
  TERM: (value) => /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|foot-extra|wezterm)$/.test(value),
  // GNOME Terminal and all that are made of the same part, since 0.50.
  VTE_VERSION: (value) => Number(value) >= 5000,
  KONSOLE_VERSION: (value) => Number(value) >= 201200,
  WT_SESSION: () => true,
  DOMTERM: () => true,
};

/**
 * Whether names of rules are to be links to their pages: as `FORCE_HYPERLINK` says, else on a terminal that is known to have them.
 * @see gist "Hyperlinks in Terminal Emulators" by egmontkob, for OSC 8
 */
export const useLinks = ({ env, isTerminal }: Pick<Io, 'env' | 'isTerminal'>): boolean => {
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (!isTerminal || env['CI'] || env['TERM'] === 'dumb') return false;
  return Object.entries(LINKING).some(([name, isLinking]) => {
    const value = env[name];
    return value !== undefined && value !== '' && isLinking(value);
  });
};
