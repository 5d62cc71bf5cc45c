import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { markdownCode, markdownText } from '../../src/emit/readable-text.ts';
import { printable } from '../../src/base/printable.ts';
import { onOneLine } from '../../src/emit/readable-text.ts';
import { words } from '../../src/page/html.ts';
import { markdownHtml } from '../../src/page/markdown.ts';
import { hostileText } from '../support/sample-findings.ts';

const cases: readonly (readonly [title: string, markdown: string, html: string])[] = [
  ['a heading stands below that of its part', '## TLS', '<h4>TLS</h4>'],
  ['lines of a paragraph are one', 'one\ntwo\n\nthree', '<p>one two</p>\n<p>three</p>'],
  [
    'a box to tick has its words as label',
    '- [ ] do `it`',
    '<ul><li class="task"><label><input type="checkbox"><span>do <code>it</code></span></label></li></ul>',
  ],
  ['plain and numbered items', '- a\n1. b', '<ul><li>a</li>\n<li>b</li></ul>'],
  ['strong words and emphasis', '**a *b* c** *d*', '<p><strong>a <em>b</em> c</strong> <em>d</em></p>'],
  ['an escaped sign is that sign', '\\*a\\* \\<b\\>', '<p>*a* &lt;b&gt;</p>'],
  ['code with grave accents in it', '`` a`b ``', '<p><code>a`b</code></p>'],
  ['code ends where it ends', '`a` and `b`', '<p><code>a</code> and <code>b</code></p>'],
  ['HTML is text', '<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  ['a block of code', '```\na\n\n# b\n```\nc', '<pre tabindex="0"><code>a\n\n# b</code></pre>\n<p>c</p>'],
];

for (const [title, markdown, html] of cases) {
  test(`markdown: ${title}`, () => assert.equal(markdownHtml(markdown), html));
}

test('markdown: whatever a name is, it comes out as it went in, as words and as code', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const shown = words(printable(onOneLine(name)));
      fc.pre(shown !== '' && shown.trim() === shown);
      assert.equal(markdownHtml(`A ${markdownText(name)} Z`), `<p>A ${shown} Z</p>`);
      assert.equal(markdownHtml(`A ${markdownCode(name)} Z`), `<p>A <code>${shown}</code> Z</p>`);
    }),
    { numRuns: 300 },
  );
});
