import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fogLint, PROGRAM, runProgram } from '../program.js';
import { fromDebian } from './install.js';

/** Completion in the real shells, and the manual in the real reader. What is typed ends with a press of Tab. */

const folder = mkdtempSync(join(tmpdir(), 'fog-lint-shells-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bin = join(folder, 'bin');
mkdirSync(bin);
symlinkSync(PROGRAM, join(bin, 'fog-lint'));
writeFileSync(join(folder, 'docker-compose.dev.yml'), 'services: {}\n');
mkdirSync(join(folder, 'deployments'));

/** What is typed, and what the line then says. */
const LINES: readonly (readonly [typed: string, completed: string])[] = [
  ['fog-lint cons', 'fog-lint consolidate '],
  ['fog-lint --max', 'fog-lint --max-warnings '],
  ['fog-lint --format chec', 'fog-lint --format checkstyle '],
  ['fog-lint --only redundant-ov', 'fog-lint --only redundant-override '],
  ['fog-lint --rule latest-tag=w', 'fog-lint --rule latest-tag=warning '],
  ['fog-lint docker-comp', 'fog-lint docker-compose.dev.yml '],
  ['fog-lint config --all', 'fog-lint config --all-resources '],
  ['fog-lint config docker-comp', 'fog-lint config docker-compose.dev.yml '],
  ['fog-lint consolidate --out depl', 'fog-lint consolidate --out deployments/'],
  ['fog-lint rules redundant-ov', 'fog-lint rules redundant-override '],
  ['fog-lint completions z', 'fog-lint completions zsh '],
];

const environment = {
  PATH: `${bin}:${process.env['PATH']}`,
  HOME: folder,
  TERM: 'dumb',
  PS1: '> ',
  INPUTRC: '/dev/null',
};

const typing = fromDebian('expect');

/** Types every line into a shell at a terminal. @returns What the terminal shows of the first line that is not completed. */
const typeInto = (start: string, ready: string, script: string): string => {
  const steps = LINES.map(
    ([typed, completed]) =>
      `send -- {${typed}}\nsend "\\t"\nexpect {\n  -ex {${completed.slice(typed.length).trim()}} {}\n  timeout { puts "\\nNOT COMPLETED: ${typed.replaceAll('"', '')}"; exit 1 }\n}\nsend "\\025"\n`,
  );
  const path = join(folder, 'type.exp');
  writeFileSync(
    path,
    `set timeout 20\nspawn -noecho ${start}\nexpect "> "\nsend -- {${script}}\nsend "\\r"\nexpect -ex {${ready}}\nexpect "> "\n${steps.join('')}exit 0\n`,
  );
  const { code, out, err } = runProgram(typing ?? '', [path], { cwd: folder, env: environment });
  return code === 0 ? '' : `${out}${err}`;
};

const mandoc = fromDebian('mandoc');
const bash = fromDebian('bash');
const zsh = fromDebian('zsh');
const fish = fromDebian('fish');

const scriptFor = (shell: string): string => {
  const path = join(folder, `fog-lint.${shell}`);
  const { code, out, err } = fogLint(['completions', shell]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  writeFileSync(path, out);
  return path;
};

describe.skipIf(!typing)('at a terminal', () => {
  test.skipIf(!bash)('bash completes', () => {
    const script = `source ${scriptFor('bash')}; echo rea''dy`;
    expect(typeInto('bash --noprofile --norc -i', 'ready', script)).toBe('');
  });

  test.skipIf(!zsh)('zsh completes', () => {
    const script = `autoload -U compinit; compinit -u -D; source ${scriptFor('zsh')}; echo rea''dy`;
    expect(typeInto('zsh -f -i', 'ready', script)).toBe('');
  });
});

describe.skipIf(!fish)('fish', () => {
  test.each(LINES.map(([typed, completed]) => ({ typed, completed })))('completes $typed', ({ typed, completed }) => {
    const script = scriptFor('fish');
    const { code, out, err } = runProgram(fish ?? '', ['-N', '-c', `source ${script}; complete -C '${typed}'`], {
      cwd: folder,
      env: environment,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const words = out.split('\n').map((line) => line.split('\t')[0]);
    expect(words.some((word) => word !== '' && completed.trim().endsWith(word ?? ' '))).toBe(true);
  });
});

test.skipIf(!mandoc)('mandoc has nothing to say against the manual page', () => {
  const page = join(PROGRAM, '..', 'fog-lint.1');
  expect(runProgram(mandoc ?? '', ['-T', 'lint', '-W', 'warning', page])).toEqual({ code: 0, out: '', err: '' });
  const { out } = runProgram(mandoc ?? '', ['-T', 'utf8', page]);
  expect(out).toContain('linter and consolidation analyzer for Docker Compose files');
});
