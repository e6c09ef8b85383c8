import { expect, test } from 'vitest';
import { readInputs } from '../../src/action/inputs.js';

test('inputs are read as the runner hands them over', () => {
  expect(
    readInputs({
      INPUT_FILES: ' a.yml\r\n\n  b c.yml\n',
      INPUT_CONFIG: 'fog-lint.yaml ',
      'INPUT_FAIL-ON': 'warning',
      INPUT_FORMAT: 'compact',
      'INPUT_SARIF-FILE': 'a=b.sarif',
      'INPUT_FIX-DIFF': 'True',
      'INPUT_WORKING-DIRECTORY': 'deploy',
      'INPUT_ALLOW-NO-FILES': 'FALSE',
    }),
  ).toEqual({
    files: ['a.yml', 'b c.yml'],
    config: 'fog-lint.yaml',
    failOn: 'warning',
    format: 'compact',
    sarifFile: 'a=b.sarif',
    fixDiff: true,
    workingDirectory: 'deploy',
    allowNoFiles: false,
  });
});

test.each([
  ['INPUT_FIX-DIFF', 'yes', 'input "fix-diff": "yes" is neither true nor false'],
  ['INPUT_ALLOW-NO-FILES', 'toString', 'input "allow-no-files": "toString" is neither true nor false'],
  ['INPUT_FAIL-ON', 'errors', 'input "fail-on": "errors" is none of error, warning, info and never'],
  ['INPUT_FORMAT', 'json=/etc/passwd', /^input "format": "json=\/etc\/passwd" is none of pretty, compact, json/],
  ['INPUT_FILES', 'a.yml\n-', 'input "files": there is no standard input to read'],
])('%s: %s cannot be understood', (name, value, message) => {
  expect(() => readInputs({ [name]: value })).toThrow(message);
});
