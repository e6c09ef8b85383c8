import { openSubjects } from '../lint/open-subjects.js';
import type { Secret } from '../lint/secrets.js';
import type { WorkspaceSubject } from '../lint/subjects.js';
import type { Topology } from '../lint/topology.js';
import { textAt } from '../source/source.js';
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

/** Shortest line of a credential that is looked for on its own. */
const SHORTEST_LINE = 8;

/** A credential as it can stand in a text: as it is, as it is written with escapes or doubled dollar signs, line by line. */
const formsOf = ({ text, at }: Secret): readonly string[] => {
  const raw = textAt(at);
  const written = /^(["'])([\s\S]*)\1$/.exec(raw)?.[2] ?? (raw.includes('\n') ? '' : raw);
  const lines = text.split('\n').map((line) => line.trim());
  return [text, written, ...(lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_LINE) : [])].filter(
    (form) => form !== '',
  );
};

/** Analyses the files of one folder. */
export const analyse = (workspace: Workspace): Analysis => {
  const { files } = workspace;
  const { workspace: subject, secrets } = openSubjects(workspace);
  const topologies = subject.stacks.map((stack) => stack.topology());
  return {
    workspace,
    subject,
    secrets: [...new Set(secrets().flatMap(formsOf))],
    inventory: inventoryOf(workspace),
    overlaps: overlapsOf(files),
    families: familiesOf(files),
    duplication: duplicationOf(files),
    topologies,
    communication: communicationMatrix(topologies),
  };
};
