import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pathName } from '../../../runtime/queue/path-name.ts';

const cases = [
  { text: 'ann.smith+news', name: 'ann.smith+news' },
  { text: 'Ann', name: 'ann' },
  { text: '..', name: '%2E%2E' },
  { text: '../../etc/passwd', name: '%2E./../etc/passwd'.replaceAll('/', '%2F') },
  { text: 'a/b\\c', name: 'a%2Fb%5Cc' },
  { text: 'nul\u0000', name: 'nul%00' },
  { text: 'jürgen', name: 'j%C3%BCrgen' },
  { text: '100%', name: '100%25' },
  { text: '', name: '%' },
];

for (const { text, name } of cases) {
  test(`path name: ${JSON.stringify(text)} becomes ${name}`, () => assert.equal(pathName(text), name));
}

test('path name: any text is one name that fits, and different texts stay apart', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      (a, b) => {
        const name = pathName(a);
        assert.match(name, /^(?!\.)[a-z0-9_+=@.%A-F-]{1,140}$/);
        assert.equal(name === pathName(b), Buffer.from(a.toLowerCase()).equals(Buffer.from(b.toLowerCase())));
      },
    ),
  );
});
