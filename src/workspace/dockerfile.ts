import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { BOUNDS } from '../model/bounds.js';
import { absolute, relative } from '../source/path.js';

/** One `COPY` or `ADD` from the build context: what, from its root (`.` is all of it), and where to, as an absolute path. */
export type Copied = { readonly source: string; readonly target: string };

/** What the stage that is built says, taking over what it says nothing about from the stages below. */
export type DockerfileStage = {
  readonly name: string | undefined;
  /** The image that the stages below start from, as it is written. */
  readonly base: string;
  readonly hasHealthcheck: boolean;
  readonly user: string | undefined;
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

/** One instruction; a flag is none of its words. */
type Step = { readonly keyword: string; readonly words: readonly string[]; readonly isFromStage: boolean };

/** A stage as it is written. */
type Draft = { readonly name: string | undefined; readonly from: string; readonly steps: Step[] };

const stepOf = (instruction: Instruction): Step => {
  const given = instruction.getArguments().map((argument) => argument.getValue());
  return {
    keyword: instruction.getKeyword(),
    words: given.filter((word) => !word.startsWith('--')),
    isFromStage: given.some((word) => word.startsWith('--from=')),
  };
};

const EMPTY: DockerfileStage = {
  name: undefined,
  base: '',
  hasHealthcheck: false,
  user: undefined,
  copied: [],
  workdir: '/',
};

const copiedBy = ({ words, isFromStage }: Step, workdir: string): readonly Copied[] => {
  const target = words.at(-1);
  if (target === undefined || words.length < 2 || isFromStage) return [];
  return words
    .slice(0, -1)
    .map((source) => ({ source: relative('/', absolute('/', source)), target: absolute(workdir, target) }));
};

/** Instructions that say something about a stage. */
const TELLING: ReadonlySet<string> = new Set(['WORKDIR', 'USER', 'HEALTHCHECK', 'COPY', 'ADD']);

const apply = (stage: DockerfileStage, step: Step): DockerfileStage => {
  const [first = ''] = step.words;
  switch (step.keyword) {
    case 'WORKDIR':
      return { ...stage, workdir: absolute(stage.workdir, first) };
    case 'USER':
      return { ...stage, user: first };
    case 'HEALTHCHECK':
      return { ...stage, hasHealthcheck: first.toUpperCase() !== 'NONE' };
    case 'COPY':
    case 'ADD':
      return { ...stage, copied: [...stage.copied, ...copiedBy(step, stage.workdir)] };
    default:
      return stage;
  }
};

/** The stages that a Dockerfile writes; none where it has more words than are looked at. */
const draftsIn = (text: string): readonly Draft[] => {
  const drafts: Draft[] = [];
  let words = 0;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword !== 'FROM' && !TELLING.has(keyword)) continue;
    const step = stepOf(instruction);
    words += step.words.length;
    if (words > BOUNDS.dockerfileWords) return [];
    const [from = '', as, name] = step.words;
    if (keyword === 'FROM') drafts.push({ name: as?.toUpperCase() === 'AS' ? name : undefined, from, steps: [] });
    else drafts.at(-1)?.steps.push(step);
  }
  return drafts;
};

/** Reads a Dockerfile. Undefined when it has no stage, or more words than are looked at. */
export const readDockerfile = (text: string): Dockerfile | undefined => {
  const drafts = draftsIn(text);
  if (drafts.length === 0) return undefined;
  const named = new Map<string, number>();
  for (const [i, { name }] of drafts.entries()) {
    const key = name?.toLowerCase();
    if (key !== undefined && !named.has(key)) named.set(key, i);
  }
  const built = new Map<number, DockerfileStage>();
  const build = (index: number): DockerfileStage => {
    const draft = drafts[index];
    const known = built.get(index);
    if (!draft || known) return known ?? EMPTY;
    const below = named.get(draft.from.toLowerCase());
    const start = below === undefined || below >= index ? { ...EMPTY, base: draft.from } : build(below);
    const stage = draft.steps.reduce(apply, { ...start, name: draft.name });
    built.set(index, stage);
    return stage;
  };
  const indexOf = (target: string): number =>
    named.get(target.toLowerCase()) ?? (/^\d+$/.test(target) ? Number(target) : -1);
  return {
    stageNames: drafts.flatMap(({ name }) => name ?? []),
    stageCount: drafts.length,
    stage: (target) => {
      const index = target === undefined || target === '' ? drafts.length - 1 : indexOf(target);
      return index >= 0 && index < drafts.length ? build(index) : undefined;
    },
  };
};
