import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { readPem } from '../../src/certificate/read-pem.ts';
import { dnsQuery, readDnsAnswer } from '../../src/probe/dns-message.ts';
import { askTlsa, matchesTlsa, type Tlsa } from '../../src/probe/tlsa.ts';
import { issue, makeAuthority } from '../support/certificates.ts';

const authority = await makeAuthority('fabrikam root');
const server = await issue({ authority, domains: ['mail.fabrikam.com'] });
const { certificates: chain } = readPem(server.certificate + authority.certificate);
const leaf = new X509Certificate(server.certificate);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const key = leaf.publicKey.export({ type: 'spki', format: 'der' });
const rootDigest = sha256(new X509Certificate(authority.certificate).raw);

const records: readonly [title: string, record: Tlsa, fits: boolean][] = [
  ['the key of the server', { usage: 3, selector: 1, matching: 1, data: sha256(key) }, true],
  ['the certificate of the server', { usage: 3, selector: 0, matching: 1, data: sha256(leaf.raw) }, true],
  ['the whole certificate', { usage: 3, selector: 0, matching: 0, data: leaf.raw.toString('hex') }, true],
  ['the authority above it', { usage: 2, selector: 0, matching: 1, data: rootDigest }, true],
  ['the authority in place of the server', { usage: 3, selector: 0, matching: 1, data: rootDigest }, false],
  ['a usage that SMTP has not', { usage: 1, selector: 0, matching: 1, data: sha256(leaf.raw) }, false],
  ['another key', { usage: 3, selector: 1, matching: 1, data: sha256(leaf.raw) }, false],
];
for (const [title, record, fits] of records) {
  test(`TLSA: ${title} ${fits ? 'fits' : 'does not fit'}`, () =>
    assert.equal(matchesTlsa(record, chain), fits));
}

/** Makes an answer out of a question: its flags, and records whose name points at the question's. */
function answerTo(query: Buffer, flags: number, data: readonly Buffer[]): Buffer {
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(flags, 2);
  head.writeUInt16BE(data.length, 6);
  head.writeUInt16BE(0, 10);
  const question = query.subarray(12, query.length - 11);
  const rows = data.map((one) => {
    const row = Buffer.from([0xc0, 12, 0, 52, 0, 1, 0, 0, 0, 60, 0, one.length]);
    return Buffer.concat([row, one]);
  });
  return Buffer.concat([head, question, ...rows]);
}

async function nameServer(
  context: TestContext,
  answer: (query: Buffer) => readonly Buffer[],
): Promise<{ readonly address: string; readonly port: number }> {
  const socket = createSocket('udp4');
  context.after(() => socket.close());
  socket.on('message', (query, { port, address }) => {
    for (const one of answer(query)) socket.send(one, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: '127.0.0.1', port: socket.address().port };
}

const record = Buffer.from([3, 1, 1, 0xab, 0xcd]);
const tlsa = { usage: 3, selector: 1, matching: 1, data: 'abcd' };
const cases: readonly {
  readonly title: string;
  readonly answer: (query: Buffer) => readonly Buffer[];
  readonly expected: object;
}[] = [
  {
    title: 'records that the resolver has checked',
    answer: (query) => [answerTo(query, 0x81a0, [record])],
    expected: { kind: 'records', records: [tlsa], isAuthenticated: true },
  },
  {
    title: 'records that nobody has checked',
    answer: (query) => [answerTo(query, 0x8180, [record])],
    expected: { kind: 'records', records: [tlsa], isAuthenticated: false },
  },
  { title: 'no such name', answer: (query) => [answerTo(query, 0x8183, [])], expected: { kind: 'none' } },
  {
    title: 'a name server in trouble',
    answer: (query) => [answerTo(query, 0x8182, [])],
    expected: { kind: 'not looked up', reason: 'the name server answers with code 2' },
  },
  {
    title: 'an answer that does not fit',
    answer: (query) => [answerTo(query, 0x8380, [])],
    expected: { kind: 'not looked up', reason: 'the answer is too long for one datagram' },
  },
  {
    title: 'noise, and an answer to another question, before the answer',
    answer: (query) => {
      const other = answerTo(query, 0x81a0, [record]);
      other.writeUInt16BE(query.readUInt16BE(0) ^ 1, 0);
      return [Buffer.from('noise'), other, answerTo(query, 0x8183, [])];
    },
    expected: { kind: 'none' },
  },
  {
    title: 'silence',
    answer: () => [],
    expected: { kind: 'not looked up', reason: 'the name server gives no answer' },
  },
];
for (const { title, answer, expected } of cases) {
  test(`TLSA over UDP: ${title}`, async (context) => {
    const at = await nameServer(context, answer);
    assert.deepEqual(await askTlsa(at, 'mail.fabrikam.com', 25, 500), expected);
  });
}

test('a DNS answer that ends too early is none', () => {
  const { bytes } = dnsQuery('_25._tcp.mail.fabrikam.com', 52);
  const whole = answerTo(bytes, 0x8180, [record]);
  assert.ok(readDnsAnswer(whole));
  for (let end = 0; end < whole.length; end += 1)
    assert.equal(readDnsAnswer(whole.subarray(0, end)), undefined, `cut at ${end}`);
  assert.equal(readDnsAnswer(bytes), undefined, 'a question is no answer');
});
