import type { ExchangeVersion } from '../config.ts';

/**
 * How well a reply is known: `vendor-doc` stands in the vendor's documentation, `observed` in public logs and posts;
 * `ours` is this transport's own choice, because Exchange's words are not established or the case is our own.
 */
export type Provenance = 'vendor-doc' | 'observed' | 'ours';

/** What a version and all later ones say, until the next row of the same reply. */
export interface CatalogueRow {
  readonly since: ExchangeVersion;
  readonly code: number;
  /** Absent where RFC 2034 §4 wants none. */
  readonly enhanced?: string;
  readonly text: string;
  readonly provenance: Provenance;
}

/** The replies whose text is always the same. */
export type ReplyName =
  | 'startTls'
  | 'bye'
  | 'resetting'
  | 'ok'
  | 'cannotVerify'
  | 'help'
  | 'senderOk'
  | 'recipientOk'
  | 'startMailInput'
  | 'unknownCommand'
  | 'lineTooLong'
  | 'badLineEnd'
  | 'invalidArguments'
  | 'invalidDomainName'
  | 'invalidReversePath'
  | 'invalidForwardPath'
  | 'unsupportedParameter'
  | 'needsSmtpUtf8'
  | 'sendHelloFirst'
  | 'needMail'
  | 'needRcpt'
  | 'senderAlreadySpecified'
  | 'badSequence'
  | 'unknownAuthentication'
  | 'authenticated'
  | 'authenticationFailed'
  | 'authenticationPutOff'
  | 'authenticationCancelled'
  | 'badResponse'
  | 'tlsRequired'
  | 'domainSecureWithoutTls'
  | 'domainSecureCertificate'
  | 'serverNotRecognised'
  | 'notAuthenticated'
  | 'mayNotSendAs'
  | 'unableToRelay'
  | 'reservedTopLevelDomain'
  | 'reservedSecondLevelDomain'
  | 'singleLabelDomain'
  | 'tooManyRecipients'
  | 'messageTooLarge'
  | 'headerTooLarge'
  | 'bareLineEnd'
  | 'hopCountExceeded'
  | 'insufficientResources'
  | 'serviceNotAvailable'
  | 'tooManyConnections'
  | 'messageRateExceeded'
  | 'tooManyErrors'
  | 'inactive'
  | 'connectionTimedOut'
  | 'internalError';

/**
 * Every reply whose text does not depend on the session, in Exchange's words where they are known, oldest first.
 *
 * Exchange pairs some 4yz codes with 5.y.z statuses; the pairs are kept, for the first digit is what clients act on.
 * No text says anything about the configuration.
 */
