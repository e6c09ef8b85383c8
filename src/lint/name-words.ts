import { oncePerRecentText } from '../source/once.js';

/** Words of a name in lower case: split at anything but letters and digits, and where camel case has a hump (`SMTPHost`). */
export const nameWords = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Names that are kept in mind: the same few stand in every service. */
const MOST_NAMES = 2_000;

/** Judges names, each once as long as it is asked about now and then. */
export const oncePerName = <T>(judge: (name: string) => T): ((name: string) => T) =>
  oncePerRecentText(MOST_NAMES, judge);
