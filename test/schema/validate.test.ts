import { expect, test } from 'vitest';
import { run } from '../run.js';

test('keys that every object of JavaScript has are keys like any other', async () => {
  const text = `services:
  a:
    image: x
    ports:
      - {target: 1, valueOf: 1}
      - {target: 2, constructor: 2, __proto__: 3}
`;
  const { err, code } = await run(['config'], { 'compose.yml': text });
  expect(err).toBe(`compose.yml:5:21: error: services.a.ports[0] has no key "valueOf". [schema]
compose.yml:6:21: error: services.a.ports[1] has no key "constructor". [schema]
compose.yml:6:37: error: services.a.ports[1] has no key "__proto__". [schema]
`);
  expect(code).toBe(1);
});
