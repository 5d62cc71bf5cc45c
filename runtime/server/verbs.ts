import { bdat, bdatOutOfPlace, data } from './verbs-data.ts';
import { auth } from './verb-auth.ts';
import { mail } from './verb-mail.ts';
import { rcpt } from './verb-rcpt.ts';
import { isClientName } from './command-line.ts';
import type { Phase, Session, SessionContext, Then, Turn } from './session.ts';
import { withoutTransaction } from './session.ts';
import type { Reply } from './reply.ts';

/** One row of the table: where the verb is welcome, and what it does. */
export interface Verb {
  readonly phases: readonly Phase[];
  run(session: Session, argument: string, context: SessionContext): Turn;
  /** Answers elsewhere; without it the answer is the same for every verb. */
  outOfPlace?(
    session: Session,
    argument: string,
    context: SessionContext,
  ): { readonly reply: Reply; readonly then?: Then };
}

const anyPhase: readonly Phase[] = ['connected', 'ready', 'mail', 'rcpt', 'chunks'];
const afterHello: readonly Phase[] = ['ready', 'mail', 'rcpt', 'chunks'];

/** Every verb that the server knows. */
export const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  // RFC 5321 §4.1.4: a second EHLO is allowed and clears the transaction as RSET does.
  [
    'EHLO',
    { phases: anyPhase, run: (session, argument, context) => hello('EHLO', session, argument, context) },
  ],
  [
    'HELO',
    { phases: anyPhase, run: (session, argument, context) => hello('HELO', session, argument, context) },
  ],
  ['STARTTLS', { phases: ['ready'], run: startTls }],
  ['MAIL', { phases: ['ready'], run: mail, outOfPlace: mailOutOfPlace }],
  ['RCPT', { phases: ['mail', 'rcpt'], run: rcpt, outOfPlace: needEarlier }],
  ['DATA', { phases: ['rcpt'], run: data, outOfPlace: needEarlier }],
  ['BDAT', { phases: ['rcpt', 'chunks'], run: bdat, outOfPlace: bdatOutOfPlace }],
  ['RSET', { phases: anyPhase, run: rset }],
  ['NOOP', { phases: anyPhase, run: (session, _, { replies }) => ({ session, reply: replies.ok }) }],
  ['HELP', { phases: anyPhase, run: (session, _, { replies }) => ({ session, reply: replies.help }) }],
  [
    'VRFY',
    { phases: afterHello, run: (session, _, { replies }) => ({ session, reply: replies.cannotVerify }) },
  ],
  ['AUTH', { phases: ['ready'], run: auth }],
  ['QUIT', { phases: anyPhase, run: quit }],
]);

function hello(verb: 'HELO' | 'EHLO', session: Session, argument: string, context: SessionContext): Turn {
  const { connector, replies, unprovenServer } = context;
  // As a stranger it would be refused for good what it may have tomorrow.
  if (unprovenServer !== undefined)
    return { session, reply: replies.serverNotRecognised, then: { kind: 'close' } };
  const isMissing = argument === '' && connector.requireEHLODomain;
  if (isMissing || (argument !== '' && !isClientName(argument)))
    return { session, reply: replies.invalidDomainName };
  const { protocolErrors, logonFailures } = session;
  const counts = { protocolErrors, logonFailures };
  const greeted: Session = { phase: 'ready', hello: verb, clientName: argument, ...counts };
  const welcome = `${connector.fqdn} Hello [${context.clientAddress}]`;
  const lines = verb === 'EHLO' ? [welcome, ...extensions(context)] : [welcome];
  return { session: greeted, reply: { code: 250, lines } };
}

/** Lists what EHLO offers, in Exchange's order; BINARYMIME is never offered, for no next hop is asked to take it. */
function extensions({ connector, tls, users }: SessionContext): string[] {
  const { extensions: on, limits } = connector;
  const size = { Enabled: `SIZE ${limits.maxMessageSize}`, EnabledWithoutValue: 'SIZE', Disabled: '' }[
    on.sizeEnabled
  ];
  return [
    size,
    on.pipeliningEnabled ? 'PIPELINING' : '',
    on.deliveryStatusNotificationEnabled ? 'DSN' : '',
    on.enhancedStatusCodesEnabled ? 'ENHANCEDSTATUSCODES' : '',
    tls === 'available' ? 'STARTTLS' : '',
    // PLAIN is ours: Exchange's basic authentication is LOGIN.
    users === undefined ? '' : 'AUTH LOGIN PLAIN',
    on.eightBitMimeEnabled ? '8BITMIME' : '',
    on.chunkingEnabled ? 'CHUNKING' : '',
    on.smtpUtf8Enabled ? 'SMTPUTF8' : '',
  ].filter((keyword) => keyword !== '');
}

/** Where TLS is not offered, Exchange does not know the word. */
function startTls(session: Session, argument: string, { tls, replies }: SessionContext): Turn {
  if (tls !== 'available') return { session, reply: replies.unknownCommand };
  if (argument !== '') return { session, reply: replies.invalidArguments };
  return { session, reply: replies.startTls, then: { kind: 'start TLS' } };
}

function mailOutOfPlace(
  { phase }: Session,
  _: string,
  { replies }: SessionContext,
): { readonly reply: Reply } {
  return { reply: phase === 'connected' ? replies.sendHelloFirst : replies.senderAlreadySpecified };
}

function needEarlier({ phase }: Session, _: string, { replies }: SessionContext): { readonly reply: Reply } {
  switch (phase) {
    case 'connected':
      return { reply: replies.sendHelloFirst };
    case 'ready':
      return { reply: replies.needMail };
    case 'mail':
      return { reply: replies.needRcpt };
    case 'rcpt':
    case 'chunks':
      return { reply: replies.badSequence };
  }
}

function rset(session: Session, argument: string, { replies }: SessionContext): Turn {
  if (argument !== '') return { session, reply: replies.invalidArguments };
  return { session: withoutTransaction(session), reply: replies.resetting };
}

function quit(session: Session, argument: string, { replies }: SessionContext): Turn {
  if (argument !== '') return { session, reply: replies.invalidArguments };
  return { session, reply: replies.bye, then: { kind: 'close' } };
}
