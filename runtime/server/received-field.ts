import { mailDate } from './reply.ts';

/** What a Received field says about a session. */
export interface ReceivedFacts {
  /** The argument of HELO or EHLO, which has passed as a client name; `''` where there was none. */
  readonly clientName: string;
  readonly clientAddress: string;
  readonly fqdn: string;
  readonly hello: 'HELO' | 'EHLO';
  readonly smtpUtf8: 'asked for' | 'not asked for';
  /** Whether the client has logged on; its name is nobody's business but ours. */
  readonly isLoggedOn: boolean;
  readonly tls?: { readonly protocol: string; readonly cipher: string };
  readonly id: string;
  /** Unit: milliseconds since 1970. */
  readonly at: number;
}

/**
 * Writes the Received field that the server puts in front of a message.
 *
 * Its form follows Exchange's, but for the name of the program. The recipient is not named, for others may read it.
 * Source: RFC 5321 §4.4; RFC 3848 and RFC 6531 §4.3 (protocol words).
 */
export function receivedField(facts: ReceivedFacts): string {
  const { tls } = facts;
  const name = facts.clientName === '' ? `[${facts.clientAddress}]` : printable(facts.clientName);
  const cipher =
    tls === undefined ? '' : ` (version=${printable(tls.protocol)}, cipher=${printable(tls.cipher)})`;
  return (
    `Received: from ${name} (${facts.clientAddress}) by ${facts.fqdn}\r\n` +
    ` with ${protocolWord(facts)}${cipher} (mailtopo)\r\n id ${facts.id}; ${mailDate(facts.at)}\r\n`
  );
}

function protocolWord({ hello, smtpUtf8, tls, isLoggedOn }: ReceivedFacts): string {
  const secured = `${tls === undefined ? '' : 'S'}${isLoggedOn ? 'A' : ''}`;
  if (smtpUtf8 === 'asked for') return `UTF8SMTP${secured}`;
  return hello === 'HELO' && secured === '' ? 'SMTP' : `ESMTP${secured}`;
}

/** Keeps what a header field can hold in one piece: visible ASCII without the characters that structure the field. */
function printable(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]|[;()<>"\\]/g, '?').slice(0, 255);
}
