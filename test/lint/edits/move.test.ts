import { expect, test } from 'vitest';
import { move } from '../../../src/lint/edits/move.js';
import { placeAt } from '../../../src/lint/edits/place.js';
import { parsePath } from '../../../src/model/path.js';
import { applyEdits } from '../../../src/source/edit.js';
import { sourceOf } from '../../../src/source/source.js';

type Case = {
  readonly name: string;
  readonly from: string;
  readonly path: string;
  readonly to: string;
  readonly target: string;
  /** Both texts afterwards; undefined where the move is refused. */
  readonly after: readonly [string, string] | undefined;
};

const CASES: readonly Case[] = [
  {
    name: 'an entry with its comments, to a file with another indentation',
    from: 's:\n  web:\n    image: i\n    # what the shop needs\n    environment: # dev\n      # debug\n      DEBUG: "1"\n\n      B: 2 # two\n',
    path: 's.web.environment',
    to: 's:\n    web:\n        build: .\n',
    target: 's.web.environment',
    after: [
      's:\n  web:\n    image: i\n',
      's:\n    web:\n        build: .\n        # what the shop needs\n        environment: # dev\n          # debug\n          DEBUG: "1"\n\n          B: 2 # two\n',
    ],
  },
  {
    name: 'an item to a list that is not there yet',
    from: 's:\n  web:\n    image: i\n    ports:\n      - "1:1" # one\n      - target: 2\n        # deep\n        published: 2\n',
    path: 's.web.ports[1]',
    to: '',
    target: 's.web.ports',
    after: [
      's:\n  web:\n    image: i\n    ports:\n      - "1:1" # one\n',
      's:\n  web:\n    ports:\n      - target: 2\n        # deep\n        published: 2\n',
    ],
  },
  {
    name: 'an item of a flow list to a block list',
    from: 'a: 1\nl: ["x", "y"]\n',
    path: 'l[0]',
    to: 'l:\n- z\n',
    target: 'l',
    after: ['a: 1\nl: ["y"]\n', 'l:\n- z\n- "x"\n'],
  },
  {
    name: 'an item of a block list to a flow list',
    from: 'l:\n  - "x"\n  - w\n',
    path: 'l[0]',
    to: 'l: [z]\n',
    target: 'l',
    after: ['l:\n  - w\n', 'l: [z, "x"]\n'],
  },
  {
    name: 'the last of a service takes it along',
    from: 's:\n  a:\n    tty: true\n  b:\n    image: i\n',
    path: 's.a.tty',
    to: 's:\r\n  a:\r\n    image: i\r\n',
    target: 's.a.tty',
    after: ['s:\n  b:\n    image: i\n', 's:\r\n  a:\r\n    image: i\r\n    tty: true\r\n'],
  },
  { name: 'refuses aliases', from: 'x: &x 1\na: *x\n', path: 'a', to: '', target: 'a', after: undefined },
  {
    name: 'refuses what is there already',
    from: 'a: 1\nb: 2\n',
    path: 'a',
    to: 'a: 3\n',
    target: 'a',
    after: undefined,
  },
];

test.each(CASES)('$name', ({ from, path, to, target, after }) => {
  const [source, other] = [sourceOf('/a.yml', from), sourceOf('/b.yml', to)];
  const place = placeAt(source, parsePath(path));
  const edits = place && move(place, other, parsePath(target));
  const of = (file: typeof source) =>
    applyEdits(
      file,
      (edits ?? []).filter(({ at }) => at.source === file),
    );
  expect(edits && [of(source), of(other)]).toEqual(after);
});
