import { basename } from '../../source/path.js';
import { shareStack } from '../inventory.js';
import { composeCommand } from '../layout.js';
import type { Work } from '../work.js';

/** Equal settings from which on two files that are never loaded together are worth a question. */
const LEAST_EQUAL = 5;

/**
 * Asks about files that say much the same and are started each for itself: only their authors know whether one of them is to
 * become a layer over the other. Each file is compared with the one that it is closest to.
 */
export const askAboutAlternatives = (work: Work): void => {
  const { workspace, overlaps } = work.analysis;
  const equal = new Map<string, { readonly files: readonly string[]; settings: number; services: Set<string> }>();
  for (const { service, earlier, later, entries } of overlaps) {
    if (!earlier.isSelfSufficient || !later.isSelfSufficient || shareStack(earlier, later, workspace)) continue;
    const key = JSON.stringify([earlier.path, later.path]);
    const pair = equal.get(key) ?? { files: [earlier.path, later.path], settings: 0, services: new Set<string>() };
    const same = entries.filter(({ kind }) => kind === 'equal').length;
    pair.settings += same;
    if (same > 0) pair.services.add(service);
    equal.set(key, pair);
  }
  const closest = new Map<string, { readonly files: readonly string[]; settings: number; services: Set<string> }>();
  for (const pair of equal.values()) {
    const later = pair.files.at(-1) ?? '';
    if (pair.settings >= LEAST_EQUAL && pair.settings > (closest.get(later)?.settings ?? 0)) closest.set(later, pair);
  }
  for (const { files, settings, services } of closest.values()) {
    const [first = '', second = ''] = files.map(basename);
    work.questions.push({
      id: `alternative:${first}:${second}`,
      text: `${second} says ${settings} times the same as ${first} (${[...services].join(', ')}), and each is started alone. No plan is made of that: what they share would need a third file, so that neither could be started as it is today, and a file cannot take back what one below it says. Is one to become a layer over the other? Then declare the stack, ${composeCommand(files, workspace.directory)}, and leave out of the first what the second does not want.`,
      candidates: [],
      default: 'both stay as they are',
      setting: 'stacks',
    });
  }
};
