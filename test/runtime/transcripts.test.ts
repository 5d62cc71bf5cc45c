import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { catalogue, type ReplyName } from '../../runtime/server/reply-catalogue.ts';
import { rfcReplies } from '../../runtime/server/rfc-replies.ts';
import type { Pressure } from '../../runtime/message.ts';
import { parseTranscript, rehearseSession, settle, unescapeBytes } from '../support/transcript.ts';
import type { RehearsedSession, TranscriptLine } from '../support/transcript.ts';

// The transcripts are not compiled: they lie beside the source of this test.
const folder = new URL('../../../test/runtime/transcripts/', import.meta.url);

const rfcLines: ReadonlyMap<string, string> = new Map(
  (Object.keys(rfcReplies) as ReplyName[]).flatMap((name) =>
    catalogue[name].map(
      ({ code, enhanced, text }) => [`${code} ${enhanced} ${text}`, rfcReplies[name]?.line ?? ''] as const,
    ),
  ),
);

for (const file of readdirSync(folder).sort()) {
  const source = readFileSync(new URL(file, folder), 'utf8');

  test(`transcript: ${file.replace('.smtp', '')}`, async () => {
    const { settings, lines } = parseTranscript(source);
    assert.match(source, /^# .+: (RFC|EXCH|ours)/, 'the first line says what is shown and where it stands');
    await replay(rehearseSession(settings), lines, file);
  });

  if (!/^# dialect: /m.test(source)) {
    test(`transcript: ${file.replace('.smtp', '')}, in the rfc dialect`, async () => {
      const { settings, lines } = parseTranscript(source);
      const said = lines.map((line) => (line.kind === 'S' ? { ...line, text: asRfc(line.text) } : line));
      await replay(rehearseSession({ ...settings, dialect: 'rfc' }), said, file);
    });
  }
}

/** What the rfc dialect says in place of a line of Exchange. */
function asRfc(line: string): string {
  const greeting = /^(220 \S+) Microsoft ESMTP MAIL Service ready at /.exec(line)?.[1];
  return greeting === undefined ? (rfcLines.get(line) ?? line) : `${greeting} ESMTP`;
}

async function replay(
  session: RehearsedSession,
  lines: readonly TranscriptLine[],
  file: string,
): Promise<void> {
  let expected: TranscriptLine[] = [];
  let message: string[] = [];
  const check = async (): Promise<void> => {
    await settle();
    const sent = session.sent().split('\r\n').slice(0, -1);
    const [first] = expected;
    assert.deepEqual(
      sent,
      expected.map(({ text }) => text),
      `${file}:${first?.number ?? lines.at(-1)?.number}`,
    );
    expected = [];
  };
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1]?.kind;
    switch (line.kind) {
      case 'S':
        expected.push(line);
        break;
      case 'M':
        message.push(line.text);
        break;
      case 'C':
        session.connection.receive(unescapeBytes(`${line.text}\\r\\n`));
        break;
      case 'c':
        session.connection.receive(unescapeBytes(line.text));
        break;
      case 'T':
        // What runs already must have come to its wait.
        await settle();
        session.clock.pass(Number(line.text) * 1000);
        break;
      case 'P':
        session.spool.pressure = line.text as Pressure;
        break;
      case 'D':
        session.connection.drain();
        break;
      case 'X':
        await check();
        assert.ok(session.isClosed(), `${file}:${line.number}: the server has not closed`);
    }
    // What the client sends in one go is answered in one go.
    if (line.kind === 'S' && next !== 'S') await check();
    if (line.kind === 'M' && next !== 'M') {
      assert.deepEqual(session.spool.messages.at(-1)?.text.split('\r\n').slice(0, -1), message, file);
      message = [];
    }
  }
  await check();
  assert.equal(
    session.isClosed(),
    lines.some(({ kind }) => kind === 'X'),
    `${file}: closed without an X line`,
  );
}
