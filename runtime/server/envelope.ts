import type { Envelope, Origin } from '../message.ts';
import type { Session, SessionContext, Transaction } from './session.ts';

/** Where a message comes from. */
export interface EnvelopeSource {
  readonly session: Session;
  readonly transaction: Transaction;
  readonly context: SessionContext;
  readonly sessionId: string;
  readonly tls?: Origin['tls'];
}

/** Puts together what the queue is told about a message. Source: RFC 5321 §2.3.1. */
export function envelopeOf(
  source: EnvelopeSource,
  found: Pick<Envelope, 'messageId' | 'subject' | 'receivedAt'>,
): Envelope {
  const { session, transaction, context, sessionId, tls } = source;
  const { reversePath, recipients, body, ret, envelopeId } = transaction;
  return {
    server: context.server.name,
    reversePath,
    recipients,
    body,
    smtpUtf8: transaction.smtpUtf8 === 'asked for',
    ...(ret !== undefined && { ret }),
    ...(envelopeId !== undefined && { envelopeId }),
    ...found,
    origin: {
      receiveConnector: context.connector.name,
      clientAddress: context.clientAddress,
      clientName: session.clientName,
      ...(tls && { tls }),
      authAs: authAs(transaction),
      sessionId,
    },
  };
}

/** Source: EXCH header firewall (X-MS-Exchange-Organization-AuthAs). */
function authAs({ permissions }: Transaction): Origin['authAs'] {
  switch (permissions.principal) {
    case 'anonymous':
      return 'Anonymous';
    case 'partner':
      return 'Partner';
    case 'externally secured':
    case 'user':
    case 'Exchange server':
      return 'Internal';
  }
}
