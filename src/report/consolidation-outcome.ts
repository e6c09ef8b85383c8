import { composeCommand, type StackPair } from '../consolidate/layout.js';
import { isSafe, type Operation, type OperationKind } from '../consolidate/operation.js';
import { basename } from '../source/path.js';
import { shellWord } from '../source/shell-word.js';
import type { ConsolidationInput } from './consolidation-input.js';
import { manualText } from './consolidation-plan.js';
import { type Block, code, fold, heading, joined, listing, paragraph, table } from './document.js';

const ROLES = {
  base: 'base: every shared service once, for production',
  dev: 'development',
  prod: 'production',
  test: 'tests',
  overlay: 'overlay: what one feature adds',
} as const;

/** The files as they are afterwards, each with its role and its text. Env files with values are left out. */
export const layoutText = ({ after, consolidation, name, show }: ConsolidationInput): readonly Block[] => {
  const others = [...consolidation.plan.changes].flatMap(([path, source]) =>
    source && basename(path) !== '.env' && !consolidation.plan.composeFiles.includes(path) ? [{ path, source }] : [],
  );
  const files = after.workspace.files.map(({ path, role, isAutomatic }) => [
    [code(name(path))],
    isAutomatic ? 'development, loaded automatically' : ROLES[role],
  ]);
  return [
    ...table(
      'Files afterwards',
      ['File', 'Role'],
      [...files, ...others.map(({ path }) => [[code(name(path))], 'beside the Compose files'])],
    ),
    ...[...after.workspace.files, ...others].map(({ path, source }): Block => {
      return fold(name(path), [
        { kind: 'code', language: /\.ya?ml$/.test(path) ? 'yaml' : '', text: show(source.text) },
      ]);
    }),
  ];
};

/** A way to start what the new files describe. */
export type Usage = { readonly name: string; readonly command: string };

/** The command for every stack, and for development or production together with each overlay. */
export const usagesOf = ({ consolidation, after }: ConsolidationInput): readonly Usage[] => {
  const { layout, composeFiles } = consolidation.plan;
  const { directory } = after.workspace;
  const { base, override, prod, pairs } = layout;
  const usages = new Map<string, string>();
  const add = (label: string, files: readonly string[]): void => {
    const command = composeCommand(files, directory);
    if (![...usages.values()].includes(command)) usages.set(label, command);
  };
  const has = (path: string | undefined): path is string => path !== undefined && composeFiles.includes(path);
  if (base && has(override)) add('development', [base.path, override]);
  if (base && has(prod)) add('production', [base.path, prod]);
  for (const { name, after: files, standsIn } of pairs) if (standsIn === undefined) add(name, files);
  if (!base) return [...usages].map(([name, command]) => ({ name, command }));
  for (const overlay of after.workspace.files.filter(
    ({ role, path }) =>
      role === 'overlay' && pairs.some((pair) => pair.after[0] === base.path && pair.after.includes(path)),
  )) {
    if (has(override)) add(`development with ${overlay.label}`, [base.path, override, overlay.path]);
    if (has(prod)) add(`production with ${overlay.label}`, [base.path, prod, overlay.path]);
  }
  return [...usages].map(([name, command]) => ({ name, command }));
};

export const usageText = (input: ConsolidationInput): readonly Block[] =>
  table(
    'The command for every stack',
    ['Stack', 'Command'],
    usagesOf(input).map(({ name, command }) => [name, [code(`${command} up`)]]),
  );

const commandsFor = (
  pairs: readonly StackPair[],
  directory: string,
  end: (name: string) => string,
): readonly string[] => pairs.map(({ name, before }) => `${composeCommand(before, directory)} ${end(name)}`);

/** One phase of the migration: what it is for, and the commands. */
export type Phase = { readonly title: string; readonly text: string; readonly commands: readonly string[] };

const words = (names: readonly string[]): string => names.map(shellWord).join(' ');

