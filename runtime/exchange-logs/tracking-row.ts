import { randomUUID } from 'node:crypto';

import type { Server } from '../config.ts';
import type { Envelope } from '../message.ts';
import type { Tracked } from '../witness.ts';
import { logVersion } from './layout.ts';

/** Lays out one event of message tracking in the fields that the server's version has. */
export function trackingRow(
  event: Tracked,
  {
    server,
    fields,
    at,
  }: { readonly server: Server; readonly fields: readonly string[]; readonly at: number },
): readonly string[] {
  const values = valuesOf(event, server, at);
  return fields.map((name) => values.get(name) ?? '');
}

/** Source: EXCH message tracking, whose fields are these; what this transport has no word for stays empty. */
function valuesOf(event: Tracked, server: Server, at: number): ReadonlyMap<string, string> {
  const { envelope, recipients, client, taker } = event;
  const { reversePath = '', origin } = envelope ?? {};
  const sender = reversePath === '' ? '<>' : reversePath;
  const isEntry = event.event === 'RECEIVE';
  return new Map([
    ['date-time', new Date(at).toISOString()],
    ['client-ip', client?.address ?? ''],
    ['client-hostname', client?.name ?? ''],
    ['server-ip', taker?.address ?? ''],
    ['server-hostname', taker?.name ?? server.name],
    ['source-context', event.context ?? ''],
    ['connector-id', isEntry ? `${server.name}\\${event.connector ?? ''}` : (event.connector ?? '')],
    ['source', event.source],
    ['event-id', event.event],
    ['internal-message-id', String(event.id)],
    ['message-id', envelope?.messageId ?? ''],
    ['recipient-address', recipients.map(({ path }) => path).join(';')],
    ['recipient-status', recipients.map(({ status = '' }) => status.replaceAll(';', ',')).join(';')],
    ['total-bytes', String(event.size)],
    ['recipient-count', String(recipients.length)],
    ['reference', event.reference ?? ''],
    ['message-subject', envelope?.subject ?? ''],
    ['sender-address', sender],
    ['return-path', sender],
    ['message-info', isEntry || envelope === undefined ? '' : new Date(envelope.receivedAt).toISOString()],
    ['directionality', directionOf(origin)],
    ['original-client-ip', origin?.clientAddress ?? ''],
    ['original-server-ip', isEntry ? (taker?.address ?? '') : ''],
    ['transport-traffic-type', 'Email'],
    ['log-id', randomUUID()],
    ['schema-version', logVersion(server.exchangeVersion)],
  ]);
}

function directionOf(origin: Envelope['origin'] | undefined): string {
  switch (origin?.authAs) {
    case undefined:
      return 'Undefined';
    case 'Internal':
      return 'Originating';
    case 'Anonymous':
    case 'External':
    case 'Partner':
      return 'Incoming';
  }
}
