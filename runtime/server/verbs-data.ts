import type { Reply } from './reply.ts';
import { underPressure } from './under-pressure.ts';
import type { Session, SessionContext, Then, Turn } from './session.ts';

/** Lets the message in. Source: RFC 5321 §4.1.1.4. */
export function data(session: Session, argument: string, context: SessionContext): Turn {
  const { replies } = context;
  if (argument !== '') return { session, reply: replies.invalidArguments };
  if (underPressure(context)) return { session, reply: replies.insufficientResources };
  return { session, reply: replies.startMailInput, then: { kind: 'read mail data' } };
}

/** Lets a chunk of the message in; its octets follow at once. Source: RFC 3030 §2. */
export function bdat(session: Session, argument: string, context: SessionContext): Turn {
  const chunk = parseChunk(argument);
  if (!context.connector.extensions.chunkingEnabled)
    return { session, reply: context.replies.unknownCommand };
  // Without its size nobody can tell where the next command begins.
  if (chunk === undefined)
    return { session, reply: context.replies.invalidArguments, then: { kind: 'close' } };
  // Once the first chunk is taken the rest is taken as well.
  if (session.phase !== 'chunks' && underPressure(context)) {
    return {
      session,
      reply: context.replies.insufficientResources,
      then: { kind: 'skip chunk', octets: chunk.octets },
    };
  }
  return { session: { ...session, phase: 'chunks' }, then: { kind: 'read chunk', ...chunk } };
}

/** Refuses a chunk outside a transaction, and has its octets read away all the same. */
export function bdatOutOfPlace(
  { phase }: Session,
  argument: string,
  { connector, replies }: SessionContext,
): { readonly reply: Reply; readonly then?: Then } {
  if (!connector.extensions.chunkingEnabled) return { reply: replies.unknownCommand };
  const chunk = parseChunk(argument);
  if (chunk === undefined) return { reply: replies.invalidArguments, then: { kind: 'close' } };
  const reply =
    phase === 'connected' ? replies.sendHelloFirst : phase === 'ready' ? replies.needMail : replies.needRcpt;
  return { reply, then: { kind: 'skip chunk', octets: chunk.octets } };
}

interface Chunk {
  readonly octets: number;
  readonly position: 'more follow' | 'last';
}

function parseChunk(argument: string): Chunk | undefined {
  const [, octets, last] = /^(\d{1,15})( +LAST)?$/i.exec(argument) ?? [];
  if (octets === undefined) return undefined;
  return { octets: Number(octets), position: last === undefined ? 'more follow' : 'last' };
}
