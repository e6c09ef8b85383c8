import { rules } from '../../rules/index.js';
import type { LevelRequest } from '../lint/levels.js';
import { nearest } from '../source/nearest.js';
import { RunError } from '../workspace/run-error.js';
import { LEVELS, type Level } from '../workspace/settings-schema.js';
import { collect, knowing } from './options.js';

const ids: readonly string[] = rules.map(({ meta }) => meta.id);

/** Reads the id of one more rule. */
export const ruleIds = knowing(collect, ids);

/** Reads the level of one more rule: `id=level`. */
export const ruleLevels = knowing(
  collect,
  ids.flatMap((id) => LEVELS.map((level) => `${id}=${level}`)),
);

/** Reads the id of a rule. */
export const oneRule = knowing((id: string): string => id, ids);

/** The id of a rule that there is. @throws {RunError} with the nearest one for any other. */
export const knownRule = (id: string): string => {
  if (ids.includes(id)) return id;
  const guess = nearest(id, ids);
  throw new RunError('unknown-rule', {
    message: `no rule is called "${id}"`,
    hint: guess === undefined ? 'Run `fog-lint rules` to list all rules.' : `Did you mean "${guess}"?`,
  });
};

/** `id=level` as it is given with `--rule`. */
const ruleLevel = (text: string): readonly [string, Level] => {
  const [id = '', level = ''] = text.split('=');
  const found = LEVELS.find((known) => known === level);
  if (found !== undefined) return [knownRule(id), found];
  throw new RunError('bad-level', {
    message: `--rule ${text}: write <id>=<level>`,
    hint: `Levels are ${LEVELS.join(', ')}.`,
  });
};

/** What `--only` and `--rule` ask for. @throws {RunError} for an unknown rule or level. */
export const levelRequest = (only: readonly string[], levels: readonly string[]): LevelRequest => ({
  only: new Set(only.map(knownRule)),
  rules: new Map(levels.map(ruleLevel)),
});