/** Commands that are left to be done by hand, by when it is time for them. */
const byHand = ({ consolidation }: ConsolidationInput) => {
  const commands = consolidation.plan.operations.flatMap(({ manual }) => manual);
  const isBackup = (command: string): boolean => command.includes(' tar czf ');
  const isRemoval = (command: string): boolean => command.startsWith('docker volume rm');
  return {
    backups: commands.filter(isBackup),
    removals: commands.filter(isRemoval),
    others: commands.filter((command) => !isBackup(command) && !isRemoval(command)),
  };
};

/** What a repository takes in of a plan, and what it must not: backups, and what was written down on the way. */
const filesOf = ({ consolidation, before, name }: ConsolidationInput) => {
  const { plan } = consolidation;
  const changed = [...plan.changes.keys()].filter((path) => basename(path) !== '.env');
  const replaced = changed.filter((path) => before.subject.read(path) !== undefined);
  return {
    kept: changed.map(name),
    dropped: [...replaced.map((path) => `${name(path)}.bak`), ...plan.layout.pairs.map((pair) => record(pair.name))],
  };
};

/** Where what a stack means today is written down. */
const record = (stack: string): string => `before.${stack}.yml`;

/** From the files as they are to the new ones in use, in phases. */
export const phasesOf = (input: ConsolidationInput): readonly Phase[] => {
  const { consolidation, before } = input;
  const { plan } = consolidation;
  const { pairs } = plan.layout;
  const { directory } = before.workspace;
  const usages = usagesOf(input);
  const hasSecrets = plan.operations.some(({ rule }) => rule === 'hardcoded-secret');
  const { backups, removals, others } = byHand(input);
  const { kept, dropped } = filesOf(input);
  return [
    {
      title: 'Preparation',
      text: 'Nothing changes yet. What runs today is written down, credentials and all, and what is not mounted afterwards is saved. None of this belongs into the repository.',
      commands: [
        'git switch -c consolidate',
        ...commandsFor(pairs, directory, (name) => `config > ${shellWord(record(name))}`),
        ...backups,
      ],
    },
    {
      title: 'New files',
      text: 'The plan is proven again before anything is written; each file that is replaced is kept beside the new one.',
      commands: ['fog-lint consolidate --write', 'git diff'],
    },
    {
      title: 'Testing',
      text: 'Every stack is accepted, what differs is what the proof lists, and nothing is left to find.',
      commands: [
        ...usages.map(({ command }) => `${command} config --quiet`),
        ...pairs
          .filter(({ standsIn }) => standsIn === undefined)
          .map(({ name, after }) => `${composeCommand(after, directory)} config | diff ${shellWord(record(name))} -`),
        'fog-lint',
      ],
    },
    {
      title: 'Migration',
      text: 'Containers are made anew, also those that were started from another of the files; volumes stay.',
      commands: [
        ...commandsFor(pairs.slice(0, 1), directory, () => 'down --remove-orphans'),
        ...others,
        ...usages.slice(0, 1).map(({ command }) => `${command} up -d --wait`),
        ...removals,
      ],
    },
    {
      title: 'Upkeep',
      text: `Documentation and CI use the new commands${hasSecrets ? '; credentials that were in the files are changed, since the history of the repository keeps them' : ''}.`,
      commands: [
        `rm -f ${words(dropped)}`,
        ...(kept.length === 0 ? [] : [`git add -A -- ${words(kept)}`]),
        'git commit',
      ],
    },
  ];
};

export const migrationText = (input: ConsolidationInput): readonly Block[] => {
  const manual = manualText(input.consolidation);
  return [
    ...phasesOf(input).flatMap(({ title, text, commands }, i) => [
      heading(3, `Phase ${i + 1}: ${title}`),
      paragraph(text),
      ...listing('bash', `${commands.join('\n')}\n`),
    ]),
    ...(manual.length === 0 ? [] : [paragraph('By hand, operation by operation:'), ...manual]),
  ];
};

