import type { ReplyName } from './reply-catalogue.ts';

/** A reply as the standards have it, and the place that says so. */
export interface RfcRow {
  readonly line: string;
  readonly source: string;
}

/**
 * The replies in which Exchange departs from the standards, as these have them: the `rfc` dialect. All others are the same
 * in both dialects.
 */
export const rfcReplies: Readonly<Partial<Record<ReplyName, RfcRow>>> = {
  unknownCommand: { line: '500 5.5.1 Unrecognized command', source: 'RFC 3463 §3.6' },
  sendHelloFirst: { line: '503 5.5.1 Send hello first', source: 'RFC 3463 §3.6' },
  needMail: { line: '503 5.5.1 Need mail command', source: 'RFC 3463 §3.6' },
  needRcpt: { line: '503 5.5.1 Need rcpt command', source: 'RFC 3463 §3.6' },
  senderAlreadySpecified: { line: '503 5.5.1 Sender already specified', source: 'RFC 3463 §3.6' },
  unknownAuthentication: { line: '504 5.5.4 Unrecognized authentication type', source: 'RFC 4954 §4' },
  authenticationFailed: { line: '535 5.7.8 Authentication unsuccessful', source: 'RFC 4954 §6' },
  tlsRequired: { line: '530 5.7.0 Must issue a STARTTLS command first', source: 'RFC 3207 §4' },
  domainSecureWithoutTls: { line: '530 5.7.0 Must issue a STARTTLS command first', source: 'RFC 3207 §4' },
  notAuthenticated: { line: '530 5.7.0 Authentication required', source: 'RFC 4954 §6' },
  mayNotSendAs: { line: '550 5.7.1 Not permitted to send as this sender', source: 'RFC 3463 §3.8' },
  unableToRelay: { line: '550 5.7.1 Relaying denied', source: 'RFC 3463 §3.8' },
  hopCountExceeded: { line: '554 5.4.6 Hop count exceeded', source: 'RFC 3463 §3.5' },
  inactive: { line: '421 4.4.2 Timeout waiting for client input', source: 'RFC 5321 §3.8' },
};
