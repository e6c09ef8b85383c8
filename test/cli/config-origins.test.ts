import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configCases } from '../oracle/config-cases.js';
import { runIn } from '../run.js';

const REFUSED: readonly string[] = ['refused', 'absent-env-file', 'extension-names'];
const cases = configCases().filter(({ name }) => !REFUSED.includes(name));

test.each(cases)('the comments of --origins change nothing: $name', async ({ folder, files, options, environment }) => {
  const ask = async (...request: readonly string[]): Promise<string> =>
    (await runIn(folder, ['config', ...options, ...request, ...files], { env: environment })).out;
  const [plain, commented] = [await ask(), await ask('--origins')];
  expect(parse(commented)).toEqual(parse(plain));
  expect(commented.split('\n').map((line) => line.replace(/ *# \S+(, .*|$)/, ''))).toEqual(
    plain.split('\n').map((line) => line.replace(/ *# \S+(, .*|$)/, '')),
  );
  const json = JSON.parse(await ask('--origins', '--format', 'json'));
  expect(json.model).toEqual(JSON.parse(await ask('--format', 'json')));
  expect(shapeOf(json.origins)).toEqual(shapeOfModel(json.model));
  // How far comments are moved to the right depends on how long the path of this checkout is.
  const placed = commented.replaceAll(folder, '$DIR').replace(/ +# /g, ' # ');
  await expect(placed).toMatchFileSnapshot(join(folder, 'expected-origins.yaml'));
});

type Node = {
  readonly steps: readonly unknown[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly items?: readonly Node[];
};

const over = <T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** The keys and items of a tree of origins; every node must have a step. */
const shapeOf = ({ steps, entries, items }: Node): unknown => {
  expect(steps).not.toEqual([]);
  return entries ? over(entries, shapeOf) : (items?.map(shapeOf) ?? 'leaf');
};

const shapeOfModel = (model: unknown): unknown => {
  if (Array.isArray(model)) return model.map(shapeOfModel);
  return typeof model === 'object' && model !== null
    ? over(model as Readonly<Record<string, unknown>>, shapeOfModel)
    : 'leaf';
};
