import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { alignedRows } from '../../src/report/columns.js';

test('the first column is aligned to the left, the others to the right, whatever sets them off', () => {
  const loud = (text: string): string => `<${text}>`;
  const rows = [
    [{ text: 'rule', paint: loud }, { text: 'a.yml' }, { text: 'total', paint: loud }],
    [{ text: 'データ' }, { text: '·' }, { text: '12' }],
    [{ text: 'port-collision' }, { text: '3', paint: loud }, { text: '3' }],
  ];
  expect(alignedRows(rows, stringWidth)).toEqual([
    '<rule>            a.yml  <total>',
    'データ              ·     12',
    'port-collision      <3>      3',
  ]);
});

test('no rows are no lines', () => {
  expect(alignedRows([], stringWidth)).toEqual([]);
});
