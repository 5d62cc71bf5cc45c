import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector has no source server, and there is more than one server that it could be.',
  why: `The wizard of the document takes the server that it runs on. A file runs nowhere, so the source servers are left
    out only where the organization has exactly one transport server. Edge servers without a subscription are not part of
    the organization.`,
  sources: ['DOC S10', 'EXCH New-SendConnector -SourceTransportServers'],

  check({ topology, report }) {
    const inside = topology.servers
      .filter(
        ({ role, subscribedTo }) => role.value !== 'clientAccess' && (role.value !== 'edge' || subscribedTo),
      )
      .map(({ name }) => `"${name.value}"`);
    for (const { name, server, sourceTransportServers, written } of topology.sendConnectors) {
      if (server || sourceTransportServers.length > 0) continue;
      const list = written.find(({ key }) => key.value === 'sourceTransportServers');
      report({
        at: list?.node.at ?? name.at,
        message: `Send connector "${name.value}" has no source server, and the organization has ${inside.length === 0 ? 'no transport server' : `${inside.length} transport servers`}.`,
        help:
          inside.length === 0
            ? 'Name the Edge server that the connector lives on under "server".'
            : `Name one or more of ${inside.join(', ')} under "sourceTransportServers".`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        sendConnectors:
          Internet: { addressSpaces: ["*"] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
        sendConnectors:
          Internet: { addressSpaces: ["*"] }
        # ^^^^^^^^ has no source server, and the organization has 2 transport servers
      `,
    ],
  },
};
