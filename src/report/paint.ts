import { createColors } from 'picocolors';

/** The few ways in which text is set off in a terminal. Without colour they leave the text as it is. */
export type Paint = Pick<
  ReturnType<typeof createColors>,
  'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan' | 'green'
>;

/** Paints, or does not. Whether to is decided by the command line, never by looking at the process here. */
export const paintFor = (colour: boolean): Paint => createColors(colour);
