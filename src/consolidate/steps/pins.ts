import { pathKey } from '../../lint/leaves.js';
import { familiarName, parseImage } from '../../model/image.js';
import { get, textOf } from '../../model/value.js';
import { basename } from '../../source/path.js';
import { claimsAt, oldLeaves } from '../claims.js';
import { attempt, replaceAt, serviceIn, servicesIn, type Work } from '../work.js';

const isFloating = (image: string): boolean => {
  const { tag, digest } = parseImage(image);
  return digest === undefined && (tag === undefined || tag === 'latest') && !image.includes('$');
};

/** `name:tag` or `name@digest`, by what is decided for the name. */
const pinned = (image: string, pins: ReadonlyMap<string, string>): string | undefined => {
  const { name } = parseImage(image);
  const pin = pins.get(image) ?? pins.get(name) ?? pins.get(familiarName(name));
  return pin === undefined ? undefined : `${name}${pin.startsWith('sha256:') ? '@' : ':'}${pin}`;
};

/** Gives images that have no version the one that is decided. A version is never made up. */
export const pinImages = (work: Work): void => {
  const { pins } = work.analysis.workspace.settings;
  for (const file of [...work.texts.keys()])
    for (const service of servicesIn(work, file)) {
      const image = textOf(get(serviceIn(work, file, service), 'image'));
      if (image === undefined || !isFloating(image)) continue;
      if (get(serviceIn(work, file, service), 'build') !== undefined) continue;
      const pin = pinned(image, pins);
      if (pin === undefined) {
        const id = `pin:${parseImage(image).name}`;
        if (work.questions.some((question) => question.id === id)) continue;
        work.questions.push({
          id,
          text: `Which version of ${parseImage(image).name} is it to be? A newer one is pulled whenever somebody pulls; an older one may not read the data of today's.`,
          candidates: [],
          default: image,
          setting: 'pins',
        });
        continue;
      }
      const path = ['services', service, 'image'];
      attempt(
        work,
        {
          id: `pin-image:${basename(file)}:${service}`,
          kind: 'pin-image',
          service,
          paths: [path],
          from: file,
          to: file,
          reason: `${image} is whatever was pulled last.`,
          rule: 'latest-tag',
          effect: `${service} runs ${pin}, as decided.`,
          // Where a later file names another image, nothing changes.
          claims: claimsAt(work, path, (pair) => oldLeaves(pair).get(pathKey(path))?.text === image).map((claim) => ({
            ...claim,
            before: image,
            after: pin,
          })),
          manual: [],
        },
        () => replaceAt(work, file, path, pin),
      );
    }
};
