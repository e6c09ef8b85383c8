import { DockerfileParser, type Instruction } from 'dockerfile-ast';

/** One `COPY` or `ADD` from the build context: what, and where to, as an absolute path. */
export type Copied = { readonly source: string; readonly target: string };

/** What the stage that is built says, taking over what it says nothing about from the stages below. */
export type DockerfileStage = {
  readonly name: string | undefined;
  /** The image that the stages below start from, as it is written. */
  readonly base: string;
  readonly hasHealthcheck: boolean;
  readonly user: string | undefined;
  readonly exposed: readonly number[];
  readonly copied: readonly Copied[];
  readonly workdir: string;
};

/** What a Dockerfile says: its stages by name and number, and the one a build ends with. */
export type Dockerfile = {
  readonly stageNames: readonly string[];
  readonly stageCount: number;
  /** The stage of a target, or the last one; undefined for a target that there is not. */
  readonly stage: (target?: string) => DockerfileStage | undefined;
};

type Draft = { name: string | undefined; from: string; instructions: Instruction[] };

const wordsOf = (instruction: Instruction): readonly string[] =>
  instruction
    .getArguments()
    .map((argument) => argument.getValue())
    .filter((word) => !word.startsWith('--'));

const isFromStage = (instruction: Instruction): boolean =>
  instruction.getArguments().some((argument) => argument.getValue().startsWith('--from='));

/** Joins a path of the image to its working directory. */
const inImage = (workdir: string, path: string): string => {
  const full = path.startsWith('/') ? path : `${workdir}/${path}`;
  const kept: string[] = [];
  for (const part of full.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
};

const EMPTY: DockerfileStage = {
  name: undefined,
  base: '',
  hasHealthcheck: false,
  user: undefined,
  exposed: [],
  copied: [],
  workdir: '/',
};

const copiedBy = (instruction: Instruction, workdir: string): readonly Copied[] => {
  const words = wordsOf(instruction);
  const target = words.at(-1);
  if (target === undefined || words.length < 2 || isFromStage(instruction)) return [];
  return words.slice(0, -1).map((source) => ({ source, target: inImage(workdir, target) }));
};

/** Instructions that say something about a stage. */
const TELLING: ReadonlySet<string> = new Set(['WORKDIR', 'USER', 'HEALTHCHECK', 'EXPOSE', 'COPY', 'ADD']);

const apply = (stage: DockerfileStage, instruction: Instruction): DockerfileStage => {
  const words = wordsOf(instruction);
  const [first = ''] = words;
  switch (instruction.getKeyword()) {
    case 'WORKDIR':
      return { ...stage, workdir: inImage(stage.workdir, first) };
    case 'USER':
      return { ...stage, user: first };
    case 'HEALTHCHECK':
      return { ...stage, hasHealthcheck: first.toUpperCase() !== 'NONE' };
    case 'EXPOSE':
      return {
        ...stage,
        exposed: [...stage.exposed, ...words.map((word) => Number.parseInt(word, 10)).filter(Number.isFinite)],
      };
    case 'COPY':
    case 'ADD':
      return { ...stage, copied: [...stage.copied, ...copiedBy(instruction, stage.workdir)] };
    default:
      return stage;
  }
};

/** Reads a Dockerfile. Undefined when it has no stage. */
export const readDockerfile = (text: string): Dockerfile | undefined => {
  const drafts: Draft[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      const words = wordsOf(instruction);
      const name = words[1]?.toUpperCase() === 'AS' ? words[2] : undefined;
      drafts.push({ name, from: words[0] ?? '', instructions: [] });
    } else if (TELLING.has(keyword)) drafts.at(-1)?.instructions.push(instruction);
  }
  if (drafts.length === 0) return undefined;
  const built = new Map<number, DockerfileStage>();
  const build = (index: number): DockerfileStage => {
    const draft = drafts[index];
    const known = built.get(index);
    if (!draft || known) return known ?? EMPTY;
    const below = drafts.findIndex((other, i) => i < index && other.name?.toLowerCase() === draft.from.toLowerCase());
    const start = below < 0 ? { ...EMPTY, base: draft.from } : build(below);
    const stage = draft.instructions.reduce(apply, { ...start, name: draft.name });
    built.set(index, stage);
    return stage;
  };
  const indexOf = (target: string): number => {
    const named = drafts.findIndex(({ name }) => name?.toLowerCase() === target.toLowerCase());
    return named < 0 && /^\d+$/.test(target) ? Number(target) : named;
  };
  return {
    stageNames: drafts.flatMap(({ name }) => name ?? []),
    stageCount: drafts.length,
    stage: (target) => {
      const index = target === undefined || target === '' ? drafts.length - 1 : indexOf(target);
      return index >= 0 && index < drafts.length ? build(index) : undefined;
    },
  };
};
