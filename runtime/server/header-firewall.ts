import { holds } from '../decide/permissions.ts';
import type { Permissions } from '../decide/permissions.ts';
import { fieldValue } from './header.ts';
import type { Header, HeaderField } from './header.ts';

/**
 * Says whether a field may come in: what only servers of the organization may say is taken out of what others send.
 * Source: EXCH header firewall.
 */
export function mayKeepField(name: string, permissions: Permissions): boolean {
  if (name.startsWith('x-ms-exchange-organization-'))
    return holds(permissions, 'ms-Exch-Accept-Headers-Organization');
  if (name.startsWith('x-ms-exchange-forest-')) return holds(permissions, 'ms-Exch-Accept-Headers-Forest');
  if (name === 'received' || name.startsWith('resent-'))
    return holds(permissions, 'ms-Exch-Accept-Headers-Routing');
  return true;
}

/** Takes the fields out that the firewall stops; the bytes are copied only where there are any. */
export function filteredHeader(header: Header, permissions: Permissions): Uint8Array {
  const kept = header.fields.filter(({ name }) => mayKeepField(name, permissions));
  if (kept.length === header.fields.length) return header.bytes;
  return Buffer.concat(kept.map(({ start, end }) => header.bytes.subarray(start, end)));
}

/** How often a message has been handed on, and how often by the server itself. */
export interface Hops {
  readonly all: number;
  readonly local: number;
}

/** Counts Received fields; those whose `by` is one of the server's names are local. Source: EXCH New-ReceiveConnector -MaxHopCount, -MaxLocalHopCount. */
export function countHops(header: Header, localNames: readonly string[]): Hops {
  const received = header.fields.filter(({ name }) => name === 'received');
  const local = received.filter((field) => {
    const name = byName(header, field);
    return name !== undefined && localNames.includes(name);
  });
  return { all: received.length, local: local.length };
}

function byName(header: Header, field: HeaderField): string | undefined {
  return /(?:^| )by ([^ ;()]+)/i.exec(fieldValue(header, field, 1000))?.[1]?.toLowerCase();
}

/** Finds the Subject of a message, as much of it as logs show; undefined where it is empty or missing. */
export function subjectOf(header: Header): string | undefined {
  const field = header.fields.find(({ name }) => name === 'subject');
  if (field === undefined) return undefined;
  const value = Buffer.from(fieldValue(header, field, 264), 'latin1')
    .toString('utf8')
    .slice(0, 255);
  return value === '' ? undefined : value;
}

/** Finds the Message-ID of a message, with its brackets; undefined where it has none that can be quoted. Source: RFC 5322 §3.6.4. */
export function messageIdOf(header: Header): string | undefined {
  const field = header.fields.find(({ name }) => name === 'message-id');
  if (field === undefined) return undefined;
  return /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/.exec(fieldValue(header, field, 1000))?.[0];
}
