import type { CaseArgs } from '../case.js';

/**
 * Something that docker compose does and that few would expect: files in which it happens, and the place of the model where it
 * shows. `gives` is what stands there, undefined for nothing; `refused` the rule of the fault, where all is refused.
 */
export type Surprise = {
  /** What happens, as a sentence. */
  readonly says: string;
  /** The file `compose.yml`. */
  readonly base: string;
  /** The file `override.yml`, given behind it. */
  readonly override?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly args?: Partial<CaseArgs>;
} & (
  | { readonly at: readonly (string | number)[]; readonly gives: unknown }
  | {
      /** The rule of our fault. */
      readonly refused: string;
    }
);

/** All files of a surprise. */
export const filesOfSurprise = ({ base, override, more }: Surprise): Readonly<Record<string, string>> => ({
  'compose.yml': base,
  ...(override === undefined ? {} : { 'override.yml': override }),
  ...more,
});

/** How it is loaded: by the names of its files, unless it says otherwise. */
export const argsOfSurprise = ({ override, args }: Surprise): Partial<CaseArgs> => ({
  files: override === undefined ? ['compose.yml'] : ['compose.yml', 'override.yml'],
  ...args,
});

/** The text of one service `web` with these lines in flow style, and what stands behind it. */
export const web = (attributes: string, rest = ''): string => `services:\n  web: {image: web, ${attributes}}\n${rest}`;
