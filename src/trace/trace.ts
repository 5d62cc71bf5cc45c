import { traceRoute, startServer, type RouteStep } from './route.ts';
import type { Scenario } from './scenario.ts';
import { traceSession, type Envelope, type RecipientAnswer, type SessionTrace } from './session.ts';
import { inDialect, type World } from './world.ts';

/** What the client is told, in the end. */
export type Verdict =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'rejected';
      readonly reply: string;
      /** Absent where it goes for all recipients. */
      readonly recipients?: readonly string[];
    };

/** One recipient: what the client was told about it, and the way of the message from there. */
export interface RecipientTrace {
  readonly recipient: string;
  readonly answer?: RecipientAnswer;
  /** Absent where it was refused. */
  readonly route?: readonly RouteStep[];
}

/** What happens to a message, and why. */
export interface Trace {
  readonly scenario: Scenario;
  readonly verdict: Verdict;
  /** Absent where the message began in a queue. */
  readonly session?: SessionTrace;
  readonly recipients: readonly RecipientTrace[];
}

/** Answers what happens to a message in a topology, by the transport's own decisions. */
export async function trace(silent: World, scenario: Scenario): Promise<Trace> {
  const { from = '', to, size, start, dialect } = scenario;
  const world = inDialect(silent, dialect);
  if (start.kind === 'queue') {
    const server = startServer(world, start.server);
    const recipients: RecipientTrace[] = [];
    for (const recipient of to) {
      const route = await traceRoute(world, server, { reversePath: from, forwardPath: recipient, size });
      recipients.push({ recipient, route });
    }
    return { scenario, verdict: verdictOfRoutes(recipients), recipients };
  }
  const session = await traceSession(world, start.session, scenario, async (extensions) =>
    envelopeOf(scenario, extensions),
  );
  const recipients: RecipientTrace[] = [];
  for (const answer of session.recipients) {
    const { recipient, forwardPath } = answer;
    const isTaken = answer.refusal === undefined && forwardPath !== undefined;
    const mail = { reversePath: from, forwardPath: forwardPath ?? '', size };
    const route = isTaken ? await traceRoute(world, session.server, mail) : undefined;
    recipients.push({ recipient, answer, ...(route && { route }) });
  }
  return { scenario, verdict: verdictOfSession(session), session, recipients };
}

/** A client says what it knows as far as the server wants to hear it. */
function envelopeOf({ from = '', to, size }: Scenario, extensions: ReadonlyMap<string, string>): Envelope {
  const isAscii = /^[\u0000-\u007f]*$/.test([from, ...to].join(''));
  const parameters = [
    ...(size > 0 && extensions.has('SIZE') ? [`SIZE=${size}`] : []),
    ...(!isAscii && extensions.has('SMTPUTF8') ? ['SMTPUTF8'] : []),
  ];
  return {
    kind: 'commands',
    mail: [`MAIL FROM:<${from}>`, ...parameters].join(' '),
    rcpt: to.map((recipient) => `RCPT TO:<${recipient}>`),
  };
}

function verdictOfSession({ refusal, recipients }: SessionTrace): Verdict {
  if (refusal !== undefined) return { kind: 'rejected', reply: refusal.reply };
  const refused = recipients.filter((one) => one.refusal !== undefined);
  const [first] = refused;
  if (first?.refusal === undefined) return { kind: 'accepted' };
  return {
    kind: 'rejected',
    reply: first.refusal.reply,
    recipients: refused.map(({ recipient }) => recipient),
  };
}

/** Without a session nobody is told anything; what counts is whether the message has somewhere to go. */
function verdictOfRoutes(recipients: readonly RecipientTrace[]): Verdict {
  const refused = recipients.flatMap(({ recipient, route }) => {
    const reply = replyOf(route?.at(-1));
    return reply === undefined ? [] : [{ recipient, reply }];
  });
  const [first] = refused;
  if (first === undefined) return { kind: 'accepted' };
  return {
    kind: 'rejected',
    reply: first.reply,
    ...(refused.length < recipients.length && { recipients: refused.map(({ recipient }) => recipient) }),
  };
}

function replyOf(step: RouteStep | undefined): string | undefined {
  switch (step?.end.kind) {
    case 'waits':
    case 'returned':
    case 'goes round':
      return step.end.reply;
    default:
      return undefined;
  }
}
