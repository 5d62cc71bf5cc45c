import { randomUUID } from 'node:crypto';

import type { Server } from '../config.ts';
import { isoTime } from '../iso-time.ts';
import type { Envelope } from '../message.ts';
import type { Tracked } from '../witness.ts';
import { logVersion } from './layout.ts';

/** Writes events of message tracking as rows. Unit: milliseconds since 1970. */
export type TrackingRow = (event: Tracked, at: number) => readonly string[];

/** Lays out events of message tracking in the fields that the server's version has. */
export function trackingRows(server: Server, fields: readonly string[]): TrackingRow {
  const texts = fields.map((name) => fieldTexts[name] ?? (() => ''));
  return (event, at) => {
    const values = { event, server, at, isEntry: event.event === 'RECEIVE' };
    return texts.map((textOf) => textOf(values));
  };
}

interface Values {
  readonly event: Tracked;
  readonly server: Server;
  readonly at: number;
  readonly isEntry: boolean;
}

/** Source: EXCH message tracking, whose fields these are; what this transport has no word for stays empty. */
const fieldTexts: Readonly<Record<string, (values: Values) => string>> = {
  'date-time': ({ at }) => isoTime(at),
  'client-ip': ({ event }) => event.client?.address ?? '',
  'client-hostname': ({ event }) => event.client?.name ?? '',
  'server-ip': ({ event }) => event.taker?.address ?? '',
  'server-hostname': ({ event, server }) => event.taker?.name ?? server.name,
  'source-context': ({ event }) => event.context ?? '',
  'connector-id': ({ event: { connector = '' }, server, isEntry }) =>
    isEntry ? `${server.name}\\${connector}` : connector,
  source: ({ event }) => event.source,
  'event-id': ({ event }) => event.event,
  'internal-message-id': ({ event }) => String(event.id),
  'message-id': ({ event }) => event.envelope?.messageId ?? '',
  'recipient-address': ({ event }) => event.recipients.map(({ path }) => path).join(';'),
  'recipient-status': ({ event }) =>
    event.recipients.map(({ status = '' }) => status.replaceAll(';', ',')).join(';'),
  'total-bytes': ({ event }) => String(event.size),
  'recipient-count': ({ event }) => String(event.recipients.length),
  reference: ({ event }) => event.reference ?? '',
  'message-subject': ({ event }) => event.envelope?.subject ?? '',
  'sender-address': senderOf,
  'return-path': senderOf,
  'message-info': ({ event: { envelope }, isEntry }) =>
    isEntry || envelope === undefined ? '' : isoTime(envelope.receivedAt),
  directionality: ({ event }) => directionOf(event.envelope?.origin),
  'original-client-ip': ({ event }) => event.envelope?.origin?.clientAddress ?? '',
  'original-server-ip': ({ event, isEntry }) => (isEntry ? (event.taker?.address ?? '') : ''),
  'transport-traffic-type': () => 'Email',
  'log-id': () => randomUUID(),
  'schema-version': ({ server }) => logVersion(server.exchangeVersion),
};

function senderOf({ event: { envelope } }: Values): string {
  const { reversePath = '' } = envelope ?? {};
  return reversePath === '' ? '<>' : reversePath;
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
