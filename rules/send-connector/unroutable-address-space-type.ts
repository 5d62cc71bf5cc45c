import { serversOf, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'An address space that is not SMTP stands where only SMTP can be sent.',
  why: `Edge servers send SMTP alone. Inside the organization an address space of another type, such as X400, has no MX
    record to be found by, so it needs smart hosts and dnsRoutingEnabled: false.`,
  sources: ['EXCH New-SendConnector -AddressSpaces'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const edge = serversOf(connector).find(({ role }) => role.value === 'edge');
      const { name, smartHosts, dnsRoutingEnabled } = connector;
      for (const { value, parsed, at } of connector.addressSpaces) {
        if (parsed?.kind !== 'other') continue;
        if (edge) {
          report({
            at,
            message: `Address space "${value}" of "${name.value}" is not SMTP, and Edge server "${edge.name.value}" sends nothing else.`,
            related: [{ at: edge.role.at, note: `${edge.name.value} is an edge server` }],
            help: 'Name a server inside the organization as the source server.',
          });
        } else if (smartHosts.length === 0 || dnsRoutingEnabled.value) {
          const lacks = smartHosts.length === 0 ? 'has no smart hosts' : 'routes by DNS';
          report({
            at,
            message: `Address space "${value}" of "${name.value}" is not SMTP, but the connector ${lacks}.`,
            help: 'Name the smart hosts that take such mail, and leave dnsRoutingEnabled out.',
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        sendConnectors:
          Fax:
            { sourceTransportServers: [HUB01], addressSpaces: ["FAX:*;1"], smartHosts: [fax.contoso.com] }
      `,
    ],
    bad: [
      yaml`
        servers:
          HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
        sendConnectors:
          Fax: { sourceTransportServers: [HUB01], addressSpaces: ["FAX:*;1"] }
          #                                                       ^^^^^^^^^ is not SMTP, but the connector has no smart hosts
          X.400: { sourceTransportServers: [EDGE01], addressSpaces: ["X400:c=us;a=adatum;1"], smartHosts: [10.0.0.9] }
          #                                                          ^^^^^^^^^^^^^^^^^^^^^^ Edge server "EDGE01" sends nothing else
      `,
    ],
  },
};
