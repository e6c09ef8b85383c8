import { expect, test } from 'vitest';
import { splitWords } from '../../src/resolve/shell-words.js';
import { run } from '../run.js';

const COMMANDS = ['', 'config', 'explain', 'rules', 'init', 'report', 'consolidate', 'completions', 'merge'];

/** Files that the examples speak of. */
const FILES: Readonly<Record<string, string>> = {
  'docker-compose.yml': `services:
  web: {image: "nginx:1.27", labels: {com.example.owner: shop}, restart: unless-stopped, ports: ["127.0.0.1:8080:80"]}
  backend: {image: "shop:1.0", ports: ["127.0.0.1:8000:8000"]}
`,
  'docker-compose.dev.yml': `services:
  backend: {ports: ["127.0.0.1:9229:9229"]}
  tools: {image: "tools:1.0", profiles: [debug]}
`,
  'part-1.json': '{"version": "1", "workspaces": [], "findings": [], "summary": {"errors": 0}}',
  'part-2.json': '{"version": "1", "workspaces": [], "findings": [], "summary": {"errors": 0}}',
  'part-1.sarif': '{"version": "2.1.0", "runs": []}',
  'part-2.sarif': '{"version": "2.1.0", "runs": []}',
  'deploy/compose.yml': 'services:\n  web: {image: "nginx:1.27"}\n',
};

const examplesOf = async (command: string): Promise<readonly string[]> => {
  const { code, out } = await run([...(command === '' ? [] : [command]), '--help'], {});
  expect(code).toBe(0);
  const [, examples = ''] = out.split('\nExamples:\n');
  return examples.split('\n').filter((line) => line !== '');
};

test.each(COMMANDS)('the examples of --help can be run: fog-lint %s', async (command) => {
  const examples = await examplesOf(command);
  expect(examples.length).toBeGreaterThan(1);
  for (const example of examples) {
    expect(example).toMatch(`  fog-lint${command === '' ? '' : ` ${command}`}`);
    const [, ...args] = (splitWords(example.trim()) ?? []).map(({ text }) => text);
    const { code, out, err, written } = await run(args, FILES);
    expect([0, 1], `${example}\n${err}`).toContain(code);
    expect(`${out}${err}${[...written.values()].join('')}`, example).not.toBe('');
  }
});
