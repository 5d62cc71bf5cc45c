import type { LogFields } from '../log.ts';
import type { MessageOutcome, MessageRefusal } from './message-intake.ts';
import { queued } from './reply.ts';
import type { Reply } from './reply.ts';
import type { SessionContext } from './session.ts';

/** What the client and the log are told about a message. */
export interface MessageReply {
  readonly reply: Reply;
  readonly event: string;
  readonly fields: LogFields;
}

/** Answers the end of a message. */
export function messageReply(outcome: MessageOutcome, context: SessionContext): MessageReply {
  const { replies, server } = context;
  switch (outcome.kind) {
    case 'queued': {
      const { envelope, internalId, size } = outcome;
      const { messageId, reversePath, recipients, origin } = envelope;
      return {
        reply: queued(server.exchangeVersion, { messageId, internalId, fqdn: server.fqdn }),
        event: 'message queued',
        fields: {
          messageId,
          internalId,
          size,
          reversePath,
          recipients: recipients.length,
          authAs: origin.authAs,
        },
      };
    }
    case 'refused':
      return {
        reply: refusal(outcome.reason, context),
        event: 'message refused',
        fields: { reason: outcome.reason },
      };
    case 'no room':
      return {
        reply: replies.insufficientResources,
        event: 'message not stored',
        fields: { error: String(outcome.cause) },
      };
  }
}

function refusal(reason: MessageRefusal, { replies }: SessionContext): Reply {
  switch (reason) {
    case 'too large':
      return replies.messageTooLarge;
    case 'header too large':
      return replies.headerTooLarge;
    case 'bare line end':
      return replies.bareLineEnd;
    case 'too many hops':
    case 'too many local hops':
      return replies.hopCountExceeded;
  }
}
