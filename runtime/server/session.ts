import type { ReceiveConnector, Server } from '../config.ts';
import type { AcceptedDomainLookup } from '../decide/domain-match.ts';
import type { DomainSecureList, InboundDecision } from '../decide/inbound-security.ts';
import type { Permissions, SessionPrincipal } from '../decide/permissions.ts';
import type { PresentedCertificate } from '../decide/client-certificate.ts';
import type { RelayDecision, SenderDecision } from '../decide/relay.ts';
import type { Pressure, Recipient } from '../message.ts';
import type { LoggedOn, Users } from '../users/logon.ts';
import type { Replies, Reply } from './reply.ts';
import type { Exchange } from './verb-auth.ts';

/** How far the dialogue has come; each verb lists the phases it is welcome in. */
export type Phase = 'connected' | 'ready' | 'mail' | 'rcpt' | 'chunks';

/** What the server remembers between two commands; replaced whole, never changed in place. */
export interface Session {
  readonly phase: Phase;
  /** How the client greeted; parameters and extensions are for EHLO alone. */
  readonly hello?: 'HELO' | 'EHLO';
  /** What the client called itself, `''` where it did not say. */
  readonly clientName: string;
  readonly protocolErrors: number;
  readonly logonFailures: number;
  /** Absent outside a mail transaction. */
  readonly transaction?: Transaction;
}

/** What MAIL and RCPT have said. Source: RFC 5321 §3.3. */
export interface Transaction {
  /** `''` is the null reverse-path. */
  readonly reversePath: string;
  readonly recipients: readonly Recipient[];
  readonly body: '7BIT' | '8BITMIME';
  readonly smtpUtf8: 'asked for' | 'not asked for';
  readonly ret?: 'FULL' | 'HDRS';
  readonly envelopeId?: string;
  /** Who the client is for this message, and what it may do. */
  readonly permissions: Permissions;
  /** The domain that Domain Security has authenticated. */
  readonly authenticatedDomain?: string;
}

/** What stands around a session and does not change with its commands; STARTTLS and a logon bring a new one. */
export interface SessionContext {
  readonly connector: ReceiveConnector;
  readonly server: Server;
  readonly replies: Replies;
  readonly clientAddress: string;
  readonly principal: SessionPrincipal;
  /** Who may log on; absent where AUTH is not offered. */
  readonly users?: Users;
  /** Who has logged on. */
  readonly user?: LoggedOn;
  readonly tls: 'unavailable' | 'available' | 'active';
  readonly presented?: PresentedCertificate;
  /** The server of the topology whose name the client's certificate bears, without being the one that is known here. */
  readonly unprovenServer?: string;
  readonly accepted: AcceptedDomainLookup;
  readonly domainSecure: DomainSecureList;
  /** The domain that `RCPT TO:<postmaster>` means. Source: RFC 5321 §4.5.1. */
  readonly postmasterDomain: string;
  /** What a principal may do on this connector. */
  readonly permissionsOf: (principal: SessionPrincipal) => Permissions;
  /** Unit: milliseconds since 1970. */
  readonly now: () => number;
  /** How short the machine is of what messages need. */
  readonly pressure: () => Pressure;
  /** Counts one more message of this client, and of this user where one has logged on, and says whether the rate allows it. */
  readonly countMessage: (user: string | undefined) => 'within the rate' | 'too many';
}

/** What the connection must do after the reply. */
export type Then =
  | { readonly kind: 'read mail data' }
  /** Octets that follow the command without an end mark; the reply comes after them. Source: RFC 3030 §2. */
  | { readonly kind: 'read chunk'; readonly octets: number; readonly position: 'more follow' | 'last' }
  /** Octets of a chunk that is not wanted; they are read all the same, or the dialogue would lose its place. */
  | { readonly kind: 'skip chunk'; readonly octets: number }
  | { readonly kind: 'start TLS' }
  | { readonly kind: 'read response'; readonly exchange: Exchange }
  /** The reply comes when the password has been checked. */
  | { readonly kind: 'log on'; readonly name: string; readonly password: string }
  | { readonly kind: 'close' };

/** The outcome of one command: the next session, what to say, and what the connection must do then. */
export interface Turn {
  readonly session: Session;
  /** Absent where the reply waits for octets that belong to the command, or for the check of a password. */
  readonly reply?: Reply;
  readonly then?: Then;
  /** What MAIL and RCPT were decided by, as far as it came to a decision. */
  readonly because?: Ground;
}

/** The decision behind a reply, for whoever explains it. */
export type Ground =
  | { readonly kind: 'security'; readonly decision: InboundDecision }
  | { readonly kind: 'sender'; readonly decision: SenderDecision; readonly permissions: Permissions }
  | { readonly kind: 'relay'; readonly decision: RelayDecision };

/** A session that has heard nothing yet. */
export const newSession: Session = {
  phase: 'connected',
  clientName: '',
  protocolErrors: 0,
  logonFailures: 0,
};

/** Ends the mail transaction and keeps what EHLO has brought. */
export function withoutTransaction(session: Session): Session {
  const { transaction: _, ...rest } = session;
  return { ...rest, phase: session.phase === 'connected' ? 'connected' : 'ready' };
}
