import {
  announcedName,
  holds,
  ownHops,
  parseSmtpDomain,
  serversOf,
  sizeOfRange,
  writtenValue,
  yaml,
  type ReceiveConnector,
  type RuleModule,
  type Server,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Two servers of ours announce one name to each other.',
  why: `A server that hears its own name from the other side takes it that it is talking to itself, and mail is returned with
    "5.3.5 System incorrectly configured". Several servers may show one name to the Internet, but not to each other: the
    connectors by which they meet each announce the server's own name.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages',
    'EXCH New-SendConnector -Fqdn',
    'EXCH New-ReceiveConnector -Fqdn',
  ],

  check({ topology, report }) {
    const hops = ownHops(topology);
    if (hops.length === 0) return;
    const entrances = new Map<Server, ReceiveConnector[]>();
    for (const connector of topology.receiveConnectors) {
      const { target } = connector.server;
      if (!target || !connector.enabled.value) continue;
      const known = entrances.get(target);
      if (known) known.push(connector);
      else entrances.set(target, [connector]);
    }
    const met = new Map<string, ReceiveConnector | undefined>();
    for (const { connector, target, at } of hops) {
      const port = Number(writtenValue(connector, 'port')?.value ?? 25);
      for (const source of serversOf(connector)) {
        if (source === target) continue;
        const key = `${source.name.value}\n${target.name.value}\n${port}`;
        if (!met.has(key)) met.set(key, entranceFor(source, port, entrances.get(target) ?? []));
        const entrance = met.get(key);
        const ours = parseSmtpDomain(announcedName(connector, source))?.ascii;
        const theirs = entrance?.fqdn ?? target.fqdn;
        if (ours === undefined || parseSmtpDomain(theirs.value)?.ascii !== ours) continue;
        report({
          at: connector.fqdn?.at ?? at,
          message: `Send connector "${connector.name.value}" announces "${ours}" to "${target.name.value}", which goes by the same name.`,
          related: [{ at: theirs.at, note: 'the name on the other side' }],
          help: 'Announce the FQDN of the server itself on one of the two connectors.',
        });
        break;
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          EDGE1: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Outward: { addressSpaces: ["*"], smartHosts: [192.0.2.1], sourceTransportServers: [MBX1] }
          Internet: { server: EDGE1, addressSpaces: ["*"], fqdn: mail.contoso.com }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          EDGE1: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Outward: { addressSpaces: ["*"], smartHosts: [192.0.2.1], sourceTransportServers: [MBX1], fqdn: mail.contoso.com }
          #                                                                                               ^^^^^^^^^^^^^^^^ which goes by the same name
      `,
    ],
  },
};

/** Finds the declared connector that a server meets at a port: the one with the narrowest range that has its address. */
function entranceFor(
  source: Server,
  port: number,
  connectors: readonly ReceiveConnector[],
): ReceiveConnector | undefined {
  let best: { readonly size: bigint; readonly connector: ReceiveConnector } | undefined;
  for (const connector of connectors) {
    if (!connector.bindings.some(({ parsed }) => parsed?.port === port)) continue;
    for (const { parsed: range } of connector.remoteIPRanges) {
      const isMet = range && source.addresses.some(({ parsed }) => parsed && holds(range, parsed));
      if (isMet && (!best || sizeOfRange(range) < best.size)) best = { size: sizeOfRange(range), connector };
    }
  }
  return best?.connector;
}
