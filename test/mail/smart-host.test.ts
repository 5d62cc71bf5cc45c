import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explainSmartHost, parseSmartHost, printSmartHost } from '../../src/mail/smart-host.ts';

/** What is printed for a text, or the reason why it is no smart host. */
const cases: readonly (readonly [text: string, means: string])[] = [
  ['in.scans.example', 'in.scans.example'],
  ['IN.Scans.Example', 'in.scans.example'],
  ['192.0.2.1', '192.0.2.1'],
  ['[192.0.2.1]', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[IPv6:2001:db8::1]', '2001:db8::1'],
  ['relay', 'single-label'],
  ['relay.example:2525', 'port'],
  ['192.0.2.1:25', 'port'],
  ['[192.0.2.1]:25', 'port'],
  ['relay:25', 'port'],
  ['smtp://relay.example', 'url'],
  ['https://relay.example:25/x', 'url'],
  ['--', 'malformed'],
  ['*.relay.example', 'malformed'],
  ['ann@relay.example', 'malformed'],
  ['relay.example.', 'malformed'],
  ['192.0.2.300', 'malformed'],
  ['192.0.2', 'malformed'],
  ['[relay.example]', 'malformed'],
  ['relay.example, relay2.example', 'malformed'],
  ['', 'malformed'],
];

for (const [text, means] of cases) {
  test(`smart-host: "${text}"`, () => {
    const host = parseSmartHost(text);
    assert.equal(host ? printSmartHost(host) : explainSmartHost(text), means);
    if (host) assert.deepEqual([host.text, explainSmartHost(text)], [text, undefined]);
  });
}

test('smart-host: a printed host is read back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()), (text) => {
      const host = parseSmartHost(text);
      assert.ok(host);
      const printed = printSmartHost(host);
      assert.equal(parseSmartHost(printed)?.kind, host.kind);
      assert.equal(printSmartHost({ ...host, ...parseSmartHost(printed) }), printed);
    }),
  );
});
