import { type Attack, attacksOn } from './attacks.js';

/** Small numbers of repetitions, one little more than the other, so that exponential growth is seen before it takes all day. */
const FEW = Array.from({ length: 24 }, (_, i) => Math.round(8 * 1.15 ** i));

/** Lengths that a text is grown to; the last one is compared with a text that is so many times as long. */
const LONG = 4096;
const STEPS = [256, 512, 1024, 2048, LONG];
const FACTOR = 8;

/** Milliseconds below which no growth does harm, since so many times the length would still be little. */
const HARMLESS = 0.25;

/** Milliseconds that nothing linear takes, even where each place of the longer text is looked at a thousand times. */
const TOO_MANY = 150;

/** Milliseconds that are too few to be compared. */
const LITTLE = 20;

/** Milliseconds of the processor that all matches in a text take, the less of two tries. */
const timeOf = (pattern: RegExp, text: string): number => {
  const measure = (): number => {
    const before = process.cpuUsage();
    text.replace(pattern, '');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const first = measure();
  return first <= HARMLESS ? first : Math.min(first, measure());
};

const textOf = ({ start, pump, end }: Attack, count: number): string => start + pump.repeat(count) + end;

const isWeak = (pattern: RegExp, attack: Attack): boolean => {
  if (FEW.some((count) => timeOf(pattern, textOf(attack, count)) > TOO_MANY)) return true;
  let long = 0;
  for (const length of STEPS) {
    long = timeOf(pattern, textOf(attack, Math.ceil(length / attack.pump.length)));
    if (long > TOO_MANY) return true;
  }
  if (long <= HARMLESS) return false;
  const longer = timeOf(pattern, textOf(attack, Math.ceil((FACTOR * LONG) / attack.pump.length)));
  return longer > TOO_MANY || (longer > LITTLE && longer > 3 * FACTOR * long);
};

/** An attack under which a pattern takes more time than linear growth would explain; undefined where there is none. */
export const weaknessOf = (source: string, flags: string): Attack | undefined => {
  const pattern = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  return attacksOn(source, flags).find((attack) => isWeak(pattern, attack));
};
