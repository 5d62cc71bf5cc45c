import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Client Access server is a source server of a Send connector.',
  why: `In Exchange 2013 a Client Access server has the Front End Transport service alone, which queues nothing; the
    Transport service that Send connectors belong to runs on Mailbox servers. The way out through Client Access servers
    is FrontendProxyEnabled.`,
  sources: ['EXCH New-SendConnector -SourceTransportServers', 'EXCH New-SendConnector -FrontendProxyEnabled'],

  check({ topology, report }) {
    for (const { name, sourceTransportServers } of topology.sendConnectors) {
      for (const { value, at, target } of sourceTransportServers) {
        if (target?.role.value !== 'clientAccess') continue;
        report({
          at,
          message: `Source server "${value}" of "${name.value}" is a Client Access server.`,
          related: [{ at: target.role.at, note: 'its role' }],
          help: 'Name Mailbox servers, and set frontendProxyEnabled where the mail shall leave through this one.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2013" }
        servers:
          CAS1: { role: clientAccess, fqdn: cas1.contoso.com, addresses: [10.0.0.21] }
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1], frontendProxyEnabled: true }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2013" }
        servers:
          CAS1: { role: clientAccess, fqdn: cas1.contoso.com, addresses: [10.0.0.21] }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [CAS1] }
          #                                                          ^^^^ "CAS1" of "Internet" is a Client Access server
      `,
    ],
  },
};
