import { expect, test } from 'vitest';
import { editorSession, type OpenFile } from '../../src/editor/session.js';
import { memoryFileSystem } from '../../src/source/filesystem.js';
import { RunError } from '../../src/workspace/run-error.js';

const file = (text: string): OpenFile => ({ text, version: 1, isCompose: false });

const FILES = new Map([
  ['/project/bad/compose.yml', 'services: {}\n'],
  ['/project/good/compose.yml', 'services: {}\n'],
]);

/** A session on two folders, whose opening is up to the test: it is called with the folder's path. */
const sessionOn = (open: (folder: string) => void) => {
  const reports: string[] = [];
  const opened: string[] = [];
  const session = editorSession({
    fs: memoryFileSystem(FILES),
    roots: ['/project'],
    style: { ruleLink: () => undefined, showsRelated: true },
    open: ([folder = ''], _, { fs }) => {
      opened.push(folder);
      fs.read(`${folder}/compose.yml`);
      open(folder);
      return [];
    },
    lint: () => [],
    report: (error) => reports.push(error instanceof Error ? error.message : String(error)),
  });
  return { session, reports, opened };
};

test('a fault of fog-lint in one folder is reported, and the others are looked at', () => {
  const { session, reports, opened } = sessionOn((folder) => {
    if (folder === '/project/bad') throw new TypeError('broken');
  });
  session.openFile('/project/bad/compose.yml', file('services: {}\n'));
  session.openFile('/project/good/compose.yml', file('services: {}\n'));
  expect([...session.refresh()]).toEqual([]);
  expect({ reports, opened }).toEqual({ reports: ['broken'], opened: ['/project/bad', '/project/good'] });
  // It is tried anew once something has changed, not before.
  session.refresh();
  expect(reports).toEqual(['broken']);
  session.lookAgain();
  session.refresh();
  expect(reports).toEqual(['broken', 'broken']);
});

test('why a folder cannot be opened is said at the top of its open files', () => {
  const { session, reports } = sessionOn(() => {
    throw new RunError('missing-settings', { message: 'no such file' });
  });
  session.openFile('/project/bad/compose.yml', file('services: {}\n'));
  const diagnostics = session.refresh().get('/project/bad/compose.yml');
  expect(diagnostics).toEqual([
    {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: 1,
      source: 'fog-lint',
      message: 'no such file',
    },
  ]);
  expect(reports).toEqual([]);
});

test('a file that has to do with no Compose file is not looked at', () => {
  const { session, opened } = sessionOn(() => undefined);
  session.openFile('/elsewhere/values.yml', file('a: 1\n'));
  session.refresh();
  expect(opened).toEqual([]);
  expect(session.analysesOf('/elsewhere/values.yml')).toEqual([]);
});

test('only what a change concerns is looked at again', () => {
  const { session, opened } = sessionOn(() => undefined);
  session.openFile('/project/bad/compose.yml', file('services: {}\n'));
  session.openFile('/project/good/compose.yml', file('services: {}\n'));
  session.refresh();
  opened.length = 0;
  session.openFile('/project/good/compose.yml', file('services: {a: {}}\n'));
  session.refresh();
  expect(opened).toEqual(['/project/good']);
});
