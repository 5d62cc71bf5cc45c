import { isProtocolError } from './reply.ts';
import type { Replies, Reply } from './reply.ts';
import type { Session, SessionContext, Turn } from './session.ts';
import { takeResponse } from './verb-auth.ts';
import type { Exchange } from './verb-auth.ts';
import { verbs } from './verbs.ts';

/**
 * Answers one command line, given without its CR LF and without control characters. Does no I/O and never throws.
 * Source: RFC 5321 §4.1.4 (order of commands).
 */
export function takeCommand(session: Session, line: string, context: SessionContext): Turn {
  const blank = line.indexOf(' ');
  const name = blank === -1 ? line : line.slice(0, blank);
  const verb = name.length <= 16 ? verbs.get(name.toUpperCase()) : undefined;
  const argument = blank === -1 ? '' : line.slice(blank + 1).trim();
  const { replies } = context;
  if (verb === undefined) return countError({ session, reply: replies.unknownCommand }, context);
  if (!verb.phases.includes(session.phase)) {
    const { reply, then } = verb.outOfPlace?.(session, argument, context) ?? {
      reply: outOfPlace(session, replies),
    };
    return countError({ session, reply, ...(then && { then }) }, context);
  }
  return countError(verb.run(session, argument, context), context);
}

function outOfPlace(session: Session, replies: Replies): Reply {
  return session.phase === 'connected' ? replies.sendHelloFirst : replies.badSequence;
}

/** Answers a response of a logon. */
export function answerResponse(
  session: Session,
  exchange: Exchange,
  line: string,
  context: SessionContext,
): Turn {
  return countError(takeResponse(session, exchange, line, context), context);
}

/** Answers a line that is no command at all. */
export function refuseLine(session: Session, reply: Reply, context: SessionContext): Turn {
  return countError({ session, reply }, context);
}

/** Counts what the client does wrong; beyond the limit the connection ends. Source: EXCH New-ReceiveConnector -MaxProtocolErrors. */
function countError(turn: Turn, context: SessionContext): Turn {
  if (turn.reply === undefined || !isProtocolError(turn.reply)) return turn;
  const protocolErrors = turn.session.protocolErrors + 1;
  const { maxProtocolErrors } = context.connector.limits;
  const session = { ...turn.session, protocolErrors };
  if (maxProtocolErrors === 'unlimited' || protocolErrors <= maxProtocolErrors) return { ...turn, session };
  return { session, reply: context.replies.tooManyErrors, then: { kind: 'close' } };
}
