import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: "An Edge server without a subscription is a source server of the organization's connector.",
  why: `Inside the organization an Edge server is known by its Edge subscription alone; EdgeSync carries the connector to
    it. An Edge server without a subscription has its own connectors, which are made on the server itself.`,
  sources: ['DOC S10', 'DOC S1', 'EXCH New-SendConnector -SourceTransportServers'],

  check({ topology, report }) {
    for (const { name, sourceTransportServers } of topology.sendConnectors) {
      for (const { value, at, target } of sourceTransportServers) {
        if (target?.role.value !== 'edge' || target.subscribedTo) continue;
        report({
          at,
          message: `Source server "${value}" of "${name.value}" is an Edge server without a subscription.`,
          related: [{ at: target.name.at, note: 'the server, which has no subscribedTo' }],
          help: `Write "server: ${target.name.value}" in place of the source servers, or subscribe the server to a site.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: mx1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
          EDGE2: { role: edge, fqdn: mx2.contoso.com, addresses: [192.0.2.26] }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [EDGE1] }
          Fabrikam: { addressSpaces: [fabrikam.com], server: EDGE2 }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE2: { role: edge, fqdn: mx2.contoso.com, addresses: [192.0.2.26] }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [EDGE2] }
          #                                                                   ^^^^^ "EDGE2" of "Fabrikam" is an Edge server without a subscription
      `,
    ],
  },
};
