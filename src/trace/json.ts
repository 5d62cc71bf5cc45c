import type { PlaceOf } from './pretty.ts';
import { storyOf } from './story.ts';
import type { RouteStep, StepEnd } from './route.ts';
import type { SessionTrace } from './session.ts';
import type { Trace } from './trace.ts';

/** Writes traces for programs, each with its name where it has one; the shape is a contract, and grows without changing what is there. */
export function jsonTraces(
  traces: readonly { readonly name?: string; readonly trace: Trace }[],
  placeOf: PlaceOf,
): string {
  const value = {
    version: 1,
    traces: traces.map(({ name, trace }) => ({
      ...(name !== undefined && { name }),
      ...traceValue(trace, placeOf),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A trace as a value of JSON. */
export function traceValue(trace: Trace, placeOf: PlaceOf): object {
  const { verdict, session, recipients, scenario } = trace;
  return {
    verdict: verdict.kind,
    ...(verdict.kind === 'rejected' && {
      reply: verdict.reply,
      ...(verdict.recipients && { rejectedRecipients: verdict.recipients }),
    }),
    from: scenario.from,
    ...(session && { session: sessionValue(session) }),
    recipients: recipients.map(({ recipient, answer, route }) => ({
      recipient,
      ...(answer?.refusal && { reply: answer.refusal.reply }),
      ...(route && { route: route.map(stepValue) }),
    })),
    story: storyOf(trace).map(({ title, lines }) => ({
      title,
      lines: lines.map(({ kind, text, about }) => {
        const place = about && placeOf(about);
        return { kind, text, ...(place !== undefined && { place }) };
      }),
    })),
  };
}

function sessionValue({
  session,
  server,
  connector,
  tls,
  transaction,
  context,
  dialogue,
}: SessionTrace): object {
  const permissions = transaction?.permissions ?? context?.permissionsOf(context.principal);
  return {
    client: session.client,
    server: server.name,
    binding: session.binding,
    tls: session.tls,
    ...(connector && { receiveConnector: connector.name }),
    ...(tls?.kind === 'offered' && { certificate: tls.choice.chosen.certificate.name }),
    ...(permissions && {
      principal: permissions.principal,
      rights: permissions.granted.map(({ right }) => right),
    }),
    ...(transaction?.authenticatedDomain !== undefined && {
      authenticatedDomain: transaction.authenticatedDomain,
    }),
    dialogue: dialogue.map(({ command, reply }) => ({ command, reply })),
  };
}

function stepValue({ server, decision, end }: RouteStep): object {
  const { choice } = decision;
  return {
    server: server.name,
    ...(choice?.kind === 'chosen' && { sendConnector: choice.connector.name, addressSpace: choice.space }),
    ...(choice && {
      eliminated: choice.eliminated.map(({ connector, reason }) => ({
        sendConnector: connector.name,
        reason,
      })),
    }),
    ...endValue(end),
  };
}

function endValue(end: StepEnd): object {
  switch (end.kind) {
    case 'delivered':
      return { end: end.kind, ...(end.hop.delivery && { delivery: end.hop.delivery }) };
    case 'leaves':
      return { end: end.kind, ...departureValue(end.departure) };
    case 'handed on':
      return { end: end.kind, ...handingValue(end.handing) };
    case 'goes round':
      return { end: end.kind, reply: end.reply, ...handingValue(end.handing) };
    case 'waits':
    case 'returned':
      return {
        end: end.kind,
        reply: end.reply,
        ...(end.handing && handingValue(end.handing)),
        ...(end.departure && !end.handing && departureValue(end.departure)),
      };
  }
}

function handingValue({ to, session }: Extract<StepEnd, { kind: 'handed on' }>['handing']): object {
  return { to: to.server.name, endpoint: to.endpoint, session: sessionValue(session) };
}

function departureValue({
  connector,
  destinations,
  shown,
}: Extract<StepEnd, { kind: 'leaves' }>['departure']): object {
  return {
    by: connector.dnsRoutingEnabled ? 'DNS' : 'smart hosts',
    port: connector.port,
    ...(shown.kind === 'certificate' && { certificate: shown.name }),
    destinations: destinations.map(({ host, smartHost, session, otherwise }) => ({
      ...(host && { host }),
      ...(smartHost !== undefined && { smartHost }),
      greeting: `${session.greeting} ${session.clientName}`,
      tls: { level: session.tls.level, expectedNames: session.tls.expectedNames },
      otherwise: otherwise.map(({ when, then }) => ({ when, ...then })),
    })),
  };
}
