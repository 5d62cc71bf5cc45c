import assert from 'node:assert/strict';

import { MalformedReply, ReplyReader, replyText } from '../../runtime/client/reply-reader.ts';
import { OutgoingData } from '../../runtime/client/outgoing-data.ts';
import { domainOf } from '../../runtime/decide/domain-match.ts';
import { MailDataDecoder } from '../../runtime/server/mail-data.ts';
import { rehearseSession, settle, type TranscriptSettings } from '../support/transcript.ts';

/** A bare CR or LF. */
const bareLineEnd = /\r(?!\n)|(?<!\r)\n/;
/** What some server could take for the end of mail data. */
const anyEnd = /(?:^|[\r\n])\.[\r\n]/;

const settings: TranscriptSettings = {
  connector: {
    authMechanism: ['BasicAuth'],
    permissionGroups: ['AnonymousUsers', 'ExchangeUsers'],
    protocolLoggingLevel: 'Verbose',
  },
  users: { scanner: ['correct horse', 'scanner@contoso.com'] },
};

interface SessionOutcome {
  readonly sent: string;
  readonly messages: readonly string[];
  readonly isClosed: boolean;
}

/** Leads sessions to their end, all of them at the same time, for each needs many turns of the event loop and little else. */
async function runSessions(
  all: readonly { readonly said: string; readonly cut: Cut }[],
): Promise<readonly SessionOutcome[]> {
  const running = all.map(({ said, cut }) => {
    const session = rehearseSession(settings);
    for (const piece of cut(Buffer.from(said, 'latin1'))) session.connection.receive(piece);
    return session;
  });
  // A write takes a turn of the event loop; where nothing has moved in several of them, all has come to its end.
  const moved = (): number =>
    running.reduce((sum, { writes, spool }) => sum + writes.length + spool.operations, 0);
  for (let before = -1; before !== moved();) {
    before = moved();
    await settle();
  }
  return running.map((session) => {
    const sent = session.sent();
    checkSession(session.logged, session.spool.messages, sent);
    const messages = session.spool.messages.map(({ envelope, text }) => JSON.stringify([envelope, text]));
    return { sent, messages, isClosed: session.isClosed() };
  });
}

function checkSession(
  logged: readonly string[],
  messages: ReturnType<typeof rehearseSession>['spool']['messages'],
  sent: string,
): void {
  const log = logged.join('\n');
  assert.doesNotMatch(log, /session failed/, 'something was thrown');
  assert.doesNotMatch(log, /correct horse/, 'the log holds a password');
  const isLoggedOn = log.includes('"logged on"');
  for (const { envelope, text } of messages) {
    assert.doesNotMatch(text, bareLineEnd, 'a bare line end was stored');
    for (const { forwardPath } of envelope.recipients)
      assert.ok(isLoggedOn || domainOf(forwardPath) === 'contoso.com', `relayed to ${forwardPath}`);
  }
  // Every reply is one that our own client understands.
  new ReplyReader().read(Buffer.from(sent, 'latin1'));
  assert.doesNotMatch(sent, bareLineEnd);
  assert.ok(sent.endsWith('\r\n'));
}

type Cut = (bytes: Buffer) => readonly Buffer[];

function notAtAll(bytes: Buffer): readonly Buffer[] {
  return [bytes];
}

function cutAt(at: number): Cut {
  return (bytes) => [bytes.subarray(0, at), bytes.subarray(at)];
}

function octetByOctet(bytes: Buffer): readonly Buffer[] {
  return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
}

/** How thoroughly what is said is cut: at every octet at the same time, or once between each two. */
export type Cuts = 'every octet' | 'every boundary';

/**
 * Says things to servers: nothing is thrown, nobody relays, no bare line end is stored, and it is the same however the
 * bytes are cut.
 */
export async function checkClientBytes(all: readonly string[], cuts: Cuts): Promise<void> {
  const whole = await runSessions(all.map((said) => ({ said, cut: notAtAll })));
  const others = all.flatMap((said, of) => {
    const ways =
      cuts === 'every octet' ? [octetByOctet] : Array.from({ length: said.length }, (_, at) => cutAt(at));
    return ways.map((cut) => ({ said, of, cut }));
  });
  const outcomes = await runSessions(others);
  for (const [at, { said, of }] of others.entries())
    assert.deepEqual(outcomes[at], whole[of], JSON.stringify(said));
}

function readReplies(said: string, size: number): readonly string[] {
  const reader = new ReplyReader();
  const bytes = Buffer.from(said, 'latin1');
  const replies: string[] = [];
  try {
    for (let at = 0; at < bytes.length; at += size)
      replies.push(...reader.read(bytes.subarray(at, at + size)).map(replyText));
  } catch (thrown) {
    if (!(thrown instanceof MalformedReply)) throw thrown;
    return ['malformed'];
  }
  return replies;
}

/** Answers something to a client: replies are whole and printable, or the answer is refused, however it is cut. */
export function checkServerBytes(said: string): void {
  const whole = readReplies(said, Math.max(1, said.length));
  for (const size of [1, 2, 7]) assert.deepEqual(readReplies(said, size), whole);
  for (const reply of whole) assert.match(reply, /^malformed$|^[2-5]\d\d(?: [\x20-\x7e]*)?$/);
}

function encode(text: string, size: number): string {
  const data = new OutgoingData();
  const bytes = Buffer.from(text, 'latin1');
  let wire = '';
  for (let at = 0; at < bytes.length; at += size)
    wire += data.encode(Buffer.from(bytes.subarray(at, at + size))).toString('latin1');
  return wire + data.end();
}

/** Sends a message on: nobody can take a part of it for its end, and what arrives is the message, however it is cut. */
export function checkMessageBytes(text: string): void {
  const whole = encode(text, Math.max(1, text.length));
  for (const size of [1, 2, 3]) assert.equal(encode(text, size), whole);
  assert.ok(whole.endsWith('.\r\n'));
  assert.doesNotMatch(whole.slice(0, -3), anyEnd);
  assert.doesNotMatch(whole, bareLineEnd);
  for (const size of [1, 3, whole.length]) {
    const decoder = new MailDataDecoder('final dot', 'kept');
    let arrived = '';
    let rest: Uint8Array | undefined;
    const bytes = Buffer.from(whole, 'latin1');
    for (let at = 0; at < bytes.length; at += size) {
      const decoded = decoder.decode(bytes.subarray(at, at + size));
      arrived += Buffer.from(decoded.data).toString('latin1');
      rest ??= decoded.rest;
    }
    assert.equal(rest?.length, 0);
    const normal = text.replaceAll(/\r\n|\r|\n/g, '\r\n');
    assert.equal(arrived, normal === '' || normal.endsWith('\r\n') ? normal : `${normal}\r\n`);
  }
}
