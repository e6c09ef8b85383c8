import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newRepository, type Repository } from '../clients/repository.js';
import { PROGRAM } from '../program.js';

/**
 * The guide, played from its beginning to its end: files are written as they are named, commands run in their order, and what is
 * said to come of them is compared with what does. After a change on purpose: `npx vitest run test/docs/consolidate.test.ts -u`.
 */

const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'consolidate.md');

/** The folder of the shop in its repository. */
const FOLDER = 'shop';

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A block of a guide: the last name in backticks above it, its text, and where that starts. */
type Step = { readonly language: string; readonly name: string; readonly text: string; readonly at: number };

const stepsOf = (guide: string): readonly Step[] => {
  const steps: Step[] = [];
  let name = '';
  for (const match of guide.matchAll(/^```([a-z]+)\n([\s\S]*?)^```$|`([^`\n]+)`/gm)) {
    const [, language = '', text = '', named] = match;
    if (named === undefined) steps.push({ language, name, text, at: match.index + `\`\`\`${language}\n`.length });
    else name = named;
  }
  return steps;
};

/** What the files and the output of the last command say, put in the place of what the guide says that they do. */
const played = (guide: string, { path, write, git, run }: Repository, bin: string): string => {
  let [text, done, output, isReady] = ['', 0, '', false];
  const say = (step: Step, actual: string): void => {
    text += guide.slice(done, step.at) + actual;
    done = step.at + step.text.length;
  };
  for (const step of stepsOf(guide)) {
    if (step.language === 'sh') {
      if (!isReady) git('add', '--all');
      if (!isReady) git('commit', '--quiet', '--message', 'The shop');
      isReady = true;
      for (const line of step.text.trim().split('\n')) {
        const { code, out, err } = run('bash', ['-euo', 'pipefail', '-c', `cd ${FOLDER}\n${line}`], {
          PATH: `${bin}:${process.env['PATH']}`,
        });
        // Errors in the files make the exit status 1, which the guide says.
        expect({ line, code, err }).toEqual({ line, code: out.includes(': error: ') ? 1 : 0, err });
        output = out;
      }
    } else if (step.name.startsWith('layout/')) say(step, readFileSync(join(path, FOLDER, step.name), 'utf8'));
    else if (step.language === 'text') say(step, output);
    else write({ [join(FOLDER, step.name)]: step.text });
  }
  return text + guide.slice(done);
};

test('the guide is what happens', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(PROGRAM, join(bin, 'fog-lint'));
  const repository = newRepository();
  try {
    repository.write({
      [join(FOLDER, 'api', 'Dockerfile')]:
        'FROM python:3.12-slim\nUSER nobody\nCMD ["python", "-m", "http.server", "8000"]\n',
    });
    await expect(played(readFileSync(GUIDE, 'utf8'), repository, bin)).toMatchFileSnapshot(GUIDE);
    expect(repository.git('status', '--porcelain')).toBe('');
  } finally {
    rmSync(repository.path, { recursive: true, force: true });
  }
});
