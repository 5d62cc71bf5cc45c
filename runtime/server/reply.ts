import type { Dialect, ExchangeVersion, Server } from '../config.ts';
import { catalogue } from './reply-catalogue.ts';
import type { CatalogueRow, ReplyName } from './reply-catalogue.ts';
import { rfcReplies } from './rfc-replies.ts';

/** One answer of the server. Source: RFC 5321 §4.2, RFC 3463 §2. */
export interface Reply {
  readonly code: number;
  /** Absent where RFC 2034 §4 wants none: greeting, EHLO, 3yz. */
  readonly enhanced?: string;
  readonly lines: readonly string[];
}

/** What decides how a server speaks. */
export type Speaker = Pick<Server, 'exchangeVersion' | 'dialect'>;

/** What one server says, by name. */
export type Replies = Readonly<Record<ReplyName, Reply>>;

const versions: readonly ExchangeVersion[] = ['2007', '2010', '2013', '2016', '2019', 'SE'];

/** Collects the replies of a server: those of its Exchange version, or of the standards where it speaks so. */
export function repliesOf({ exchangeVersion, dialect }: Speaker): Replies {
  const names = Object.keys(catalogue) as ReplyName[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      (dialect === 'rfc' ? rfcReply(name) : undefined) ?? replyIn(catalogue[name], exchangeVersion),
    ]),
  ) as Record<ReplyName, Reply>;
}

function replyIn(rows: readonly CatalogueRow[], version: ExchangeVersion): Reply {
  const held = rows.filter(({ since }) => versions.indexOf(since) <= versions.indexOf(version));
  const row = held.at(-1)!;
  return { code: row.code, ...(row.enhanced !== undefined && { enhanced: row.enhanced }), lines: [row.text] };
}

function rfcReply(name: ReplyName): Reply | undefined {
  const [, code, enhanced, text] = /^(\d{3}) (\d\.\d+\.\d+) (.+)$/.exec(rfcReplies[name]?.line ?? '') ?? [];
  if (enhanced === undefined || text === undefined) return undefined;
  return { code: Number(code), enhanced, lines: [text] };
}

/** Greets a client; a banner of the connector stands for the whole line. Source: EXCH New-ReceiveConnector -Banner. */
export function greeting(
  fqdn: string,
  { banner, dialect, now }: { readonly banner?: string; readonly dialect?: Dialect; readonly now: number },
): Reply {
  const service = dialect === 'rfc' ? 'ESMTP' : `Microsoft ESMTP MAIL Service ready at ${mailDate(now)}`;
  const text = banner?.replace(/^220 ?/, '') ?? `${fqdn} ${service}`;
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
