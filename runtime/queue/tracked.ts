import type { CarrierSession } from '../client/carrier.ts';
import type { RecipientOutcome } from '../client/transaction-answer.ts';
import type { Server } from '../config.ts';
import type { Envelope } from '../message.ts';
import type { Tracked } from '../witness.ts';
import type { StoredMessage } from './stored-message.ts';
import type { Verdict } from './verdict.ts';

/** A recipient by its place in the envelope, and what was said about it. */
export type Told = Pick<Verdict, 'place' | 'reply'>;

/** Puts together an event of message tracking; a message that cannot be read is told by its number alone. */
export function trackedEvent(
  server: Server,
  message: StoredMessage,
  told: readonly Told[],
  what: Omit<Tracked, 'server' | 'id' | 'envelope' | 'size' | 'recipients'>,
): Tracked {
  const envelope = envelopeOf(message);
  return {
    server: server.name,
    id: message.id,
    ...(envelope && { envelope }),
    size: message.size,
    recipients: told.flatMap(({ place, reply }) => {
      const path = envelope?.recipients[place]?.forwardPath;
      return path === undefined ? [] : [{ path, status: reply }];
    }),
    ...what,
  };
}

/** A message that has gone to the next server, or has arrived in mailboxes. */
export function sentEvent(
  server: Server,
  message: StoredMessage,
  outcomes: readonly RecipientOutcome[],
  { remoteServer, line }: Pick<CarrierSession, 'remoteServer' | 'line'>,
): Tracked {
  if (remoteServer === undefined)
    return trackedEvent(server, message, outcomes, { source: 'STOREDRIVER', event: 'DELIVER' });
  return trackedEvent(server, message, outcomes, {
    source: 'SMTP',
    event: 'SEND',
    client: { name: server.name, ...(line && { address: line.localAddress }) },
    taker: { name: remoteServer, ...(line && { address: line.remoteAddress }) },
    ...(line && { context: line.session }),
    ...(line?.connector !== undefined && { connector: line.connector }),
  });
}

/** Recipients that will not get their message. */
export function failedEvent(server: Server, message: StoredMessage, failed: readonly Verdict[]): Tracked {
  const [first] = failed;
  return trackedEvent(server, message, failed, {
    source: first === undefined ? 'QUEUE' : sourceOf(first),
    event: 'FAIL',
    ...(first?.remoteServer !== undefined && { taker: { name: first.remoteServer } }),
  });
}

/** Who ended it; what a server says is never taken for a word of ours. */
function sourceOf({ remoteServer, reply }: Verdict): Tracked['source'] {
  if (remoteServer !== undefined) return 'SMTP';
  const [, word] = / (ROUTING|SMTPSEND\.DNS|QUEUE\.Admin)\b/.exec(reply) ?? [];
  switch (word) {
    case 'ROUTING':
      return 'ROUTING';
    case 'SMTPSEND.DNS':
      return 'DNS';
    case 'QUEUE.Admin':
      return 'ADMIN';
    default:
      return 'QUEUE';
  }
}

function envelopeOf(message: StoredMessage): Envelope | undefined {
  try {
    return message.envelope;
  } catch {
    return undefined;
  }
}