export const catalogue: Readonly<Record<ReplyName, readonly CatalogueRow[]>> = {
  startTls: [documented('220 2.0.0 SMTP server ready')],
  bye: [documented('221 2.0.0 Service closing transmission channel')],
  resetting: [observed('250 2.0.0 Resetting')],
  ok: [observed('250 2.0.0 OK')],
  cannotVerify: [observed('252 2.1.5 Cannot VRFY user')],
  help: [ours('214 2.0.0 See RFC 5321')],
  senderOk: [documented('250 2.1.0 Sender OK')],
  recipientOk: [documented('250 2.1.5 Recipient OK')],
  startMailInput: [documented('354 Start mail input; end with <CRLF>.<CRLF>')],

  unknownCommand: [documented('500 5.3.3 Unrecognized command')],
  lineTooLong: [ours('500 5.5.2 Line too long')],
  badLineEnd: [ours('500 5.5.2 Lines end with CR LF')],
  invalidArguments: [observed('501 5.5.4 Invalid arguments')],
  invalidDomainName: [documented('501 5.5.4 Invalid domain name')],
  invalidReversePath: [documented('501 5.1.7 Invalid address')],
  invalidForwardPath: [ours('501 5.1.3 Invalid address')],
  unsupportedParameter: [ours('555 5.5.4 Unsupported parameter')],
  needsSmtpUtf8: [ours('553 5.6.7 Address needs SMTPUTF8')],
  sendHelloFirst: [documented('503 5.5.2 Send hello first')],
  needMail: [observed('503 5.5.2 Need mail command')],
  needRcpt: [observed('503 5.5.2 Need rcpt command')],
  senderAlreadySpecified: [observed('503 5.5.2 Sender already specified')],
  badSequence: [ours('503 5.5.1 Bad sequence of commands')],
  unknownAuthentication: [observed('504 5.7.4 Unrecognized authentication type')],
  authenticated: [observed('235 2.7.0 Authentication successful')],
  authenticationFailed: [observed('535 5.7.3 Authentication unsuccessful')],
  authenticationPutOff: [ours('454 4.7.0 Temporary authentication failure')],
  authenticationCancelled: [ours('501 5.7.0 Authentication cancelled')],
  badResponse: [ours('501 5.5.2 Cannot decode response')],

  tlsRequired: [
    // What 2007 says is not established; its predecessor and its successors differ.
    ours('451 5.7.3 Must issue a STARTTLS command first'),
    documented('451 5.7.3 Must issue a STARTTLS command first', '2010'),
  ],
  // That such mail is refused is documented, the reply is not; 4yz lets mail through once the certificate is mended.
  domainSecureWithoutTls: [ours('451 5.7.3 STARTTLS is required to send mail')],
  domainSecureCertificate: [ours('454 4.7.5 Certificate validation failure')],
  // The words are those of Exchange's queue; the sender's queue shows them, and waits.
  serverNotRecognised: [ours('421 4.7.0 Cannot achieve Exchange Server authentication')],
  notAuthenticated: [
    observed('530 5.7.1 Client was not authenticated'),
    observed('530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM', '2013'),
  ],
  mayNotSendAs: [
    observed('550 5.7.1 Client does not have permissions to send as this sender'),
    observed('550 5.7.60 SMTP; Client does not have permissions to send as this sender', '2013'),
  ],
  unableToRelay: [
    observed('550 5.7.1 Unable to relay'),
    observed('550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', '2013'),
  ],
  // The texts and the enhanced codes are documented, the first code follows from them.
  reservedTopLevelDomain: [documented('550 5.1.4 Recipient address reserved by RFC 2606')],
  reservedSecondLevelDomain: [documented('550 5.1.5 Recipient address reserved by RFC 2606')],
  singleLabelDomain: [documented('550 5.1.6 Recipient addresses in single label domains not accepted')],
  tooManyRecipients: [documented('452 4.5.3 Too many recipients')],

  messageTooLarge: [documented('552 5.3.4 Message size exceeds fixed maximum message size')],
  headerTooLarge: [ours('552 5.3.4 Message header exceeds fixed maximum header size')],
  bareLineEnd: [ours('554 5.6.0 Message contains a bare CR or LF')],
  hopCountExceeded: [
    documented('554 5.4.6 Hop count exceeded - possible mail loop'),
    documented('554 5.4.14 Hop count exceeded - possible mail loop', '2013'),
  ],
  insufficientResources: [documented('452 4.3.1 Insufficient system resources')],

  serviceNotAvailable: [documented('421 4.3.2 Service not available')],
  tooManyConnections: [
    observed(
      '421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel',
    ),
  ],
  messageRateExceeded: [
    observed('421 4.4.2 Message submission rate for this client has exceeded the configured limit'),
  ],
  tooManyErrors: [ours('421 4.7.0 Too many protocol errors, closing transmission channel')],
  inactive: [observed('451 4.7.0 Timeout waiting for client input')],
  connectionTimedOut: [observed('421 4.4.1 Connection timed out')],
  internalError: [ours('451 4.3.0 Temporary server error')],
};

function documented(line: string, since?: ExchangeVersion): CatalogueRow {
  return row('vendor-doc', line, since);
}

function observed(line: string, since?: ExchangeVersion): CatalogueRow {
  return row('observed', line, since);
}

function ours(line: string, since?: ExchangeVersion): CatalogueRow {
  return row('ours', line, since);
}

function row(provenance: Provenance, line: string, since: ExchangeVersion = '2007'): CatalogueRow {
  const [, code, enhanced, text = ''] = /^(\d{3}) (?:(\d\.\d+\.\d+) )?(.+)$/.exec(line) ?? [];
  return { since, code: Number(code), ...(enhanced !== undefined && { enhanced }), text, provenance };
}
