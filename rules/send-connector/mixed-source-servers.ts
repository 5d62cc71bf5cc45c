import { yaml, type RuleModule, type Server } from '../../src/rule-kit.ts';

function isEdge({ role }: Server): boolean {
  return role.value === 'edge';
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector has Edge servers and servers inside the organization as source servers.',
  why: `Edge servers send what they get from inside, by a configuration of their own that EdgeSync writes. So the source
    servers of one connector are either all subscribed Edge servers, or all Hub Transport or Mailbox servers.`,
  sources: ['DOC S10', 'EXCH New-SendConnector -SourceTransportServers'],

  check({ topology, report }) {
    for (const { name, sourceTransportServers, written } of topology.sendConnectors) {
      const servers = sourceTransportServers.flatMap(({ target }) => target ?? []);
      const edge = servers.find(isEdge);
      const inside = servers.find((server) => !isEdge(server));
      const list = written.find(({ key }) => key.value === 'sourceTransportServers');
      if (!edge || !inside || !list) continue;
      report({
        at: list.node.at,
        message: `Send connector "${name.value}" mixes the ${inside.role.value} server "${inside.name.value}" and the edge server "${edge.name.value}".`,
        related: servers.map((server) => ({
          at: server.role.at,
          note: `${server.name.value} is ${/^[aeiou]/.test(server.role.value) ? 'an' : 'a'} ${server.role.value} server`,
        })),
        help: 'Keep to servers of one kind, or make a second connector.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: mx1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
          EDGE2: { role: edge, fqdn: mx2.contoso.com, addresses: [192.0.2.26], subscribedTo: Munich }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [EDGE1, EDGE2] }
          Scanner cloud: { addressSpaces: [scans.example], sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: mx1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1, EDGE1] }
          #                                                         ^^^^^^^^^^^^^ mixes the mailbox server "MBX1" and the edge server "EDGE1"
      `,
    ],
  },
};
