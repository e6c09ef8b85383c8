/** What happens beyond a bound: the fault `too-large` at the place where it is reached, or the rest is not looked at. */
type Bound = { readonly limit: number; readonly of: string; readonly beyond: 'fault' | 'unread' };

const fault = (limit: number, of: string): Bound => ({ limit, of, beyond: 'fault' });
const unread = (limit: number, of: string): Bound => ({ limit, of, beyond: 'unread' });

/**
 * What a run accepts from files nobody trusts, each with what it counts. Each is far beyond what real projects hold, and
 * together they keep a run on hostile input within seconds and some hundred megabytes.
 */
export const BOUND_TABLE = {
  fileBytes: fault(32_000_000, 'bytes read of any file'),
  fileLength: fault(8_000_000, 'UTF-16 units in one file'),
  documents: fault(1_000, 'YAML documents in one file'),
  depth: fault(200, 'levels of mappings and lists'),
  keyLength: fault(1_024, 'UTF-16 units of one key'),
  pieces: fault(1_000_000, 'names, texts, signs, spaces and line ends that one file is made of'),
  values: fault(
    100_000,
    'values in one file once its aliases and merge keys are expanded; a text that is repeated counts as one for every 64 UTF-16 units',
  ),
  services: fault(5_000, 'services in one model'),
  mergedValues: fault(1_000_000, 'values that merging, `extends` and `include` bring together for one stack'),
  openedValues: fault(1_000_000, 'values in all stacks of one folder together'),
  files: fault(1_000, 'Compose files of one folder'),
  stacks: fault(1_000, 'stacks of one folder'),
  loadedFiles: fault(1_000, 'files loaded for one stack through `include` and `extends`, counting repetitions'),
  loadedLength: fault(64_000_000, 'UTF-16 units of the files loaded for one stack, counting repetitions'),
  chain: fault(100, 'links of one chain of `extends`, or of `include`'),
  history: unread(50, 'steps of the history of one value; those behind the first one are given up, the oldest first'),
  faults: fault(10_000, 'faults of one file, or of one stack'),
  findings: fault(5_000, 'findings of one rule in one folder'),
  stackReferences: fault(250_000, 'references to variables in all texts of one stack'),
  references: fault(1_000, 'references to variables in one text, those in defaults included'),
  interpolationDepth: fault(100, 'references inside each other: `${A:-${B:-…}}`'),
  interpolatedLength: fault(1_000_000, 'UTF-16 units of one text once its variables are put in'),
  filledLength: fault(16_000_000, 'UTF-16 units of all texts of one stack that variables were put into'),
  envBytes: fault(8_000_000, 'bytes in the env files and label files of one stack, counting repetitions'),
  words: fault(50_000, 'words that the commands of one stack are split into'),
  pools: fault(40_000, 'pairs of address pools that the files of one stack merge'),
  ports: fault(70_000, 'ports that the ranges of one stack expand to'),
  pathLength: unread(4_096, 'UTF-16 units of a path whose folders are looked for'),
  messageLength: unread(2_000, 'UTF-16 units of one message; its middle is left out'),
  shownLine: unread(2_000, 'UTF-16 units of one line of a file that is shown with a finding'),
  suppressions: unread(1_000, 'rules that the comments of one file silence'),
  besideLength: unread(
    1_000_000,
    'bytes of a file beside the Compose files that rules read: a Dockerfile, a configuration',
  ),
  besideTotal: unread(32_000_000, 'bytes of all such files of one folder'),
  dockerfileWords: unread(
    1_000,
    'words of a Dockerfile in instructions that rules look at: FROM, COPY and such; it is left out as a whole',
  ),
  secretLength: unread(65_536, 'UTF-16 units of one text that are searched for credentials'),
  editedLength: unread(
    100_000_000,
    'UTF-16 units of the texts that a plan is worked out with, each counted again with every edit; what is left to do is not in the plan',
  ),
  comparedSettings: unread(20_000, 'settings of services that a report compares between two files'),
  hostLength: unread(4_000, 'UTF-16 units of one text that are searched for names of services'),
} as const satisfies Readonly<Record<string, Bound>>;

/** Names of the bounds. */
export type BoundName = keyof typeof BOUND_TABLE;

/** The limits alone. Reaching one is accepted; what is beyond is not. */
export const BOUNDS = Object.fromEntries(
  Object.entries(BOUND_TABLE).map(([name, { limit }]) => [name, limit]),
) as Readonly<Record<BoundName, number>>;
