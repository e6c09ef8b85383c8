import { isDatastore, knownImage } from '../src/lint/known-image.js';
import { defineRule } from '../src/lint/rule.js';
import { get, isTrue, placeOfValue } from '../src/model/value.js';

export default defineRule({
  meta: {
    id: 'read-only-rootfs',
    severity: 'info',
    preset: 'strict',
    fix: 'none',
    since: '0.1.0',
    summary: 'A service may change the files of its image',
    description: `With a read-only root file system nobody can replace a program or leave one behind; what must be written goes to volumes and
\`tmpfs\`. Databases and other images that keep data are not found: they write beside their data, and fail without notice.`,
    source: 'compose-spec 05-services.md, "read_only"',
    bad: 'services:\n  api:\n    image: example/api:1\n',
    good: 'services:\n  api:\n    image: example/api:1\n    read_only: true\n    tmpfs: [/tmp]\n',
    whenOff: 'For images that write all over their file system.',
  },
  *checkService(service) {
    const { name, value, key } = service;
    const readOnly = get(value, 'read_only');
    const image = knownImage(service);
    if (isTrue(readOnly) || (image && isDatastore(image.facts))) return;
    const at = key ?? placeOfValue(value);
    if (!at) return;
    yield {
      at,
      message: `"${name}" may change the files of its image.`,
      help: 'Add `read_only: true`, and `tmpfs` for the folders that it writes to.',
      path: ['services', name, 'read_only'],
    };
  },
});
