import { placeAtSpan } from '../src/lint/edits/place.js';
import { replaceScalar } from '../src/lint/edits/replace.js';
import { isBuiltHere } from '../src/lint/known-image.js';
import { type Cause, defineRule, type Fix } from '../src/lint/rule.js';
import type { Note } from '../src/model/fault.js';
import { familiarName, parseImage } from '../src/model/image.js';
import { part } from '../src/model/part.js';
import { get, placeOfValue, type Scalar, textOf, type VariableUse } from '../src/model/value.js';
import { firstOf, listed } from '../src/source/listed.js';
import type { Span } from '../src/source/source.js';

/** The image with the tag, or digest, that the settings give; only where the file names the image itself. */
const pinned = (at: Span, text: string, pins: ReadonlyMap<string, string>): Fix | undefined => {
  const { name } = parseImage(text);
  const pin = pins.get(name) ?? pins.get(familiarName(name));
  if (pin === undefined) return undefined;
  const place = placeAtSpan(at);
  if (place?.node.text !== text) return undefined;
  const image = `${name}${pin.includes(':') ? '@' : ':'}${pin}`;
  const edits = replaceScalar(place, image);
  return edits && { title: `Pin ${image}`, applicability: 'unsafe', edits };
};

/** The variable that gives the tag, or the whole image where that has none. */
const variableIn = (image: Scalar, text: string, tag: string | undefined): VariableUse | undefined => {
  const from = tag === undefined ? 0 : text.length - tag.length;
  for (const origin of part(image, from, text.length).origins)
    if (origin.kind === 'interpolated') return origin.variables.at(-1);
  return undefined;
};

const adviceFor = (variable: VariableUse | undefined): string => {
  if (variable === undefined) return 'Name the version that you run now.';
  const { name, outcome } = variable;
  return outcome === 'default'
    ? `Name the version that you run now in ${name}, and in its default.`
    : `Name the version that you run now in ${name}.`;
};

/** Where the value of a variable stands that was given to it in an env file. */
const sourceOf = (variable: VariableUse | undefined): readonly Note[] =>
  variable?.outcome === 'given' && variable.source?.kind === 'env-file'
    ? [{ at: variable.source.at, message: `${variable.name} is set here` }]
    : [];

/** One variable that gives no version is one cause, for all images that it is in. */
const causeOf = (service: string, repository: string, variable: VariableUse | undefined): Cause | undefined =>
  variable && { of: variable.name, name: repository, note: `${repository}, in "${service}"` };

/** Images that are named; more are counted. */
const MOST_NAMED = 5;

export default defineRule({
  meta: {
    id: 'latest-tag',
    severity: 'warning',
    preset: 'recommended',
    fix: 'unsafe',
    since: '0.1.0',
    summary: 'An image has no tag, or the tag `latest`',
    description: `\`latest\` is whatever was pushed last: two machines that pull on different days run different programs, and a restart can be an
upgrade. The tag is looked at after variables are put in, so that \`\${TAG:-latest}\` counts. An image that is pinned by its digest,
and one that \`build\` names rather than pulls, in this service or another one, are not found. All images that get their tag from one
variable are one finding.`,
    source: 'compose-spec 05-services.md, "image"',
    bad: 'services:\n  web:\n    image: nginx:latest\n',
    good: 'services:\n  web:\n    image: nginx:1.27-alpine\n',
    fixSafety: `The image becomes the one that the settings pin: another program than the one that \`latest\` means today.`,
    options: {
      pins: 'the tag, or digest, that the fix writes behind the name of an image; without it there is no fix.',
    },
    whenOff: 'When another tool resolves tags to digests before the files are used.',
  },
  *checkService({ name, value, stack }) {
    const image = get(value, 'image');
    const text = textOf(image);
    const at = image && placeOfValue(image);
    if (!at || text === undefined || text === '' || get(value, 'build') || isBuiltHere(text, stack.workspace)) return;
    const { name: repository, tag, digest } = parseImage(text);
    if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return;
    const what = tag === undefined ? `has no tag, so that \`latest\` is pulled` : 'is tagged `latest`';
    const variable = image.kind === 'scalar' ? variableIn(image, text, tag) : undefined;
    const cause = causeOf(name, repository, variable);
    yield {
      at,
      fix: () => pinned(at, text, stack.workspace.settings.pins),
      message: `The image ${repository} of "${name}" ${what}: what runs depends on the day it was pulled.`,
      help: adviceFor(variable),
      notes: sourceOf(variable),
      path: ['services', name, 'image'],
      evidence: repository,
      ...(cause ? { cause } : {}),
    };
  },
  together: ({ of }, images) => ({
    message: `${of} gives no version to ${listed(firstOf(images, MOST_NAMED))}, in several places: what runs depends on the day it was pulled.`,
  }),
});