type Level = 'high' | 'medium' | 'low';

type RiskKind = { readonly level: Level; readonly what: string; readonly mitigation: string };

/** What can go wrong with an operation of a kind, and what is done about it. */
const RISKS: Readonly<Partial<Record<OperationKind, RiskKind>>> = {
  'merge-duplicate': {
    level: 'high',
    what: 'data in the volume of the second definition is no longer seen',
    mitigation: 'save the volume first, with the command given; the old file is kept as a backup',
  },
  'rename-volume': {
    level: 'high',
    what: 'a volume under another name would be empty',
    mitigation: '`name:` keeps the volume that Docker knows',
  },
  'pin-image': {
    level: 'medium',
    what: 'a version that is older than the one that ran last may not read its data',
    mitigation: 'compare with the image that runs today before starting',
  },
  'share-network': {
    level: 'medium',
    what: 'a service no longer reaches one that it needs',
    mitigation: 'the communication matrix afterwards shows no need that is not met',
  },
  'move-value': {
    level: 'medium',
    what: 'a stack without the override loses a port, a mount or a command that somebody relied on',
    mitigation: 'the proof lists what every stack loses',
  },
  'bind-loopback': {
    level: 'medium',
    what: 'other machines no longer reach the port',
    mitigation: 'a tunnel, or the address back in the override',
  },
  'rename-file': {
    level: 'medium',
    what: '`docker compose up` on a server starts development',
    mitigation: 'servers name their files, as the usage shows',
  },
  'await-dependency': {
    level: 'low',
    what: 'a service does not start while another is not healthy',
    mitigation: 'the probe is run by hand once before',
  },
  'use-variable': {
    level: 'low',
    what: 'a variable is not set, and the value is empty or the default',
    mitigation: '`.env` holds today’s values, `.env.example` the names',
  },
  'add-value': {
    level: 'low',
    what: 'what is new does not fit the service',
    mitigation: 'the stack is started once before the migration',
  },
  'create-file': {
    level: 'low',
    what: 'a new file is not deployed along',
    mitigation: 'the list of files is part of the plan',
  },
  'extract-anchor': {
    level: 'low',
    what: 'a service differs from the template without anybody seeing it',
    mitigation: 'the proof compares every service',
  },
};

/** The risk of a volume whose data is copied by hand, as decided, rather than kept by its name. */
const COPY: RiskKind = {
  level: 'high',
  what: 'a volume under another name is empty',
  mitigation: 'its data is copied with the commands given, before anything is started',
};

const riskOf = ({ kind, manual }: Operation): RiskKind | undefined =>
  kind === 'rename-volume' && manual.length > 0 ? COPY : RISKS[kind];

/** One risk with the operations that it comes from. */
export type Risk = RiskKind & { readonly operations: readonly Operation[] };

const ORDER: readonly Level[] = ['high', 'medium', 'low'];

/** Risks of a plan, the highest first. */
export const risksOf = ({ consolidation }: ConsolidationInput): readonly Risk[] => {
  const found = new Map<RiskKind, Operation[]>();
  for (const operation of consolidation.plan.operations) {
    const risk = riskOf(operation);
    if (!risk || (isSafe(operation) && risk.level === 'medium')) continue;
    found.set(risk, [...(found.get(risk) ?? []), operation]);
  }
  return [...found]
    .map(([risk, operations]) => ({ ...risk, operations }))
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
};

export const riskText = (input: ConsolidationInput): readonly Block[] => {
  const risks = table(
    'What can go wrong, and what is done about it',
    ['Level', 'Risk', 'Operations', 'Mitigation'],
    risksOf(input).map(({ level, what, operations, mitigation }) => [
      level,
      what,
      joined(
        operations.map(({ id }) => code(id)),
        { kind: 'break' },
      ),
      mitigation,
    ]),
  );
  return risks.length === 0 ? [paragraph('The plan changes nothing that runs.')] : risks;
};
