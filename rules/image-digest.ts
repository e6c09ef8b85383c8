import { isBuiltHere } from '../src/lint/known-image.js';
import { defineRule } from '../src/lint/rule.js';
import { parseImage } from '../src/model/image.js';
import { get, placeOfValue, textOf } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'image-digest',
    severity: 'info',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'An image is not pinned by its digest',
    description: `A tag can be moved to another image at any time, by its owner or by whoever has taken over the account. A digest is the content
itself. Images that are built here, by the service or by another one of the folder, are not found.`,
    source:
      'compose-spec 05-services.md, "image"; docs.docker.com, "Building best practices", "Pin base image versions"',
    bad: 'services:\n  web:\n    image: nginx:1.27.2\n',
    good: 'services:\n  web:\n    image: nginx:1.27.2@sha256:d2eb56950b84efe34f966a2b92efb1a1a2ea53e7e93b94cdf45a27cf3cd47fc0\n',
    whenOff: 'When another tool resolves tags to digests before the files are used.',
  },
  *checkService({ name, value, stack }) {
    const image = get(value, 'image');
    const text = textOf(image);
    const at = image && placeOfValue(image);
    if (!at || !text || get(value, 'build') || isBuiltHere(text, stack.workspace)) return;
    const { name: repository, digest } = parseImage(text);
    if (digest !== undefined) return;
    yield {
      at,
      message: `The image ${repository} of "${name}" is not pinned by its digest.`,
      help: '`docker buildx imagetools inspect` shows the digest; write it behind the tag, as `@sha256:…`.',
      path: ['services', name, 'image'],
      evidence: repository,
    };
  },
});
