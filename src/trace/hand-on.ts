import { commandsFor } from '../../runtime/client/transaction-commands.ts';
import type { Server } from '../../runtime/config.ts';
import { addressTowards, sameAddress } from '../../runtime/decide/address.ts';
import {
  noExchangeServerAuth,
  serverTargets,
  sessionToServer,
  whyUnusable,
  type OutboundSession,
  type ServerTarget,
} from '../../runtime/decide/outbound-session.ts';
import { decideOnCertificate, decideOnOffer, tlsReply } from '../../runtime/decide/outbound-tls.ts';
import type { SendConnector } from '../../runtime/config.ts';
import { applyErrorPolicies } from '../../runtime/queue/error-policy.ts';
import { rootsOfSender, traceDeparture, type Departure } from './departure.ts';
import { presentedAs } from './presented.ts';
import type { ClientCertificate, ClientSession } from './scenario.ts';
import { traceSession, type Envelope, type Refusal, type Request, type SessionTrace } from './session.ts';
import type { World } from './world.ts';
import type { Handing, Mail, StepEnd } from './route.ts';

export async function handOn(
  world: World,
  from: Server,
  servers: readonly Server[],
  mail: Mail,
): Promise<StepEnd> {
  const targets = serverTargets(world.config, from, servers, (equals) => equals);
  const certificate: ClientCertificate = { kind: 'server', name: from.name };
  const tried: Handing[] = [];
  for (const [at, to] of targets.entries()) {
    const session = await hop(world, from, to, sessionToServer(from), certificate, mail);
    const handing: Handing = { to, others: targets.slice(at + 1), session, passed: [...tried] };
    // A server that does not come as far as MAIL is passed over for the next one.
    if (!isEarly(session.refusal)) return afterHop(world, handing, undefined);
    tried.push(handing);
  }
  const [first] = tried;
  if (first === undefined) return { kind: 'waits', reply: noExchangeServerAuth };
  return afterHop(world, { ...first, others: [], passed: tried.slice(1) }, undefined);
}

export async function leave(
  world: World,
  from: Server,
  connector: SendConnector,
  domain: string,
  mail: Mail,
): Promise<StepEnd> {
  const unusable = whyUnusable(connector);
  if (unusable !== undefined) return { kind: 'waits', reply: unusable };
  const departure = await traceDeparture(world, from, connector, domain);
  const { resolution, destinations, shown, partner } = departure;
  if (resolution.kind !== 'hosts' && departure.unknownName === undefined) {
    const finality = applyErrorPolicies(connector.errorPolicies, resolution.kind, resolution.reply, 'DNS');
    return { kind: finality === 'put off' ? 'waits' : 'returned', reply: resolution.reply, departure };
  }
  const own = ownServerAmong(world, departure);
  if (own !== undefined) {
    const [first] = destinations;
    if (first === undefined) throw new Error('a host without a session');
    const certificate = shownTo(world, departure);
    const session = await hop(world, from, own, first.session, certificate, mail);
    return afterHop(world, { to: own, others: [], passed: [], session, departure }, first.session);
  }
  const usesTls = destinations.some(({ session }) => session.tls.level !== 'none');
  if (shown.kind === 'missing' && usesTls) return { kind: 'waits', reply: shown.reply, departure };
  const judgement = partner?.judgement;
  if (judgement?.kind === 'defer' && usesTls) return { kind: 'waits', reply: judgement.reply, departure };
  return { kind: 'leaves', departure };
}

/** What a server of ours shows on a Send connector; setup's own certificate is the one that the others know it by. */
function shownTo({ config }: World, { shown, from }: Departure): ClientCertificate | undefined {
  const chosen = shown.choice.chosen?.certificate;
  if (chosen === undefined) return undefined;
  return config.certificates.includes(chosen)
    ? { ...chosen, kind: 'declared' }
    : { kind: 'server', name: from.name };
}

/** The server of the topology that the first host is, where it is one. */
function ownServerAmong({ config }: World, { resolution, connector }: Departure): ServerTarget | undefined {
  if (resolution.kind !== 'hosts') return undefined;
  const address = resolution.hosts[0]?.addresses[0];
  if (address === undefined) return undefined;
  const server = config.servers.find(({ addresses }) => addresses.some((own) => sameAddress(own, address)));
  return server && { server, endpoint: { address, port: connector.port } };
}

