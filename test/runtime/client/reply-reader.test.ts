import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReplyReader, replyText } from '../../../runtime/client/reply-reader.ts';

const cases = [
  { title: 'one line', wire: '250 2.1.0 Sender OK\r\n', replies: ['250 2.1.0 Sender OK'] },
  { title: 'several lines', wire: '250-a\r\n250-b\r\n250 c\r\n', replies: ['250 a b c'] },
  { title: 'several replies', wire: '250 a\r\n354 b\r\n', replies: ['250 a', '354 b'] },
  { title: 'a code alone', wire: '250\r\n', replies: ['250'] },
  { title: 'a bare LF, which some servers send', wire: '250 a\n', replies: ['250 a'] },
  { title: 'control characters and other scripts', wire: '550 \u001b[2J\u00fc\r\n', replies: ['550 ?[2J?'] },
  { title: 'an unfinished line', wire: '250 a\r\n25', replies: ['250 a'] },
  { title: 'no code', wire: 'hello\r\n', replies: 'a line that is no SMTP reply' },
  { title: 'a code out of range', wire: '199 a\r\n', replies: 'a line that is no SMTP reply' },
  { title: 'codes that differ', wire: '250-a\r\n251 b\r\n', replies: 'a line that is no SMTP reply' },
  { title: 'a line without end', wire: `250 ${'a'.repeat(2000)}`, replies: 'a reply line that is too long' },
  { title: 'a reply without end', wire: '250-a\r\n'.repeat(200), replies: 'a reply of too many lines' },
];

for (const { title, wire, replies } of cases) {
  for (const size of [1, 2, 3, 10_000]) {
    test(`reply reader: ${title}, in chunks of ${size}`, () => {
      const reader = new ReplyReader();
      const read = (): string[] => {
        const found: string[] = [];
        for (let from = 0; from < wire.length; from += size) {
          found.push(...reader.read(Buffer.from(wire.slice(from, from + size), 'latin1')).map(replyText));
        }
        return found;
      };
      if (typeof replies === 'string') assert.throws(read, { message: replies });
      else assert.deepEqual(read(), replies);
    });
  }
}
