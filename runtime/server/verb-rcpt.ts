import { rejectedDomainOf } from '../decide/recipient-domain.ts';
import { decideRelay } from '../decide/relay.ts';
import type { Recipient } from '../message.ts';
import { isAscii, parsePathArgument } from './command-line.ts';
import type { Parameter, PathArgument } from './command-line.ts';
import { isOriginalRecipient, parseNotify } from './dsn-parameters.ts';
import type { Reply } from './reply.ts';
import type { Session, SessionContext, Turn } from './session.ts';

/** Adds a recipient; a refused one does not end the mail transaction. Source: RFC 5321 §4.1.1.3, §3.3; RFC 3461 §4.1. */
export function rcpt(session: Session, argument: string, context: SessionContext): Turn {
  const { replies, connector } = context;
  const { transaction } = session;
  if (transaction === undefined) return { session, reply: replies.needMail };
  const path = parsePathArgument(argument, 'TO');
  if (path === 'bad parameter') return { session, reply: replies.invalidArguments };
  if (typeof path === 'string' || path.mailbox === '') return { session, reply: replies.invalidForwardPath };
  const forwardPath = completed(path, context);
  if (forwardPath === undefined) return { session, reply: replies.invalidForwardPath };
  if (!isAscii(forwardPath) && transaction.smtpUtf8 !== 'asked for') {
    return { session, reply: replies.needsSmtpUtf8 };
  }
  const said = readParameters(session, path.parameters, context);
  if ('refusal' in said) return { session, reply: said.refusal };
  const rejected = rejectedDomainOf(connector.rejectedRecipientDomains ?? [], forwardPath);
  // Before it is asked who may relay, which is ours: the switch is about recipients, not about who names them.
  if (rejected !== undefined) return { session, reply: replies[rejections[rejected]] };
  const { permissions, recipients } = transaction;
  const relay = decideRelay(context.accepted, permissions, forwardPath);
  const because = { kind: 'relay', decision: relay } as const;
  if (relay.kind === 'refused') return { session, reply: replies.unableToRelay, because };
  if (recipients.length >= connector.limits.maxRecipientsPerMessage) {
    return { session, reply: replies.tooManyRecipients };
  }
  const more = { ...transaction, recipients: [...recipients, { forwardPath, ...said }] };
  return { session: { ...session, phase: 'rcpt', transaction: more }, reply: replies.recipientOk, because };
}

const rejections = {
  'reserved top level': 'reservedTopLevelDomain',
  'reserved second level': 'reservedSecondLevelDomain',
  'single label': 'singleLabelDomain',
} as const;

/** Completes a local-part alone; postmaster is always somebody. Source: RFC 5321 §4.5.1; EXCH New-ReceiveConnector -DefaultDomain. */
function completed(
  { mailbox, isLocalPart }: PathArgument,
  { connector, postmasterDomain }: SessionContext,
): string | undefined {
  if (!isLocalPart) return mailbox;
  const isPostmaster = mailbox.toLowerCase() === 'postmaster';
  const domain = connector.defaultDomain ?? (isPostmaster ? postmasterDomain : undefined);
  return domain === undefined ? undefined : `${mailbox}@${domain}`;
}

type RcptParameters = Omit<Recipient, 'forwardPath'>;

function readParameters(
  session: Session,
  parameters: readonly Parameter[],
  { connector, replies }: SessionContext,
): RcptParameters | { readonly refusal: Reply } {
  let said: RcptParameters = {};
  for (const { keyword, value = '' } of parameters) {
    const isOffered = session.hello === 'EHLO' && connector.extensions.deliveryStatusNotificationEnabled;
    if (!isOffered || (keyword !== 'NOTIFY' && keyword !== 'ORCPT'))
      return { refusal: replies.unsupportedParameter };
    if (keyword === 'ORCPT') {
      if (!isOriginalRecipient(value)) return { refusal: replies.invalidArguments };
      said = { ...said, originalRecipient: value };
      continue;
    }
    const notify = parseNotify(value);
    if (notify === undefined) return { refusal: replies.invalidArguments };
    said = { ...said, notify };
  }
  return said;
}
