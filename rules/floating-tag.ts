import { isBuiltHere } from '../src/lint/known-image.js';
import { defineRule } from '../src/lint/rule.js';
import { parseImage } from '../src/model/image.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'floating-tag',
    severity: 'info',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'The tag of an image names no version',
    description: `A tag without a digit (\`alpine\`, \`stable\`, \`main\`) moves with every release, as \`latest\` does, which is the matter of
\`latest-tag\`. Images that are pinned by their digest, and those that are built here, are not found.`,
    source: 'compose-spec 05-services.md, "image"',
    bad: 'services:\n  web:\n    image: nginx:alpine\n',
    good: 'services:\n  web:\n    image: nginx:1.27-alpine\n',
    whenOff: 'When another tool resolves tags to digests before the files are used.',
  },
  *checkService({ name, value, stack }) {
    const image = get(value, 'image');
    const text = textOf(image);
    const at = image && placeOfValue(image);
    if (!at || !text || get(value, 'build') || isBuiltHere(text, stack.workspace)) return;
    const { name: repository, tag, digest } = parseImage(text);
    if (digest !== undefined || tag === undefined || tag === '' || tag === 'latest' || /\d/.test(tag)) return;
    yield {
      at,
      message: `The tag ${tag} of the image ${repository} in "${name}" names no version: it moves with every release.`,
      help: 'Name the version that you run now.',
      path: ['services', name, 'image'],
      evidence: repository,
    };
  },
});
