import {
  BindingIndex,
  parseTcpBinding,
  printTcpBinding,
  receiveConnectorsOn,
  standingSetupConnectorsOn,
  yaml,
  type RuleModule,
  type Server,
  type Span,
  type TcpBinding,
  type Topology,
} from '../../src/rule-kit.ts';

/** A binding of a connector whose transport service is known. */
interface Claim {
  readonly name: string;
  readonly role: string;
  readonly binding: TcpBinding;
  readonly at: Span;
}

function claimsOn(server: Server, topology: Topology): readonly Claim[] {
  const setup = standingSetupConnectorsOn(topology, server).flatMap(
    ({ connector: { name, transportRole: role, bindings } }) =>
      bindings.flatMap((text) => {
        const binding = parseTcpBinding(text);
        return role && binding ? [{ name, role, binding, at: server.name.at }] : [];
      }),
  );
  const declared = receiveConnectorsOn(topology, server).flatMap(({ name, bindings, written }) => {
    const node = written.find(({ key }) => key.value === 'transportRole')?.node;
    if (node?.kind !== 'scalar' || node.value === null) return [];
    const role = node.text;
    return bindings.flatMap(({ parsed, at }) =>
      parsed ? [{ name: name.value, role, binding: parsed, at }] : [],
    );
  });
  return [...setup, ...declared];
}

/** Finds the claims of different services that meet at an address and port, the earlier one first. */
function* rivalsAmong(claims: readonly Claim[]): Generator<readonly [Claim, Claim]> {
  const known = new BindingIndex<Map<string, Claim[]>>(() => new Map());
  for (const later of claims) {
    const own = later.role.toLowerCase();
    for (const byRole of known.meeting(later.binding)) {
      for (const [role, earlier] of byRole) {
        if (role !== own) for (const one of earlier) yield [one, later];
      }
    }
    for (const byRole of known.of(later.binding)) {
      const earlier = byRole.get(own);
      if (earlier) earlier.push(later);
      else byRole.set(own, [later]);
    }
  }
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Receive connectors of different transport roles share an address and port.',
  why: `From Exchange 2013 on, two services listen on a server: Front End Transport and Transport. Only one of them gets a
    port, whatever the remote ranges are; the other one fails at its next start, often long after the change. So do those
    that setup made: port 25 is the frontend's.`,
  sources: [
    'EXCH New-ReceiveConnector -TransportRole',
    'https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/Exchange/ExchangeServer/mailflow/front-end-microsoft-exchange-transport-service-stops.md',
  ],

  check({ topology, report }) {
    for (const server of topology.servers) {
      for (const [earlier, later] of rivalsAmong(claimsOn(server, topology))) {
        report({
          at: later.at,
          message: `"${later.name}" is of ${later.role} and listens on ${printTcpBinding(later.binding)}, where "${earlier.name}" of ${earlier.role} listens.`,
          related: [{ at: earlier.at, note: `"${earlier.name}"` }],
          help: `Set transportRole to ${earlier.role}, or take another port.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          MBX1\\Relay: { transportRole: FrontendTransport, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
          MBX1\\Behind: { transportRole: HubTransport, bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2013" }
        servers:
          EX1: { role: mailbox, fqdn: ex1.contoso.com, addresses: [10.0.0.11], site: Munich } # and Client Access server
          CAS2: { role: clientAccess, fqdn: cas2.contoso.com, addresses: [10.0.1.21], site: Bern }
        receiveConnectors:
          EX1\\Relay: { transportRole: FrontendTransport, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2013" }
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          CAS1: { role: clientAccess, fqdn: cas1.contoso.com, addresses: [10.0.0.21], site: munich }
        receiveConnectors:
          MBX1\\Relay: { transportRole: FrontendTransport, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
          #                                                          ^^^^^^^^^^^^ where "Default MBX1" of HubTransport listens
      `,
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          MBX1\\Relay: { transportRole: HubTransport, bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24] }
          #                                                     ^^^^^^^^^^^^^^ where "Default Frontend MBX1" of FrontendTransport listens
      `,
    ],
  },
};
