import { basename } from '../../source/path.js';
import { NO_CHANGE } from '../operation.js';
import { attempt, removeAt, rootOf, type Work } from '../work.js';

/** Drops the top-level `version`, which docker compose ignores. */
export const dropVersions = (work: Work): void => {
  for (const path of [...work.texts.keys()]) {
    if (!rootOf(work.texts.get(path))?.entries.has('version')) continue;
    attempt(
      work,
      {
        id: `drop-version:${basename(path)}`,
        kind: 'drop-version',
        service: undefined,
        paths: [['version']],
        from: path,
        to: undefined,
        reason: 'docker compose ignores the top-level `version` and warns about it.',
        rule: 'obsolete-version',
        effect: NO_CHANGE,
        claims: [],
        manual: [],
      },
      () => removeAt(work, path, ['version']),
    );
  }
};
