import { sameName, yaml, type RuleModule, type ServerRole } from '../../src/rule-kit.ts';

/** Says why a server has no such service to choose; undefined where it has. */
function faultOf(role: ServerRole, transportRole: string): readonly [says: string, help: string] | undefined {
  if (role === 'edge')
    return ['has one transport service alone, and no transportRole', 'Remove transportRole.'];
  if (role !== 'clientAccess' || !sameName(transportRole, 'HubTransport')) return undefined;
  return ['has only the Front End Transport service', 'Write FrontendTransport.'];
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'The transport role of a Receive connector is none that its server has.',
  why: `From Exchange 2013 on a Mailbox server has two services that listen, and TransportRole chooses one. An Edge server has
    Transport alone, and the parameter cannot be used there; a Client Access server of 2013 has Front End Transport alone.`,
  sources: [
    'EXCH New-ReceiveConnector -TransportRole',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],

  check({ topology, report }) {
    for (const { name, server, written } of topology.receiveConnectors) {
      const parameter = written.find(({ key }) => key.value === 'transportRole');
      if (!server.target || parameter?.node.kind !== 'scalar' || parameter.node.value === null) continue;
      const { role } = server.target;
      const fault = faultOf(role.value, parameter.node.text);
      if (!fault) continue;
      const [says, help] = fault;
      report({
        at: parameter.node.at,
        message: `Receive connector "${name.value}" is of ${parameter.node.text}, and "${server.target.name.value}" ${says}.`,
        related: [{ at: role.at, note: 'its role' }],
        help,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          CAS1: { role: clientAccess, exchangeVersion: "2013", fqdn: cas1.contoso.com, addresses: [10.0.0.21] }
        receiveConnectors:
          MBX1\\Relay: { transportRole: HubTransport, bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
          CAS1\\Relay: { transportRole: FrontendTransport, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.8.0/24] }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
          CAS1: { role: clientAccess, exchangeVersion: "2013", fqdn: cas1.contoso.com, addresses: [10.0.0.21] }
        receiveConnectors:
          EDGE1\\Fabrikam: { transportRole: FrontendTransport, bindings: ["0.0.0.0:25"], remoteIPRanges: [198.51.100.7] }
          #                                ^^^^^^^^^^^^^^^^^ "EDGE1" has one transport service alone
          CAS1\\Relay: { transportRole: HubTransport, bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
          #                            ^^^^^^^^^^^^ "CAS1" has only the Front End Transport service
      `,
    ],
  },
};
