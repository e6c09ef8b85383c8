import { describe, expect, test } from 'vitest';
import unusedResource from '../../rules/unused-resource.js';
import { openWorkspaces } from '../../src/cli/open.js';
import { type Fixed, fixAll } from '../../src/fix/fix.js';
import { groupsOf } from '../../src/fix/groups.js';
import { placeAt } from '../../src/lint/edits/place.js';
import { remove } from '../../src/lint/edits/remove.js';
import { replaceScalar, type ScalarContent } from '../../src/lint/edits/replace.js';
import { levelsFor } from '../../src/lint/levels.js';
import { defineRule, type Fix, type Rule } from '../../src/lint/rule.js';
import { lintAll } from '../../src/lint/run.js';
import type { FileSubject } from '../../src/lint/subjects.js';
import type { ComposePath } from '../../src/model/path.js';
import { parsePath } from '../../src/model/path.js';
import { type FileSystem, memoryFileSystem } from '../../src/source/filesystem.js';
import type { Workspace } from '../../src/workspace/workspace.js';

const CWD = '/p';

/** A rule that finds something in every file that a fix can be made for. */
const ruleOf = (id: string, fix: (file: FileSubject) => Partial<Fix> | undefined): Rule =>
  defineRule({
    meta: {
      id,
      severity: 'warning',
      preset: 'recommended',
      fix: 'safe',
      since: '0.1.0',
      summary: id,
      description: id,
      source: id,
      bad: '',
      good: '',
      fixSafety: '',
      whenOff: '',
    },
    *checkFile(file) {
      const [root] = file.roots;
      const made = fix(file);
      const at = root?.origins[0];
      if (made && at?.kind === 'written')
        yield {
          at: at.at,
          message: id,
          path: [file.name],
          fix: () => ({ title: id, applicability: 'safe', edits: [], ...made }),
        };
    },
  });

const replacing = (path: string, value: ScalarContent): ((file: FileSubject) => Partial<Fix> | undefined) => {
  const keys: ComposePath = parsePath(path);
  return ({ source }) => {
    const place = placeAt(source, keys);
    const edits = place && place.node.text !== String(value) ? replaceScalar(place, value) : undefined;
    return edits && { edits };
  };
};

const fix = (files: Readonly<Record<string, string | Uint8Array>>, rules: readonly Rule[], unsafe = false): Fixed => {
  const fs = memoryFileSystem(new Map(Object.entries(files).map(([path, text]) => [`${CWD}/${path}`, text])));
  const unused = (): never => {
    throw new Error('not to be used');
  };
  const open = (now: FileSystem, examples: boolean): readonly Workspace[] =>
    openWorkspaces([], { stack: [], profile: [], envFile: [], examples }, [], {
      fs: now,
      cwd: CWD,
      env: {},
      isTerminal: false,
      write: unused,
      warn: unused,
      readInput: unused,
      writeFile: unused,
      replaceFiles: unused,
      removeFile: unused,
      exitCode: 0,
    });
  const lint = (workspaces: readonly Workspace[]) =>
    lintAll(
      workspaces.map((workspace) => ({
        workspace,
        levels: levelsFor(workspace.settings, { only: new Set(), rules: new Map() }),
      })),
      { rules },
    );
  return fixAll({ fs, open, lint, unsafe });
};

const textsOf = ({ changes }: Fixed): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...changes].map(([path, bytes]) => [path.slice(CWD.length + 1), new TextDecoder().decode(bytes)]),
  );

const refusals = ({ refused }: Fixed): readonly string[] =>
  refused.map(({ kind, finding, changes }) =>
    `${kind} ${finding.rule} ${changes.map(({ stack }) => stack).join(' ')}`.trim(),
  );

const WEB = 'services:\n  web:\n    image: nginx:1.27 # a\n    init: yes\n';

