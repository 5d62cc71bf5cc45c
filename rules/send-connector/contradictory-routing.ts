import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector has smart hosts and routes by DNS, or does neither.',
  why: `Mail goes either to the MX records of its domain or to the smart hosts. The cmdlet refuses smart hosts together
    with DNS routing, and it refuses a connector without DNS routing that has no smart hosts. Where dnsRoutingEnabled is
    left out, it follows from the smart hosts.`,
  sources: ['DOC S8', 'EXCH New-SendConnector -DNSRoutingEnabled', 'EXCH New-SendConnector -SmartHosts'],

  check({ topology, report }) {
    for (const { name, dnsRoutingEnabled, smartHosts } of topology.sendConnectors) {
      const [first] = smartHosts;
      if (dnsRoutingEnabled.source !== 'written' || dnsRoutingEnabled.value !== (first !== undefined))
        continue;
      if (first) {
        report({
          at: dnsRoutingEnabled.at,
          message: `Send connector "${name.value}" routes by DNS, but has the smart host "${first.value}".`,
          related: [{ at: first.at, note: 'the smart host' }],
          help: 'Remove the smart hosts, or set dnsRoutingEnabled: false.',
        });
      } else {
        report({
          at: dnsRoutingEnabled.at,
          message: `Send connector "${name.value}" neither routes by DNS nor has smart hosts.`,
          help: 'Name the smart hosts, or remove dnsRoutingEnabled.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          By MX: { addressSpaces: [fabrikam.com], dnsRoutingEnabled: true }
          Filter: { addressSpaces: ["*"], smartHosts: [smtp.filter.example], dnsRoutingEnabled: false }
          Archive: { addressSpaces: [archive.example], smartHosts: [192.0.2.40] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Filter: { addressSpaces: ["*"], smartHosts: [smtp.filter.example], dnsRoutingEnabled: true }
          #                                                                                     ^^^^ routes by DNS, but has the smart host "smtp.filter.example"
          By MX: { addressSpaces: [fabrikam.com], dnsRoutingEnabled: false }
          #                                                          ^^^^^ neither routes by DNS nor has smart hosts
      `,
    ],
  },
};
