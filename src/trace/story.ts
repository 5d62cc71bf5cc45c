import type { SendConnector } from '../../runtime/config.ts';
import { unreachable } from '../base/failure.ts';
import { departureLines } from './departure-story.ts';
import { endpointText } from './endpoint-text.ts';
import { relayWords } from './ground-words.ts';
import type { RouteStep, StepEnd } from './route.ts';
import { sessionLines } from './session-story.ts';
import type { RecipientAnswer, SessionTrace } from './session.ts';
import type { Trace } from './trace.ts';

/** One thing to know about a trace; `about` is the object of the configuration that it comes from. */
export interface Line {
  /** `fact` what holds, `not` what was passed over and why, `said` what goes over the wire, `bad` what ends it. */
  readonly kind: 'fact' | 'not' | 'said' | 'bad';
  readonly text: string;
  readonly about?: object;
}

/** A part of a trace under its title. */
export interface Chapter {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Tells a trace in the order in which things happen; the verdict is not part of it. */
export function storyOf({ session, recipients, scenario }: Trace): readonly Chapter[] {
  const chapters: Chapter[] = [];
  const picked = pickedLines(scenario);
  if (session !== undefined)
    chapters.push({ title: titleOf(session), lines: [...picked, ...sessionLines(session)] });
  for (const { recipient, answer, route } of recipients) {
    const from = scenario.start.kind === 'queue' ? `, in the queue of ${scenario.start.server}` : '';
    const lines = [
      ...(session === undefined && recipients[0]?.recipient === recipient ? picked : []),
      ...(answer ? answerLines(answer) : []),
      ...(route ?? []).flatMap(stepLines),
    ];
    if (lines.length > 0) chapters.push({ title: `To ${recipient}${from}`, lines });
  }
  return chapters;
}

/** Nobody who did not say which server is to be left guessing which one is meant. */
function pickedLines({ start, serverBecause }: Trace['scenario']): readonly Line[] {
  if (serverBecause === undefined) return [];
  const server = start.kind === 'queue' ? start.server : start.session.server;
  return [{ kind: 'fact', text: `${server} is asked, for ${serverBecause}` }];
}

function titleOf({ session, server }: SessionTrace): string {
  const { client, binding, tls, certificate } = session;
  const how = { none: 'without TLS', tls: 'with TLS', mutual: 'with TLS' }[tls];
  const shown = certificate && tls === 'mutual' ? ` and ${certificateWords(certificate)}` : '';
  return `From ${client} to ${server.name} at ${endpointText(binding)}, ${how}${shown}`;
}

function certificateWords({ kind, name }: NonNullable<SessionTrace['session']['certificate']>): string {
  return kind === 'server' ? `the internal certificate of ${name}` : `the certificate "${name}"`;
}

function answerLines({ because, refusal, recipient }: RecipientAnswer): readonly Line[] {
  if (because?.kind === 'relay') {
    const kind = because.decision.kind === 'refused' ? 'bad' : 'fact';
    const words = relayWords(because.decision, recipient);
    return [{ kind, text: refusal ? `${words} -> ${refusal.reply}` : words }];
  }
  return refusal?.at === 'RCPT' ? [{ kind: 'bad', text: refusal.reply }] : [];
}

function stepLines(step: RouteStep): readonly Line[] {
  return [...choiceLines(step), ...endLines(step.end)];
}

function choiceLines({ server, decision: { choice, hop, accepted } }: RouteStep): readonly Line[] {
  const at = `at ${server.name}: `;
  const lines: Line[] = [];
  if (choice?.kind === 'chosen') {
    const { connector, space } = choice;
    const isTaken = hop.kind === 'connector' || (hop.kind === 'servers' && hop.connector === connector);
    const cost = connector.addressSpaces.find((one) => one.space === space)?.cost;
    const leading = isTaken ? '' : ', which leads outwards and is not taken for a domain of ours';
    const text = `${at}Send connector "${connector.name}", by its address space ${space}${cost === undefined ? '' : `;${cost}`}${leading}`;
    lines.push({ kind: 'fact', text, about: connector });
  } else if (choice !== undefined && accepted?.type !== 'authoritative') {
    lines.push({
      kind: 'bad',
      text: `${at}no Send connector ${choice.kind === 'none' ? 'covers the domain' : 'takes a message of this size'}`,
    });
  }
  for (const { connector, reason } of choice?.eliminated ?? [])
    lines.push({
      kind: 'not',
      text: `not "${connector.name}": ${reason}`,
      about: connector satisfies SendConnector,
    });
  return lines;
}

function endLines(end: StepEnd): readonly Line[] {
  switch (end.kind) {
    case 'delivered': {
      const { delivery, domain } = end.hop;
      const where =
        delivery === undefined
          ? `the Maildir of ${domain}`
          : delivery.kind === 'maildir'
            ? `the Maildir ${delivery.folder}`
            : `the mail store ${delivery.host}:${delivery.port}`;
      return [{ kind: 'fact', text: `delivered: into ${where}` }];
    }
    case 'leaves':
      return departureLines(end.departure);
    case 'handed on':
      return handingLines(end);
    case 'goes round':
      return [
        ...handingLines(end),
        {
          kind: 'bad',
          text: `goes round: ${end.server.name} has had it already, and in the end says ${end.reply}`,
        },
      ];
    case 'waits':
    case 'returned': {
      const what = end.kind === 'waits' ? 'waits in the queue' : 'returned to its sender';
      return [
        ...(end.handing ? handingLines(end) : end.departure ? departureLines(end.departure) : []),
        { kind: 'bad', text: `${what}: ${end.reply}` },
      ];
    }
    default:
      return unreachable(end);
  }
}

function handingLines({ handing }: Pick<Extract<StepEnd, { kind: 'waits' }>, 'handing'>): readonly Line[] {
  if (handing === undefined) return [];
  const { to, others, passed, session, departure } = handing;
  const names = others.map(({ server }) => server.name);
  const else_ = names.length === 0 ? '' : `, else ${names.join(', ')}`;
  const text = `to ${to.server.name} at ${endpointText(to.endpoint)}${else_}`;
  const inner = sessionLines(session).filter(({ kind }) => kind !== 'said' && kind !== 'not');
  const failed = passed.map((one): Line => ({
    kind: 'not',
    text: `not ${one.to.server.name}: ${one.session.refusal?.reply ?? 'it was not reached'}`,
    about: one.to.server,
  }));
  return [
    ...(departure ? departureLines(departure) : []),
    { kind: 'fact', text, about: to.server },
    ...failed,
    ...inner,
  ];
}