describe('fixAll', () => {
  test('applies what leaves every stack as it is, and is then done', () => {
    const fixed = fix({ 'compose.yml': WEB }, [ruleOf('boolean', replacing('services.web.init', true))]);
    expect(textsOf(fixed)).toEqual({ 'compose.yml': WEB.replace('yes', 'true') });
    expect([fixed.applied.length, fixed.isStable, refusals(fixed)]).toEqual([1, true, []]);
    expect(fixed.results.flatMap(({ findings }) => findings)).toEqual([]);
  });

  test('does not apply what says that it is safe and is not, and names the difference', () => {
    const rules = [
      ruleOf('liar', replacing('services.web.image', 'nginx:1.28')),
      ruleOf('boolean', replacing('services.web.init', true)),
    ];
    const fixed = fix({ 'compose.yml': WEB }, rules);
    expect(textsOf(fixed)).toEqual({ 'compose.yml': WEB.replace('yes', 'true') });
    expect(refusals(fixed)).toEqual(['broken liar default']);
    expect(fixed.refused[0]?.changes[0]?.differences.map(({ path }) => path)).toEqual([['services', 'web', 'image']]);
    expect(fixed.isStable).toBe(true);
  });

  test('leaves unsafe fixes alone unless they are asked for', () => {
    const image = ruleOf('image', (file) => {
      const made = replacing('services.web.image', 'nginx:1.28')(file);
      return made && { ...made, applicability: 'unsafe' };
    });
    expect(textsOf(fix({ 'compose.yml': WEB }, [image]))).toEqual({});
    expect(textsOf(fix({ 'compose.yml': WEB }, [image], true))).toEqual({ 'compose.yml': WEB.replace('1.27', '1.28') });
  });

  test('does not apply an unsafe fix that docker compose would refuse', () => {
    const broken = ruleOf('network', (file) => {
      const made = replacing('services.web.init', 'maybe')(file);
      return made && { ...made, applicability: 'unsafe' };
    });
    const fixed = fix({ 'compose.yml': WEB }, [broken], true);
    expect(textsOf(fixed)).toEqual({});
    expect(refusals(fixed)).toEqual(['unfit network default']);
  });

  test('of two that collide the second one waits for the next pass', () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    x-a: 1\n    x-b: 2\n';
    const removing = (path: ComposePath) =>
      ruleOf(`remove-${String(path.at(-1))}`, ({ source }) => {
        const place = placeAt(source, path);
        const edits = place && remove(place);
        return edits && { edits, applicability: 'unsafe' };
      });
    const both = ruleOf('replace', ({ source }) => {
      const [a, b] = [placeAt(source, ['services', 'web', 'x-a']), placeAt(source, ['services', 'web', 'x-b'])];
      const edits = a && b ? [...(replaceScalar(a, 3) ?? []), ...(remove(b) ?? [])] : undefined;
      return edits && { edits, applicability: 'unsafe' };
    });
    const fixed = fix({ 'compose.yml': text }, [removing(['services', 'web', 'x-a']), both], true);
    expect(textsOf(fixed)).toEqual({ 'compose.yml': 'services:\n  web:\n    image: nginx:1.27\n    x-b: 2\n' });
    expect(fixed.isStable).toBe(true);
  });

  const LEFTOVERS = 'networks:\n  back:\n  outer: {}\n';
  test.each([
    ['the base is emptied', { 'compose.yml': `services:\n  a:\n    image: a:1\n${LEFTOVERS}` }, 2],
    [
      'both are emptied, where docker compose would take an empty section in one of them',
      {
        'compose.yml': `services:\n  a:\n    image: a:1\n${LEFTOVERS}`,
        'compose.dev.yml': `services:\n  a:\n    tty: true\n${LEFTOVERS}`,
      },
      4,
    ],
  ] as const)('what fixes empty together goes as a whole: %s', (_, files, count) => {
    const fixed = fix(files, [unusedResource]);
    expect(textsOf(fixed)).toEqual(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(LEFTOVERS, '')])),
    );
    expect({ refused: fixed.refused, applied: fixed.applied.length }).toEqual({ refused: [], applied: count });
  });

  test('what one fix inserts at the same place stands there in its order', () => {
    const both = ruleOf('two', ({ source }) => {
      if (source.text.includes('x-c')) return undefined;
      const at = { source, start: source.text.length, end: source.text.length };
      return { edits: ['x-c: 1\n', 'x-d: 2\n'].map((text) => ({ at, text })) };
    });
    expect(textsOf(fix({ 'compose.yml': WEB }, [both]))).toEqual({ 'compose.yml': `${WEB}x-c: 1\nx-d: 2\n` });
  });

  test('ends when two fixes undo each other', () => {
    const swap = (from: string, to: string) =>
      ruleOf(`${from}-${to}`, ({ source }) => {
        const place = placeAt(source, ['services', 'web', 'x-a']);
        const edits = place?.node.text === from ? replaceScalar(place, to) : undefined;
        return edits && { edits, applicability: 'unsafe' };
      });
    const text = 'services:\n  web:\n    image: nginx:1.27\n    x-a: a\n';
    expect(fix({ 'compose.yml': text }, [swap('a', 'b'), swap('b', 'a')], true).isStable).toBe(false);
  });

  test('a file that is no YAML, or has bytes that are not valid, does not stop the others', () => {
    const rule = ruleOf('boolean', replacing('services.web.init', true));
    const fixed = fix(
      {
        'compose.yml': WEB,
        'compose.bad.yml': 'services: [\n',
        'compose.bytes.yml': Uint8Array.from([...new TextEncoder().encode(`${WEB}# `), 0xff, 10]),
      },
      [rule],
    );
    expect(textsOf(fixed)).toEqual({ 'compose.yml': WEB.replace('yes', 'true') });
    expect(refusals(fixed)).toEqual(['unfit boolean']);
  });

  test('keeps byte order marks and UTF-16', () => {
    const rule = ruleOf('boolean', replacing('services.web.init', true));
    const utf16 = (text: string) =>
      Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((char) => [char.charCodeAt(0), 0])]);
    const fixed = fix({ 'compose.yml': utf16(WEB), 'compose.prod.yml': `\uFEFF${WEB}` }, [rule]);
    expect(fixed.changes.get('/p/compose.yml')).toEqual(utf16(WEB.replace('yes', 'true')));
    expect(fixed.changes.get('/p/compose.prod.yml')?.slice(0, 4)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf, 115));
  });

  describe('variables', () => {
    const COMPOSE = 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      PW: it\n';
    const variable = (value: string) => ({ name: 'PW', value, file: '/p/.env', example: '/p/.env.example' });
    const moving = (value: string) =>
      ruleOf('secret', (file) => {
        const made = replacing('services.web.environment.PW', '${PW}')(file);
        return made && { ...made, variables: [variable(value)], lines: [{ file: '/p/.gitignore', line: '.env' }] };
      });
    const AFTER = COMPOSE.replace('it', '${PW}');

    test('are set before they are used', () => {
      expect(textsOf(fix({ 'compose.yml': COMPOSE }, [moving('it')]))).toEqual({
        'compose.yml': AFTER,
        '.env': 'PW=it\n',
        '.env.example': 'PW=\n',
        '.gitignore': '.env\n',
      });
    });

    test('are added to what is there, once', () => {
      const files = {
        'compose.yml': COMPOSE,
        '.env': 'A=1',
        '.env.example': '# all\r\nPW=\r\n',
        '.gitignore': '.env\n',
      };
      expect(textsOf(fix(files, [moving('it')]))).toEqual({
        'compose.yml': AFTER,
        '.env': 'A=1\nPW=it\n',
      });
    });

    test('with another value there are refused', () => {
      const fixed = fix({ 'compose.yml': COMPOSE, '.env': 'PW=other\n' }, [moving('it')]);
      expect([textsOf(fixed), refusals(fixed)]).toEqual([{}, ['unfit secret']]);
    });

    test.each([
      'it\'s $5 \\ "x" #y',
      'a b',
      '${X}',
      "'",
      '\\',
      "\\'",
      'end\\',
      '"',
      ' lead',
      'ü',
      'a\nb',
      '$(x)',
      '`x`',
      '!',
      '&;|',
    ])('hold the value %j to the character', (value) => {
      const text = COMPOSE.replace('it', () => JSON.stringify(value.replaceAll('$', () => '$$')));
      const fixed = fix({ 'compose.yml': text }, [moving(value)]);
      expect(refusals(fixed)).toEqual([]);
      expect(fixed.applied.length).toBe(1);
    });

    test('of an example that stood in are not lost from sight', () => {
      const text = 'services:\n  web:\n    image: nginx:${TAG:-1.27}\n    environment:\n      PW: it\n';
      const fixed = fix({ 'compose.yml': text, '.env.example': 'TAG=1.28\n' }, [moving('it')]);
      expect([refusals(fixed), textsOf(fixed)['.env']]).toEqual([[], 'PW=it\n']);
    });
  });

  test('makes files, and none that is there', () => {
    const making = ruleOf('make', ({ name, workspace }) =>
      name === 'compose.yml' && workspace.kind('/p/compose.override.yml') === undefined
        ? { files: [{ path: '/p/compose.override.yml', text: 'services: {}\n' }] }
        : undefined,
    );
    expect(textsOf(fix({ 'compose.yml': WEB }, [making]))).toEqual({ 'compose.override.yml': 'services: {}\n' });
    const again = ruleOf('make', ({ name }) =>
      name === 'compose.yml' ? { files: [{ path: '/p/a.txt', text: '' }] } : undefined,
    );
    expect(refusals(fix({ 'compose.yml': WEB, 'a.txt': 'x' }, [again]))).toEqual(['unfit make']);
  });
});

test('groupsOf joins the files of fixes that share one, what others need first', () => {
  const source = (path: string) => ({ path, text: '', encoding: 'utf-8' as const });
  const edit = (path: string) => ({ at: { source: source(path), start: 0, end: 0 }, text: 'x' });
  const of = (...paths: string[]): Fix => ({ title: '', applicability: 'safe', edits: paths.map(edit) });
  const variables = [{ name: 'A', value: '1', file: '/.env', example: '/.env.example' }];
  expect(
    groupsOf([
      of('/a', '/b'),
      of('/c'),
      { ...of('/d'), variables, lines: [{ file: '/.gitignore', line: '.env' }] },
      of('/b', '/e'),
    ]),
  ).toEqual([['/c'], ['/.gitignore', '/.env', '/.env.example', '/d'], ['/a', '/b', '/e']]);
});