/** Brings a message to a server of the topology as its sender would: greets, starts TLS as far as it is wanted, gives its commands. */
async function hop(
  world: World,
  from: Server,
  to: ServerTarget,
  outbound: OutboundSession,
  certificate: ClientCertificate | undefined,
  mail: Mail,
): Promise<SessionTrace> {
  const request: Request = { from: mail.reversePath, to: [mail.forwardPath], size: mail.size };
  const lead = (tls: ClientSession['tls']): Promise<SessionTrace> =>
    traceSession(
      world,
      {
        client:
          outbound.localAddress ?? addressTowards(from.addresses, to.endpoint.address) ?? to.endpoint.address,
        server: to.server.name,
        binding: to.endpoint,
        helo: outbound.clientName,
        greeting: outbound.greeting,
        tls,
        ...(certificate && { certificate }),
      },
      request,
      (extensions) => envelopeTo(mail, extensions),
    );
  const plain = await lead('none');
  const decision = decideOnOffer(outbound.tls, offerOf(plain));
  if (decision.kind === 'start TLS') return lead(certificate === undefined ? 'tls' : 'mutual');
  return decision.kind === 'defer' && plain.connector !== undefined ? heldBack(plain, decision.reply) : plain;
}

function offerOf({ tls, session }: SessionTrace): 'STARTTLS offered' | 'STARTTLS not offered' {
  return tls?.kind === 'offered' && session.greeting === 'EHLO' ? 'STARTTLS offered' : 'STARTTLS not offered';
}

/** A session that this side gives up, so that nobody at the other end hears of the message. */
function heldBack(session: SessionTrace, reply: string): SessionTrace {
  const refusal = { at: 'STARTTLS', reply, code: Number(reply.slice(0, 3)) } as const;
  const { transaction: _, ...rest } = session;
  return {
    ...rest,
    dialogue: session.dialogue.slice(0, 1),
    refusal,
    recipients: session.recipients.map(({ recipient }) => ({ recipient, refusal })),
  };
}

async function envelopeTo(mail: Mail, extensions: ReadonlyMap<string, string>): Promise<Envelope> {
  const isAscii = /^[\u0000-\u007f]*$/.test(mail.reversePath + mail.forwardPath);
  const envelope = {
    server: '',
    reversePath: mail.reversePath,
    recipients: [{ forwardPath: mail.forwardPath }],
    body: '7BIT',
    smtpUtf8: !isAscii,
    messageId: '',
    receivedAt: 0,
    origin: { receiveConnector: '', clientAddress: '', clientName: '', authAs: 'Anonymous', sessionId: '' },
  } as const;
  const commands = await commandsFor({ envelope, places: [0], size: mail.size }, extensions, () =>
    Promise.resolve({ has8bit: false, has8bitHeader: false, isBinary: false }),
  );
  return commands;
}

/** Says whether a reply stands before MAIL: then it is about the session and not about the message. */
function isEarly(refusal: Refusal | undefined): boolean {
  return refusal !== undefined && !['MAIL', 'RCPT', 'message'].includes(refusal.at);
}

/** Tells what a server's answer means for the message at the server that sent it. */
function afterHop(world: World, handing: Handing, outbound: OutboundSession | undefined): StepEnd {
  const { session, departure } = handing;
  const judged = outbound === undefined ? undefined : judgeServer(world, handing, outbound);
  if (judged !== undefined) return { kind: 'waits', reply: judged, handing, ...(departure && { departure }) };
  const refusal = session.refusal ?? session.recipients[0]?.refusal;
  if (refusal === undefined) return { kind: 'handed on', handing };
  const { reply, code } = refusal;
  const finality = code < 500 || isEarly(refusal) ? 'put off' : 'refused';
  const policies = departure?.connector.errorPolicies ?? [];
  const kind = applyErrorPolicies(policies, finality, reply, 'server') === 'put off' ? 'waits' : 'returned';
  return { kind, reply, handing, ...(departure && { departure }) };
}

/** Judges the certificate of a server of the topology that a Send connector leads to. */
function judgeServer(
  world: World,
  { session, departure }: Handing,
  { tls }: OutboundSession,
): string | undefined {
  if (session.tls?.kind !== 'offered' || session.session.tls === 'none' || departure === undefined)
    return undefined;
  if (departure.shown.kind === 'missing') return tlsReply.noClientCertificate;
  const { certificate } = session.tls.choice.chosen;
  const presented = presentedAs(
    { ...certificate, kind: 'declared' },
    rootsOfSender(world, departure.from),
    'server',
    world.now,
  );
  const decision = decideOnCertificate(tls, presented, world.now);
  return decision.kind === 'defer' ? decision.reply : undefined;
}
