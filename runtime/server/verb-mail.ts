import { decideInboundSecurity } from '../decide/inbound-security.ts';
import type { InboundDecision } from '../decide/inbound-security.ts';
import { largestMessage } from '../decide/permissions.ts';
import { decideSender } from '../decide/relay.ts';
import { mailboxKey } from '../users/mailbox-key.ts';
import { isAscii, parsePathArgument } from './command-line.ts';
import type { Parameter, PathArgument } from './command-line.ts';
import { isXtext } from './dsn-parameters.ts';
import type { Reply } from './reply.ts';
import { underPressure } from './under-pressure.ts';
import type { Session, SessionContext, Transaction, Turn } from './session.ts';

/** Opens a mail transaction. Source: RFC 5321 §4.1.1.2; RFC 1870; RFC 6152; RFC 6531 §3.4; RFC 3461 §4.3, §4.4. */
export function mail(session: Session, argument: string, context: SessionContext): Turn {
  const { replies, connector } = context;
  const path = parsePathArgument(argument, 'FROM');
  if (path === 'bad parameter') return { session, reply: replies.invalidArguments };
  if (typeof path === 'string') return { session, reply: replies.invalidReversePath };
  const said = readParameters(session, path.parameters, context);
  if ('refusal' in said) return { session, reply: said.refusal };
  const reversePath = completed(path, connector.defaultDomain);
  if (reversePath === undefined) return { session, reply: replies.invalidReversePath };
  if (!isAscii(reversePath) && said.smtpUtf8 !== 'asked for')
    return { session, reply: replies.needsSmtpUtf8 };

  const security = decideInboundSecurity(context.domainSecure, {
    connector,
    principal: context.principal,
    reversePath,
    tls: context.tls === 'active' ? 'active' : 'none',
    ...(context.presented && { presented: context.presented }),
    now: context.now(),
  });
  if (security.kind !== 'accepted') {
    const because = { kind: 'security', decision: security } as const;
    return { session, reply: securityRefusal(security, context), because };
  }
  const permissions = context.permissionsOf(security.principal);
  const isOwn = context.user?.addresses.has(mailboxKey(reversePath) ?? '') === true;
  const own = isOwn ? 'own address' : 'not known as own';
  const sender = decideSender(context.accepted, permissions, reversePath, own);
  const because = { kind: 'sender', decision: sender, permissions } as const;
  if (sender === 'may not submit') return { session, reply: replies.notAuthenticated, because };
  if (sender === 'may not send as') return { session, reply: replies.mayNotSendAs, because };
  const { size, ...parameters } = said;
  if (size > largestMessage(connector, permissions)) return { session, reply: replies.messageTooLarge };
  if (underPressure(context)) return { session, reply: replies.insufficientResources };
  if (context.countMessage(context.user?.name) === 'too many') {
    return { session, reply: replies.messageRateExceeded, then: { kind: 'close' } };
  }
  const { authenticatedDomain } = security;
  const transaction: Transaction = {
    reversePath,
    recipients: [],
    ...parameters,
    permissions,
    ...(authenticatedDomain !== undefined && { authenticatedDomain }),
  };
  return { session: { ...session, phase: 'mail', transaction }, reply: replies.senderOk, because };
}

/** Adds the connector's default domain to a local-part alone. Source: EXCH New-ReceiveConnector -DefaultDomain. */
function completed(
  { mailbox, isLocalPart }: PathArgument,
  defaultDomain: string | undefined,
): string | undefined {
  if (!isLocalPart) return mailbox;
  return defaultDomain === undefined ? undefined : `${mailbox}@${defaultDomain}`;
}

function securityRefusal(
  decision: Exclude<InboundDecision, { kind: 'accepted' }>,
  { replies }: SessionContext,
): Reply {
  switch (decision.kind) {
    case 'TLS required':
      return replies.tlsRequired;
    case 'domain-secure without TLS':
      return replies.domainSecureWithoutTls;
    case 'domain-secure on another connector':
    case 'domain-secure certificate refused':
      return replies.domainSecureCertificate;
  }
}

type MailParameters = Pick<Transaction, 'body' | 'smtpUtf8' | 'ret' | 'envelopeId'> & {
  /** Unit: bytes; 0 where the client did not say. */
  readonly size: number;
};

const noParameters: MailParameters = { body: '7BIT', smtpUtf8: 'not asked for', size: 0 };

function readParameters(
  session: Session,
  parameters: readonly Parameter[],
  context: SessionContext,
): MailParameters | { readonly refusal: Reply } {
  let said = noParameters;
  for (const parameter of parameters) {
    if (!isOffered(parameter.keyword, session, context))
      return { refusal: context.replies.unsupportedParameter };
    const added = readParameter(parameter);
    if (added === undefined) return { refusal: context.replies.invalidArguments };
    said = { ...said, ...added };
  }
  return said;
}

function isOffered(keyword: string, session: Session, { connector }: SessionContext): boolean {
  const { extensions } = connector;
  if (session.hello !== 'EHLO') return false;
  switch (keyword) {
    case 'SIZE':
      return extensions.sizeEnabled !== 'Disabled';
    case 'BODY':
      return extensions.eightBitMimeEnabled;
    case 'SMTPUTF8':
      return extensions.smtpUtf8Enabled;
    case 'RET':
    case 'ENVID':
      return extensions.deliveryStatusNotificationEnabled;
    default:
      return false;
  }
}

function readParameter({ keyword, value = '' }: Parameter): Partial<MailParameters> | undefined {
  const word = value.toUpperCase();
  switch (keyword) {
    case 'SIZE':
      return /^\d{1,20}$/.test(value) ? { size: Number(value) } : undefined;
    case 'BODY':
      return word === '7BIT' || word === '8BITMIME' ? { body: word } : undefined;
    case 'SMTPUTF8':
      return value === '' ? { smtpUtf8: 'asked for' } : undefined;
    case 'RET':
      return word === 'FULL' || word === 'HDRS' ? { ret: word } : undefined;
    default:
      return isXtext(value, 100) ? { envelopeId: value } : undefined;
  }
}
