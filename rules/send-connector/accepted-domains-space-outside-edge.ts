import { serversOf, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector that does not lead inwards from an Edge server has the address space "--".',
  why: `"--" stands for all accepted domains of the organization. It is how an Edge server finds the way inwards, and only
    a Send connector whose source servers are Edge servers can have it: inside, it would send the organization's own
    mail out again.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
    'EXCH New-SendConnector -AddressSpaces',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const inside = serversOf(connector).find(({ role }) => role.value !== 'edge');
      if (!inside) continue;
      for (const { value, parsed, at } of connector.addressSpaces) {
        if (parsed?.kind !== 'accepted-domains') continue;
        report({
          at,
          message: `Address space "${value}" of "${connector.name.value}" is for Edge servers, and "${inside.name.value}" is none.`,
          related: [{ at: inside.role.at, note: `${inside.name.value} is of the role ${inside.role.value}` }],
          help: 'Name the domains that the connector is for.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        sendConnectors:
          Inwards: { server: EDGE01, addressSpaces: ["--"], smartHosts: [10.0.0.11] }
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        sendConnectors:
          Inwards: { sourceTransportServers: [HUB01], addressSpaces: ["--"], smartHosts: [10.0.0.12] }
          #                                                           ^^^^ is for Edge servers, and "HUB01" is none
      `,
    ],
  },
};
