import {
  parseTcpBinding,
  printTcpBinding,
  relateBindings,
  setupConnectorsOf,
  setupTwin,
  yaml,
  type ReceiveConnector,
  type RuleModule,
  type TcpBinding,
} from '../../src/rule-kit.ts';

/** Finds the connector of setup on the same port that is Front End Transport's. */
function frontendAt(binding: TcpBinding, { server: { target } }: ReceiveConnector): string | undefined {
  if (target?.role.value !== 'mailbox' || target.setupDefaults === 'removed') return undefined;
  return setupConnectorsOf(target).find(({ transportRole, bindings }) => {
    const theirs = bindings.flatMap((text) => parseTcpBinding(text) ?? []);
    return (
      transportRole === 'FrontendTransport' && theirs.some((one) => relateBindings(one, binding) !== 'apart')
    );
  })?.name;
}

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    "A Receive connector on a port of Front End Transport does not say that it is one of that service's.",
  why: `From Exchange 2013 on TransportRole says which of two services listens. The reference states no default, and a new
    connector has often become Transport's: two services then claim the port, and one of them does not come up at its next
    start, hours or weeks after the change.`,
  sources: [
    'EXCH New-ReceiveConnector -TransportRole',
    'https://exchangemaster.wordpress.com/2014/01/24/incorrectly-adding-new-receive-connector-breaks-exchange-2013-transport/',
    'https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/Exchange/ExchangeServer/mailflow/front-end-microsoft-exchange-transport-service-stops.md',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, bindings, written, server } = connector;
      if (written.some(({ key }) => key.value === 'transportRole') || setupTwin(connector)) continue;
      for (const { parsed, at } of bindings) {
        const frontend = parsed && frontendAt(parsed, connector);
        if (!parsed || frontend === undefined) continue;
        report({
          at,
          message: `Receive connector "${name.value}" has no transportRole and listens on ${printTcpBinding(parsed)}, where "${frontend}" of FrontendTransport listens.`,
          related: server.target
            ? [{ at: server.target.name.at, note: 'its setup made that connector' }]
            : [],
          help: 'Write transportRole: FrontendTransport.',
        });
        break;
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
        receiveConnectors:
          MBX1\\Relay: { transportRole: FrontendTransport, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
          MBX1\\Scanners: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.9.0/24] }
          MBX1\\Default Frontend MBX1: { bindings: ["0.0.0.0:25"], usage: internet }
          EDGE1\\Fabrikam: { bindings: ["0.0.0.0:25"], remoteIPRanges: [198.51.100.7] }
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526", "10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24] }
          #                                        ^^^^^^^^^^^^^^ has no transportRole and listens on 10.0.0.11:25
      `,
    ],
  },
};
