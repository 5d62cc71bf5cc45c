import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary:
    'A Send connector that logs on with a password has several smart hosts, of which it uses mostly one.',
  why: `Exchange shares mail out between the smart hosts of a connector, but with BasicAuth and BasicAuthRequireTLS nearly
    all of it goes to one of them. The others still stand in when that one is down. Whoever wants the load shared gives
    one name to all of them in DNS.`,
  sources: [
    'https://learn.microsoft.com/troubleshoot/exchange/mailflow/uneven-distribution-messages-basicauth-basicauthrequiretls',
    'EXCH New-SendConnector -SmartHosts',
  ],

  check({ topology, report }) {
    for (const { name, smartHosts, smartHostAuthMechanism: mechanism } of topology.sendConnectors) {
      const [, second] = smartHosts;
      if (!second || !/^BasicAuth/.test(mechanism.value)) continue;
      report({
        at: second.at,
        message: `Send connector "${name.value}" has ${smartHosts.length} smart hosts, and with "${mechanism.value}" nearly all mail goes to one of them.`,
        related: [{ at: mechanism.at, note: 'the mechanism' }],
        help: 'Name one smart host that stands for all of them in DNS, if the load is to be shared.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Filter: { addressSpaces: ["*"], smartHosts: [a.filter.example, b.filter.example] }
          Scans:
            addressSpaces: [scans.example]
            smartHosts: [in.scans.example]
            smartHostAuthMechanism: BasicAuthRequireTLS
            authenticationCredential: scans
        credentials: { scans: { username: contoso, passwordFrom: { env: SCANS_PASSWORD } } }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Scans:
            addressSpaces: [scans.example]
            smartHosts: [a.scans.example, b.scans.example]
            #                             ^^^^^^^^^^^^^^^ nearly all mail goes to one of them
            smartHostAuthMechanism: BasicAuthRequireTLS
            authenticationCredential: scans
        credentials: { scans: { username: contoso, passwordFrom: { env: SCANS_PASSWORD } } }
      `,
    ],
  },
};
