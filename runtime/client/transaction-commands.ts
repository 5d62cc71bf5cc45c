import type { Envelope, Recipient } from '../message.ts';

/** A message that is to be sent to some of its recipients; places count in the envelope. */
export interface Outgoing {
  readonly envelope: Envelope;
  readonly places: readonly number[];
  /** Unit: bytes. */
  readonly size: number;
}

/** What the server must be able to do for the message as its bytes are; found by looking at them. */
export interface ContentNeeds {
  /** Bytes over 127 in the body or header. */
  readonly has8bit: boolean;
  /** Bytes over 127 in the header, which only SMTPUTF8 carries. */
  readonly has8bitHeader: boolean;
  /** Lines that DATA cannot carry: too long, a bare line end, or a NUL. */
  readonly isBinary: boolean;
}

/** The commands of one mail transaction, or why the server cannot be given the message. */
export type Commands =
  | {
      readonly kind: 'commands';
      readonly mail: string;
      readonly rcpt: readonly string[];
      readonly body: 'DATA' | 'BDAT';
      /** Places of recipients that asked for a success DSN, which this server will not send. */
      readonly relayed: readonly number[];
    }
  | { readonly kind: 'refused'; readonly reply: string };

/**
 * Writes the commands for a message, as far as the server's extensions go.
 *
 * `needs` is asked only where the server lacks what the envelope speaks of: what was announced is often not there.
 * Source: RFC 1870 (SIZE), RFC 6152 (8BITMIME), RFC 3030 (BINARYMIME), RFC 6531 (SMTPUTF8), RFC 3461 (DSN).
 */
export async function commandsFor(
  { envelope, places, size }: Outgoing,
  extensions: ReadonlyMap<string, string>,
  needs: () => Promise<ContentNeeds>,
): Promise<Commands> {
  const recipients = places.flatMap((place) => envelope.recipients[place] ?? []);
  const paths = [envelope.reversePath, ...recipients.map(({ forwardPath }) => forwardPath)];
  if (!paths.every(isSafe)) return refused('553 5.1.3 A mailbox holds characters that no command may hold');
  const limit = Number(extensions.get('SIZE') ?? 0);
  if (limit > 0 && size > limit) {
    return refused('552 5.3.4 Message size exceeds fixed maximum message size of the next server');
  }
  const parameters: string[] = extensions.has('SIZE') ? [`SIZE=${size}`] : [];
  const body = await bodyParameter(envelope, extensions, needs);
  if (body.kind === 'refused') return body;
  if (body.parameter !== undefined) parameters.push(`BODY=${body.parameter}`);
  if (envelope.smtpUtf8) {
    if (extensions.has('SMTPUTF8')) parameters.push('SMTPUTF8');
    else if (!paths.every(isAscii) || (await needs()).has8bitHeader) {
      return refused('550 5.6.7 The next server does not take internationalized addresses or headers');
    }
  }
  const speaksDsn = extensions.has('DSN');
  if (speaksDsn && envelope.ret !== undefined) parameters.push(`RET=${envelope.ret}`);
  if (speaksDsn && isParameter(envelope.envelopeId)) parameters.push(`ENVID=${envelope.envelopeId}`);
  return {
    kind: 'commands',
    mail: ['MAIL', `FROM:<${envelope.reversePath}>`, ...parameters].join(' '),
    rcpt: recipients.map((recipient) => rcpt(recipient, speaksDsn)),
    body: body.parameter === 'BINARYMIME' ? 'BDAT' : 'DATA',
    relayed: speaksDsn
      ? []
      : places.filter((place) => envelope.recipients[place]?.notify?.includes('SUCCESS')),
  };
}

type Body =
  | { readonly kind: 'parameter'; readonly parameter?: '8BITMIME' | 'BINARYMIME' }
  | { readonly kind: 'refused'; readonly reply: string };

async function bodyParameter(
  { body }: Envelope,
  extensions: ReadonlyMap<string, string>,
  needs: () => Promise<ContentNeeds>,
): Promise<Body> {
  if (body === '7BIT') return { kind: 'parameter' };
  if (body === 'BINARYMIME' && extensions.has('BINARYMIME') && extensions.has('CHUNKING')) {
    return { kind: 'parameter', parameter: 'BINARYMIME' };
  }
  if (body === '8BITMIME' && extensions.has('8BITMIME')) return { kind: 'parameter', parameter: '8BITMIME' };
  const { has8bit, isBinary } = await needs();
  if (isBinary && body === 'BINARYMIME') {
    return refused('554 5.6.3 The next server does not take binary content, and it is not converted');
  }
  if (!has8bit) return { kind: 'parameter' };
  if (extensions.has('8BITMIME')) return { kind: 'parameter', parameter: '8BITMIME' };
  return refused('554 5.6.3 The next server takes 7-bit content only, and it is not converted');
}

function rcpt({ forwardPath, notify, originalRecipient }: Recipient, speaksDsn: boolean): string {
  const parameters: string[] = [];
  if (speaksDsn && notify !== undefined && notify.length > 0) parameters.push(`NOTIFY=${notify.join(',')}`);
  if (speaksDsn && isParameter(originalRecipient)) parameters.push(`ORCPT=${originalRecipient}`);
  return [`RCPT TO:<${forwardPath}>`, ...parameters].join(' ');
}

function refused(reply: string): { readonly kind: 'refused'; readonly reply: string } {
  return { kind: 'refused', reply };
}

/** A mailbox that cannot end the path, the command or the line; blanks and brackets stand in quotes only. */
function isSafe(path: string): boolean {
  if (/[\u0000-\u001f\u007f]/.test(path)) return false;
  return !/[<> "]/.test(path.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''));
}

/** A parameter value as RFC 3461 writes it: printable, without blanks. */
function isParameter(value: string | undefined): value is string {
  return value !== undefined && /^[!-~]+$/.test(value);
}

function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text);
}
