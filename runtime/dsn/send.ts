import { randomUUID } from 'node:crypto';
import type { TransportConfig } from '../config.ts';
import { contentNeeds } from '../client/content-needs.ts';
import type { Envelope, Spool } from '../message.ts';
import { wantsToHear } from './notify.ts';
import { readHeader } from './original.ts';
import { writeDsn, type RecipientReport } from './report.ts';

/** What a DSN is sent with. */
export interface DsnSender {
  readonly config: TransportConfig;
  readonly spool: Spool;
  /** Unit: milliseconds since 1970. */
  readonly now: () => number;
  /** Until when it is tried again. Unit: milliseconds since 1970. */
  readonly retryUntil: number;
  /** Told of each DSN that is on the disk. Unit of `size`: bytes. */
  readonly onSent?: (dsn: {
    readonly id: number;
    readonly envelope: Envelope;
    readonly size: number;
  }) => void;
}

/** The message that is reported on; its bytes can be read more than once. */
export interface ReportedMessage {
  readonly envelope: Envelope;
  /** Unit: bytes. */
  readonly size: number;
  pieces(): AsyncIterable<Buffer>;
}

/** A larger message is not returned as a whole. Unit: bytes. Source: EXCH Set-TransportConfig -ExternalDsnMaxMessageAttachSize. */
const longestReturned = 10 * 1024 * 1024;

/**
 * Tells the sender of a message what became of recipients, as far as they asked for it; one DSN for each action.
 *
 * The null reverse-path is never answered, so a DSN never causes another one. When the promise resolves, the DSNs are as
 * durable as any message. The answer is how many were sent.
 * Source: RFC 3461 §6; RFC 5321 §6.1.
 * Fails: rejects with the disk's error.
 */
export async function sendDsn(
  sender: DsnSender,
  message: ReportedMessage,
  reports: readonly RecipientReport[],
): Promise<number> {
  if (message.envelope.reversePath === '') return 0;
  const wanted = reports.filter(({ recipient, action }) => wantsToHear(recipient, action));
  let sent = 0;
  for (const action of new Set(wanted.map((report) => report.action))) {
    const [first, ...others] = wanted.filter((report) => report.action === action);
    if (first === undefined) continue;
    await sendOne(sender, message, [first, ...others]);
    sent += 1;
  }
  return sent;
}

async function sendOne(
  { config, spool, now, retryUntil, onSent }: DsnSender,
  message: ReportedMessage,
  recipients: readonly [RecipientReport, ...RecipientReport[]],
): Promise<void> {
  const { envelope } = message;
  const server = config.servers.find(({ name }) => name === envelope.server);
  const reportingServer = server?.fqdn ?? envelope.server;
  const { subject, text } = await readHeader(message.pieces());
  const returned = await whatToReturn(message, recipients);
  const { before, after } = writeDsn({
    reportingServer,
    // Source: EXCH: an Edge server without subscription answers as postmaster of its own name.
    postmaster:
      server?.role === 'edge' && server.subscribedTo === undefined
        ? `postmaster@${server.fqdn}`
        : config.postmasterAddress,
    envelope,
    recipients,
    subject,
    now: now(),
    retryUntil,
    unique: randomUUID(),
    returned,
    marksNdr: server !== undefined && server.exchangeVersion !== '2007' && server.exchangeVersion !== '2010',
  });
  const writer = spool.open();
  try {
    let length = 0;
    const write = (bytes: Buffer): Promise<void> => {
      length += bytes.length;
      return writer.write(bytes);
    };
    await write(Buffer.from(before, 'latin1'));
    if (returned === 'header') await write(Buffer.from(text, 'latin1'));
    else for await (const piece of message.pieces()) await write(piece);
    await write(Buffer.from(after, 'latin1'));
    const dsn: Envelope = {
      server: envelope.server,
      reversePath: '',
      recipients: [{ forwardPath: envelope.reversePath, notify: ['NEVER'] }],
      body: returned === '8-bit message' ? '8BITMIME' : '7BIT',
      smtpUtf8: !/^[\u0000-\u007f]*$/.test(envelope.reversePath),
      messageId: /^Message-ID: (.*)\r$/m.exec(before)?.[1] ?? '',
      receivedAt: now(),
      origin: { receiveConnector: '', clientAddress: '', clientName: '', authAs: 'Internal', sessionId: '' },
    };
    const { internalId } = await writer.commit(dsn);
    onSent?.({ id: internalId, envelope: dsn, size: length });
  } catch (thrown) {
    writer.abort();
    throw thrown;
  }
}

/**
 * Decides how much of the message goes back: all of a failed one, unless the sender wants its header only, it is too
 * large, or it holds what a DSN cannot carry.
 *
 * Source: RFC 3461 §6.2 (RET); only a failure returns the content.
 */
async function whatToReturn(
  { envelope, size, pieces }: ReportedMessage,
  [{ action }]: readonly [RecipientReport, ...RecipientReport[]],
): Promise<'header' | 'message' | '8-bit message'> {
  if (action !== 'failed' || envelope.ret === 'HDRS' || size > longestReturned) return 'header';
  const { has8bit, has8bitHeader, isBinary } = await contentNeeds(pieces());
  if (has8bitHeader || isBinary) return 'header';
  return has8bit ? '8-bit message' : 'message';
}
