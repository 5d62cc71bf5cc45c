import type { ExchangeVersion } from '../config.ts';
import { catalogue } from './reply-catalogue.ts';
import type { CatalogueRow, ReplyName } from './reply-catalogue.ts';

/** One answer of the server. Source: RFC 5321 §4.2, RFC 3463 §2. */
export interface Reply {
  readonly code: number;
  /** Absent where RFC 2034 §4 wants none: greeting, EHLO, 3yz. */
  readonly enhanced?: string;
  readonly lines: readonly string[];
}

/** What one Exchange version says, by name. */
export type Replies = Readonly<Record<ReplyName, Reply>>;

const versions: readonly ExchangeVersion[] = ['2007', '2010', '2013', '2016', '2019', 'SE'];

/** Collects the replies of one Exchange version. */
export function repliesOf(version: ExchangeVersion): Replies {
  const names = Object.keys(catalogue) as ReplyName[];
  return Object.fromEntries(names.map((name) => [name, replyIn(catalogue[name], version)])) as Record<
    ReplyName,
    Reply
  >;
}

function replyIn(rows: readonly CatalogueRow[], version: ExchangeVersion): Reply {
  const held = rows.filter(({ since }) => versions.indexOf(since) <= versions.indexOf(version));
  const row = held.at(-1)!;
  return { code: row.code, ...(row.enhanced !== undefined && { enhanced: row.enhanced }), lines: [row.text] };
}

/** Greets a client; a banner of the connector stands for the whole line. Source: EXCH New-ReceiveConnector -Banner. */
export function greeting(fqdn: string, banner: string | undefined, now: number): Reply {
  const text =
    banner?.replace(/^220 ?/, '') ?? `${fqdn} Microsoft ESMTP MAIL Service ready at ${mailDate(now)}`;
  return { code: 220, lines: [text] };
}

/** Tells a client that its message is queued; the words grew with the versions. */
export function queued(
  version: ExchangeVersion,
  message: { readonly messageId: string; readonly internalId: number; readonly fqdn: string },
): Reply {
  const name = ` [InternalId=${message.internalId}`;
  const details =
    version === '2007' ? '' : version === '2010' ? `${name}]` : `${name}, Hostname=${message.fqdn}]`;
  return { code: 250, enhanced: '2.6.0', lines: [`${message.messageId}${details} Queued mail for delivery`] };
}

/** Tells a client that a chunk arrived and the message goes on. Source: RFC 3030 §2. */
export function chunkReceived(octets: number): Reply {
  return { code: 250, enhanced: '2.6.0', lines: [`Chunk received, ${octets} octets`] };
}

/** Writes a reply for the wire, every line with its CR LF. */
export function wireText(reply: Reply, enhancedCodes: 'shown' | 'hidden'): string {
  const { code, enhanced, lines } = reply;
  const status = enhanced === undefined || enhancedCodes === 'hidden' ? '' : `${enhanced} `;
  if (lines.length === 1) return `${code} ${status}${lines[0]}\r\n`;
  return lines
    .map((line, at) => `${code}${at === lines.length - 1 ? ' ' : '-'}${status}${line}\r\n`)
    .join('');
}

/** Says whether a reply blames the client's use of the protocol; such ones count towards MaxProtocolErrors. */
export function isProtocolError({ code }: Reply): boolean {
  return (code >= 500 && code <= 504) || code === 555;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Writes a time as mail does, in UTC. Source: RFC 5322 §3.3. */
export function mailDate(at: number): string {
  const date = new Date(at);
  const time = date.toISOString().slice(11, 19);
  const day = `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${time} +0000`;
}
