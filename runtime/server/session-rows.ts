import type { Permissions, Right } from '../decide/permissions.ts';
import type { Tracked } from '../witness.ts';
import type { MessageOutcome } from './message-intake.ts';
import type { TlsState } from './receiver.ts';
import { wireText, type Reply } from './reply.ts';
import type { SessionContext } from './session.ts';

/** The rights of a session, spelled as protocol logs spell them. Source: EXCH protocol logging, observed. */
export function permissionsText({ granted }: Permissions): string {
  return granted.map(({ right }) => rightText(right)).join(' ');
}

function rightText(right: Right): string {
  const [, headers] = /^ms-Exch-Accept-Headers-(\w+)$/.exec(right) ?? [];
  return headers === undefined
    ? right.replace('ms-Exch-', '').replaceAll('-', '')
    : `Accept${headers}Headers`;
}

/** What a protocol log says of a handshake; the words between the values are ours. */
export function tlsText({ protocol, cipher }: Pick<TlsState, 'protocol' | 'cipher'>): string {
  return `TLS protocol ${protocol} negotiation succeeded using ${cipher}`;
}

/** What a protocol log says of a reply that is held back. Source: EXCH protocol logging, observed. */
export function tarpitText(reply: Reply, seconds: number): string {
  const time = new Date(seconds * 1000).toISOString().slice(11, 19);
  return `Tarpit for '0.${time}' due to '${wireText(reply, 'shown').trimEnd()}'`;
}

/** The event by which message tracking begins to follow a message. */
export function receivedEvent(
  { envelope, internalId, size }: Extract<MessageOutcome, { kind: 'queued' }>,
  { server, connector }: Pick<SessionContext, 'server' | 'connector'>,
  localAddress: string | undefined,
): Tracked {
  const { clientAddress, clientName, sessionId } = envelope.origin;
  return {
    server: server.name,
    source: 'SMTP',
    event: 'RECEIVE',
    id: internalId,
    envelope,
    size,
    recipients: envelope.recipients.map(({ forwardPath }) => ({ path: forwardPath })),
    client: { address: clientAddress, name: clientName },
    taker: { name: server.name, ...(localAddress !== undefined && { address: localAddress }) },
    connector: connector.name,
    context: sessionId,
  };
}
