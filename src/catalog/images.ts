import { familiarName, parseImage } from '../model/image.js';
import type { ImageFacts } from './facts.js';
import { PROXIES } from './proxies.js';

/** Everything in the catalogue. */
export const CATALOG: readonly ImageFacts[] = [...PROXIES];

let byName: ReadonlyMap<string, ImageFacts> | undefined;

/** What is known about an image by its reference, or undefined. */
export const imageFacts = (reference: string): ImageFacts | undefined => {
  byName ??= new Map(CATALOG.flatMap((facts) => facts.names.map((name) => [name, facts])));
  return byName.get(familiarName(parseImage(reference).name));
};
