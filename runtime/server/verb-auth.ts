import { holds } from '../decide/permissions.ts';
import type { LoggedOn, LogonOutcome } from '../users/logon.ts';
import type { Reply } from './reply.ts';
import type { Session, SessionContext, Turn } from './session.ts';

/** How far a client has come with its mechanism; its next line is a response and no command. */
export type Exchange =
  | { readonly mechanism: 'PLAIN' }
  /** Without a name the name comes next, with one the password. */
  | { readonly mechanism: 'LOGIN'; readonly name?: string };

/**
 * Begins a logon, with the first response where the client sends it along.
 *
 * Source: EXCH New-ReceiveConnector -AuthMechanism; RFC 4954 §4; RFC 4616 (PLAIN). Exchange offers LOGIN alone.
 */
export function auth(session: Session, argument: string, context: SessionContext): Turn {
  const { replies, users, user } = context;
  // RFC 4954 §4: once in a session.
  if (user !== undefined) return { session, reply: replies.badSequence };
  const [mechanism = '', response, ...more] = argument.split(/ +/);
  const exchange = users === undefined ? undefined : exchanges.get(mechanism.toUpperCase());
  if (exchange === undefined) return { session, reply: replies.unknownAuthentication };
  if (more.length > 0) return { session, reply: replies.invalidArguments };
  if (response !== undefined) return takeResponse(session, exchange, response, context);
  return ask(session, exchange);
}

const exchanges: ReadonlyMap<string, Exchange> = new Map<string, Exchange>([
  ['PLAIN', { mechanism: 'PLAIN' }],
  ['LOGIN', { mechanism: 'LOGIN' }],
]);

/** Takes one response of a client; `*` gives up. Source: RFC 4954 §4. */
export function takeResponse(
  session: Session,
  exchange: Exchange,
  line: string,
  { replies }: SessionContext,
): Turn {
  if (line === '*') return { session, reply: replies.authenticationCancelled };
  // RFC 4954 §4: a single `=` is an empty first response.
  const text = line === '=' ? '' : decoded(line);
  if (text === undefined) return { session, reply: replies.badResponse };
  if (exchange.mechanism === 'PLAIN') {
    const [authorization, name, password, ...more] = text.split('\0');
    const isForItself = authorization === '' || authorization === name;
    if (name === undefined || password === undefined || more.length > 0 || !isForItself)
      return { session, reply: replies.badResponse };
    return check(session, name, password);
  }
  if (text.includes('\0')) return { session, reply: replies.badResponse };
  if (exchange.name === undefined) return ask(session, { mechanism: 'LOGIN', name: text });
  return check(session, exchange.name, text);
}

/** Answers when the password has been checked. Source: EXCH New-ReceiveConnector -MaxLogonFailures. */
export function afterLogon(session: Session, outcome: LogonOutcome, context: SessionContext): Turn {
  const { replies, connector, permissionsOf } = context;
  // EXCH New-ReceiveConnector -PermissionGroups: without the right to submit, AUTH fails like MAIL.
  const maySubmit = holds(permissionsOf('user'), 'ms-Exch-SMTP-Submit');
  if (outcome.kind === 'logged on' && maySubmit) return { session, reply: replies.authenticated };
  if (outcome.kind === 'busy') return { session, reply: replies.authenticationPutOff };
  const logonFailures = session.logonFailures + 1;
  const { maxLogonFailures } = connector.limits;
  const isLast = maxLogonFailures > 0 && logonFailures >= maxLogonFailures;
  return {
    session: { ...session, logonFailures },
    reply: replies.authenticationFailed,
    ...(isLast && { then: { kind: 'close' } }),
  };
}

/** What surrounds a session once somebody has logged on. */
export function contextAfterLogon({ users: _, ...context }: SessionContext, user: LoggedOn): SessionContext {
  return { ...context, principal: 'user', user };
}

function ask(session: Session, exchange: Exchange): Turn {
  const isName = exchange.mechanism === 'LOGIN' && exchange.name === undefined;
  const text = exchange.mechanism === 'PLAIN' ? '' : isName ? 'Username:' : 'Password:';
  return { session, reply: prompt(text), then: { kind: 'read response', exchange } };
}

function check(session: Session, name: string, password: string): Turn {
  return { session, then: { kind: 'log on', name, password } };
}

/** Asks for a response; what LOGIN says here is known to every client, whatever its language. */
function prompt(text: string): Reply {
  return { code: 334, lines: [Buffer.from(text).toString('base64')] };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes base64 as RFC 4648 §4 writes it. Fails: returns undefined for anything else, and for what is not UTF-8. */
function decoded(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    return strictUtf8.decode(Buffer.from(text, 'base64'));
  } catch {
    // The decoder throws on what is not UTF-8; that is an outcome here, not a failure.
    return undefined;
  }
}
