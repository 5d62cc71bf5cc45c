import { serversOf, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A Send connector of Exchange 2010 announces a name that a server with the Mailbox role ignores.',
  why: `In Exchange 2010 a server that has the Hub Transport and the Mailbox role announces its own FQDN, whatever the Send
    connector says. Which roles a hub server has beside its own is in no topology. To hide internal names there, take the
    right ms-Exch-Send-Headers-Routing away.`,
  sources: ['EXCH New-SendConnector -Fqdn'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const { name, fqdn } = connector;
      if (!fqdn) continue;
      const server = serversOf(connector).find(
        ({ role, version, fqdn: own }) =>
          role.value === 'hub' &&
          version.value === '2010' &&
          own.value.toLowerCase() !== fqdn.value.toLowerCase(),
      );
      if (!server) continue;
      report({
        at: fqdn.at,
        message: `Send connector "${name.value}" announces "${fqdn.value}", unless "${server.name.value}" has the Mailbox role as well.`,
        related: [{ at: server.fqdn.at, note: 'the name that it would announce' }],
        help: 'Send through servers that have the Hub Transport role alone, if the name matters.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers: { HT01: { role: hub, fqdn: ht01.contoso.com, addresses: [10.0.0.11] } }
        sendConnectors:
          Internet: { addressSpaces: ["*"], fqdn: ht01.contoso.com }
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        sendConnectors:
          Internet: { addressSpaces: ["*"], fqdn: mail.contoso.com }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers: { HT01: { role: hub, fqdn: ht01.contoso.com, addresses: [10.0.0.11] } }
        sendConnectors:
          Internet: { addressSpaces: ["*"], fqdn: mail.contoso.com }
          #                                       ^^^^^^^^^^^^^^^^ unless "HT01" has the Mailbox role as well
      `,
    ],
  },
};
