import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPlace, type Node, nodesOf, type Place, type Step, textAt } from '../origins.js';
import { runIn } from '../run.js';

const FIXTURES = new URL('../../fixtures/origins/', import.meta.url).pathname;

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );

/** `file:line:column` with what stands there. */
const shown = (place: Place, files: Readonly<Record<string, string>>): string =>
  `${place.file}:${place.line}:${place.column} ${JSON.stringify(textAt(place, files))}`;

const stepText = (step: Step, files: Readonly<Record<string, string>>): string => {
  const { kind, via, name, lost, source, variables } = step;
  if (kind === 'default') return `default (${String(source)})`;
  if (kind === 'overrode' && lost) return `over ${shown(lost, files)}`;
  const place = isPlace(step) ? ` ${shown(step, files)}` : '';
  if (kind === 'interpolated')
    return (variables ?? [])
      .map((use) => {
        const from = isPlace(use.source) ? ` from ${shown(use.source, files)}` : '';
        return `${use.outcome} ${use.name} ${shown(use, files)}${from}`;
      })
      .join('; ');
  return [kind, via, name].filter((word) => word !== undefined).join(' ') + place;
};

test.each(readdirSync(FIXTURES))('where each value came from: %s', async (name) => {
  const folder = join(FIXTURES, name);
  const files = filesIn(folder);
  const { files: given, environment = {} } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as {
    readonly files: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  };
  const { code, out } = await runIn(folder, ['config', '--origins', '--format', 'json', ...given], {
    env: { HOME: '/home/user', ...environment },
  });
  expect(code).toBe(0);
  const { model, origins } = JSON.parse(out.replaceAll(folder, '$DIR')) as {
    readonly model: unknown;
    readonly origins: Node;
  };
  const lines = [...nodesOf(model, origins, '')]
    .filter(({ node }) => !(node.entries || node.items))
    .flatMap(({ path, value, node }) => [
      `${path.slice(1)} = ${JSON.stringify(value)}`,
      ...node.steps.map((step) => `    ${stepText(step, files)}`).filter((line) => line.trim() !== ''),
    ]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, 'expected.txt'));
});
