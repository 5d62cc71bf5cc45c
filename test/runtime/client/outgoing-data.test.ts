import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutgoingData } from '../../../runtime/client/outgoing-data.ts';

const cases = [
  { title: 'an empty message', message: '', wire: '.\r\n' },
  { title: 'a line', message: 'a\r\n', wire: 'a\r\n.\r\n' },
  { title: 'a last line without its end', message: 'a', wire: 'a\r\n.\r\n' },
  { title: 'a lone dot', message: '.\r\n', wire: '..\r\n.\r\n' },
  { title: 'a dot after a line', message: 'a\r\n.b\r\n', wire: 'a\r\n..b\r\n.\r\n' },
  { title: 'a dot inside a line', message: 'a.b\r\n', wire: 'a.b\r\n.\r\n' },
  { title: 'two dots', message: '..\r\n', wire: '...\r\n.\r\n' },
  { title: 'smuggling: LF . LF', message: 'a\n.\nMAIL\n', wire: 'a\r\n..\r\nMAIL\r\n.\r\n' },
  { title: 'smuggling: CR . CR', message: 'a\r.\rMAIL', wire: 'a\r\n..\r\nMAIL\r\n.\r\n' },
  { title: 'smuggling: LF . CR LF', message: 'a\n.\r\nMAIL\r\n', wire: 'a\r\n..\r\nMAIL\r\n.\r\n' },
  { title: 'a CR at the end', message: 'a\r', wire: 'a\r\n.\r\n' },
  { title: 'CR CR LF', message: 'a\r\r\nb\r\n', wire: 'a\r\n\r\nb\r\n.\r\n' },
  { title: 'bytes over 127', message: 'gr\u00fc\u00dfe\r\n', wire: 'gr\u00fc\u00dfe\r\n.\r\n' },
];

for (const { title, message, wire } of cases) {
  for (const size of [1, 2, 3, 1000]) {
    test(`outgoing data: ${title}, in pieces of ${size}`, () => {
      const data = new OutgoingData();
      let sent = '';
      for (let from = 0; from < message.length; from += size) {
        sent += data.encode(Buffer.from(message.slice(from, from + size), 'latin1')).toString('latin1');
      }
      assert.equal(sent + data.end(), wire);
    });
  }
}
