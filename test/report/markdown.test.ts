import { expect, test } from 'vitest';
import {
  code,
  type Document,
  fold,
  heading,
  list,
  listing,
  mark,
  paragraph,
  table,
} from '../../src/report/document.js';
import { markdownOf } from '../../src/report/markdown.js';

const textOf = (blocks: Document['sections'][number]['blocks']): string =>
  markdownOf({ title: 'T', sections: [{ title: 'S', blocks }] }, false);

test('a report is its title, its sections, and what stands below', () => {
  const report: Document = {
    title: 'Report',
    sections: [
      { title: 'One', blocks: [heading(3, 'Part'), heading(4, 'Detail'), ...list(['a', [code('b'), ' c']])] },
      {
        title: 'Two',
        blocks: [
          ...table('Things', ['A', 'B'], [['1', [mark('bad', 'no')]], ['2']]),
          ...listing('yaml', 'a: 1'),
          fold('a.yml', listing('yaml', 'b: 2\n')),
        ],
      },
    ],
  };
  expect(markdownOf(report, true)).toMatchInlineSnapshot(`
    "# Report

    ## 1. One

    ### Part

    **Detail:**

    - a
    - \`b\` c

    ## 2. Two

    | A | B |
    | --- | --- |
    | 1 | ❌ no |
    | 2 |  |

    \`\`\`yaml
    a: 1
    \`\`\`

    ### a.yml

    \`\`\`yaml
    b: 2
    \`\`\`
    "
  `);
});

test.each([
  ['HTML', 'a <img src=x> b', 'a &lt;img src=x> b'],
  ['an entity', 'a &lt; b & c', 'a &amp;lt; b & c'],
  ['emphasis', '*a* and a*b', '\\*a\\* and a\\*b'],
  ['a link', '[a](b)', '[a\\](b)'],
  ['a backslash', 'a\\b', 'a\\\\b'],
  ['words between backticks', 'is `a<b*c` here', 'is `a<b*c` here'],
  ['one backtick', 'a ` <b>', 'a \\` &lt;b>'],
  ['a line that would be a heading', 'a\n# b', 'a # b'],
])('%s in running text stays what it is', (_, text, expected) => {
  expect(textOf([paragraph(text)])).toBe(`# T\n\n## S\n\n${expected}\n`);
});

test('bars and line breaks keep to their cell, fences and backticks to their code', () => {
  expect(textOf(table('', ['A'], [['a|b\nc'], [[code('`x`|')]]]))).toBe(
    '# T\n\n## S\n\n| A |\n| --- |\n| a\\|b<br>c |\n| `` `x`\\| `` |\n',
  );
  expect(textOf(listing('', '```\n# no heading\n'))).toBe('# T\n\n## S\n\n````\n```\n# no heading\n````\n');
});
