import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comment, quote, quoteList } from '../../../src/emit/exchange-shell/quote.ts';

const cases: readonly { readonly title: string; readonly text: string; readonly literal: string }[] = [
  { title: 'nothing', text: '', literal: "''" },
  { title: 'an apostrophe', text: "O'Brien", literal: "'O''Brien'" },
  {
    title: 'all five characters that PowerShell takes for an apostrophe',
    text: "a'b\u2018c\u2019d\u201ae\u201bf",
    literal: "'a''b\u2018\u2018c\u2019\u2019d\u201a\u201ae\u201b\u201bf'",
  },
  {
    title: 'what double quotes would expand',
    text: '$(Get-Date) `n $env:X',
    literal: "'$(Get-Date) `n $env:X'",
  },
  {
    title: 'double quotes, straight and curly',
    text: '"\u201c\u201d\u201e',
    literal: "'\"\u201c\u201d\u201e'",
  },
  { title: 'an emoji', text: '\u{1f4e7}', literal: "'\u{1f4e7}'" },
  { title: 'the end of a comment', text: '#> ; exit', literal: "'#> ; exit'" },
];

for (const { title, text, literal } of cases) {
  test(`a single-quoted string of ${title}`, () => {
    assert.equal(quote(text), literal);
  });
}

test('an array of one stays an array', () => {
  assert.equal(quoteList(['a']), "@('a')");
  assert.equal(quoteList([]), '@()');
  assert.equal(quoteList(["it's", 'b']), "@('it''s', 'b')");
});

test('a comment cannot leave its line', () => {
  assert.equal(comment('a\r\nRemove-Item\u2028b\u0085c'), '# a Remove-Item b c');
});
