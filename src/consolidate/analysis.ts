import { openSubjects } from '../lint/open-subjects.js';
import type { WorkspaceSubject } from '../lint/subjects.js';
import type { Topology } from '../lint/topology.js';
import type { Workspace } from '../workspace/workspace.js';
import { type CommunicationRow, communicationMatrix } from './communication.js';
import { type Inventory, inventoryOf } from './inventory.js';
import {
  type Duplication,
  duplicationOf,
  type Family,
  familiesOf,
  overlapsOf,
  type ServiceOverlap,
} from './overlap.js';

/** What there is: the first three steps, inventory, overlap and topology. */
export type Analysis = {
  readonly workspace: Workspace;
  /** The workspace as rules see it: files of the project, values with their secrets masked. */
  readonly subject: WorkspaceSubject;
  /** Credentials in the files. They must not be shown: see `mask`. */
  readonly secrets: readonly string[];
  readonly inventory: Inventory;
  readonly overlaps: readonly ServiceOverlap[];
  readonly families: readonly Family[];
  readonly duplication: Duplication;
  readonly topologies: readonly Topology[];
  readonly communication: readonly CommunicationRow[];
};

/** Analyses the files of one folder. */
export const analyse = (workspace: Workspace): Analysis => {
  const { files } = workspace;
  const { workspace: subject, secrets } = openSubjects(workspace);
  const topologies = subject.stacks.map((stack) => stack.topology());
  return {
    workspace,
    subject,
    secrets: [...new Set(secrets().map(({ text }) => text))],
    inventory: inventoryOf(workspace),
    overlaps: overlapsOf(files),
    families: familiesOf(files),
    duplication: duplicationOf(files),
    topologies,
    communication: communicationMatrix(topologies),
  };
};
