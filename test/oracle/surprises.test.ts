import { expect, test } from 'vitest';
import { run } from '../run.js';
import { configArguments } from './answer.js';
import { DEFAULT_ARGS, HOME } from './case.js';
import { SURPRISES } from './surprises/index.js';
import { argsOfSurprise, filesOfSurprise } from './surprises/surprise.js';

const valueAt = (model: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[key], model);

test.each(SURPRISES)('$says', async (surprise) => {
  const args = { ...DEFAULT_ARGS, ...argsOfSurprise(surprise) };
  const { code, out, err } = await run(configArguments(args, ['--format', 'json']), filesOfSurprise(surprise), {
    env: { HOME, ...args.env },
  });
  if ('refused' in surprise) {
    expect({ code, rule: /error: .* \[([\w-]+)\]\n/.exec(err)?.[1] }, err).toEqual({ code: 1, rule: surprise.refused });
    return;
  }
  expect(code, err).toBe(0);
  expect(valueAt(JSON.parse(out.replaceAll('/project', '$DIR')), surprise.at)).toEqual(surprise.gives);
});
