import { basename } from '../../source/path.js';
import { renameId } from '../layout.js';
import { attempt, type Work } from '../work.js';

/** Lets the development file become the override, which `docker compose up` loads by itself. */
export const renameFile = (work: Work): void => {
  const { renamed, override } = work.layout;
  if (!renamed || override === undefined) return;
  attempt(
    work,
    {
      id: renameId(renamed),
      kind: 'rename-file',
      service: undefined,
      paths: [],
      from: renamed.path,
      to: override,
      reason: `Developers type \`docker compose up\`; ${basename(override)} is loaded then, and only then.`,
      rule: undefined,
      effect: `\`docker compose up\` gives what ${basename(renamed.path)} gave together with the base. It gave the base alone before.`,
      claims: [],
      manual: [],
    },
    () => true,
  );
};
