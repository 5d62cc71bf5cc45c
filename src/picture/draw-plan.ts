import type { TransportConfig } from '../../runtime/config.ts';
import type { EnsureReceiveConnector, EnsureSendConnector, Plan } from '../plan/step.ts';
import { BoxShelf } from './box-words.ts';
import { receiveLines, receiveTls, relayOn, senderOf, takesAnonymous } from './incoming.ts';
import { destinationsOf, sendLines, sendTls } from './outgoing.ts';
import { endsAt, groupsOf, organizationOf } from './own-servers.ts';
import type { Box, Line, OutsideBox, Picture, ServerGroup, TlsState } from './picture.ts';
import { sentencesOf } from './sentences.ts';

type Shown = Omit<Box, 'id'>;

interface Side {
  readonly connectors: readonly Box[];
  readonly outside: readonly Box[];
  readonly lines: readonly Line[];
}

/**
 * Makes the picture of a plan; the configuration is the transport's for the same plan, which decides on TLS and relaying.
 *
 * Connectors that are the same on several servers are one box. Of the Receive connectors that setup makes only those for
 * anonymous clients are drawn, and the others counted.
 */
export function drawPlan(plan: Plan, config: TransportConfig): Picture {
  const groups = groupsOf(plan, config);
  const incoming = drawIncoming(plan, config, groups);
  const outgoing = drawOutgoing(plan, config, groups);
  const servers = groups.flatMap((group) => [group, ...group.servers]);
  return {
    title: `Mail of ${plan.organization}`,
    sentences: [
      ...sentencesOf(
        'Receive connector',
        incoming.connectors,
        [...incoming.outside, ...servers],
        incoming.lines,
      ),
      ...sentencesOf(
        'Send connector',
        outgoing.connectors,
        [...outgoing.outside, ...servers],
        outgoing.lines,
      ),
    ],
    senders: incoming.outside,
    receiveConnectors: incoming.connectors,
    organization: organizationOf(plan),
    groups,
    sendConnectors: outgoing.connectors,
    destinations: outgoing.outside,
    lines: [...incoming.lines, ...outgoing.lines],
  };
}

function drawIncoming(plan: Plan, config: TransportConfig, groups: readonly ServerGroup[]): Side {
  const senders = new BoxShelf<Shown>('sender');
  const connectors = new BoxShelf<Shown & { readonly sender: string; readonly servers: string[] }>('receive');
  const steps = plan.steps.filter((step) => step.kind === 'receive-connector');
  for (const [index, step] of steps.entries()) {
    const connector = config.receiveConnectors[index];
    if (connector === undefined || (step.made === 'setup' && !takesAnonymous(connector))) continue;
    const partner = plan.partners.find(({ name }) => name === step.partner);
    const sender = putOutside(senders, senderOf(step, partner));
    const tls = receiveTls(connector, partner, config);
    const shown = receiveBox(step, tls, receiveLines(connector, tls, config), relayOn(connector));
    const box = connectors.put([sender, shown], () => ({ ...shown, sender, servers: [] }));
    box.value.servers.push(step.server);
  }
  return {
    outside: boxesOn(senders),
    connectors: boxesOn(connectors),
    lines: connectors
      .all()
      .flatMap(({ id, value: { sender, servers, tls = 'none', state } }) => [
        { from: sender, to: id, tls, state },
        ...endsAt(servers, groups).map((server) => ({ from: id, to: server, tls, state })),
      ]),
  };
}

function receiveBox(
  step: EnsureReceiveConnector,
  tls: TlsState,
  words: readonly string[],
  { alarm, lines }: ReturnType<typeof relayOn>,
): Shown {
  return {
    name: step.made === 'setup' ? nameWithout(step.server, step.name) : step.name,
    lines: [...words, ...lines, ...fateOf(step)],
    ...(alarm !== undefined && { alarm }),
    tls,
    state: step.enabled ? 'live' : 'disabled',
  };
}

/** Setup names a connector after its server, so that the same one has another name on each. */
function nameWithout(server: string, name: string): string {
  return name.endsWith(` ${server}`) ? name.slice(0, -server.length - 1) : name;
}

function fateOf({ made, enabled }: Pick<EnsureReceiveConnector, 'made' | 'enabled'>): readonly string[] {
  return [...(made === 'setup' ? ['made by setup'] : []), ...(enabled ? [] : ['disabled'])];
}

function drawOutgoing(plan: Plan, config: TransportConfig, groups: readonly ServerGroup[]): Side {
  const destinations = new BoxShelf<Shown>('to');
  const connectors: Box[] = [];
  const lines: Line[] = [];
  const steps = plan.steps.filter((step) => step.kind === 'send-connector');
  for (const [index, step] of steps.entries()) {
    const connector = config.sendConnectors[index];
    if (connector === undefined) continue;
    const tls = sendTls(connector, config);
    const state = step.enabled ? 'live' : 'disabled';
    const id = `send${index + 1}`;
    const words = [...sendLines(step, connector, tls, config), ...sendFateOf(step)];
    connectors.push({ id, name: step.name, lines: words, tls, state });
    for (const server of endsAt(step.sourceTransportServers, groups)) {
      lines.push({ from: server, to: id, tls, state });
    }
    for (const to of destinationsOf(step, plan)) {
      lines.push({ from: id, to: putOutside(destinations, to), tls, state });
    }
  }
  return { outside: boxesOn(destinations), connectors, lines };
}

function sendFateOf({ made, enabled }: EnsureSendConnector): readonly string[] {
  return [...(made === 'setup' ? ['made by EdgeSync'] : []), ...(enabled ? [] : ['disabled'])];
}

function putOutside(shelf: BoxShelf<Shown>, { key, name, lines }: OutsideBox): string {
  return shelf.put(key, () => ({ name, lines, state: 'live' })).id;
}

function boxesOn(shelf: BoxShelf<Shown>): readonly Box[] {
  return shelf.all().map(({ id, value: { name, lines, alarm, tls, state } }) => ({
    id,
    name,
    lines,
    ...(alarm !== undefined && { alarm }),
    ...(tls !== undefined && { tls }),
    state,
  }));
}
