import { writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector without smart hosts says how to log on to them, or on which port they listen.',
  why: `smartHostAuthMechanism holds only with smart hosts and without DNS routing, and the cmdlet refuses it elsewhere. A
    port counts for smart hosts alone: mail that is routed by DNS goes to port 25, whatever port is written.`,
  sources: ['DOC S9.8', 'EXCH New-SendConnector -SmartHostAuthMechanism', 'EXCH New-SendConnector -Port'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const { name, smartHosts, smartHostAuthMechanism: mechanism } = connector;
      if (smartHosts.length > 0) continue;
      if (mechanism.value !== 'None') {
        report({
          at: mechanism.at,
          message: `Send connector "${name.value}" has the logon "${mechanism.value}", and no smart host to log on to.`,
          help: 'Name the smart hosts, or remove smartHostAuthMechanism.',
        });
      }
      const port = writtenValue(connector, 'port');
      if (port && Number(port.value) !== 25) {
        report({
          at: port.at,
          message: `Send connector "${name.value}" has port ${port.value}, and no smart host that it could be of.`,
          help: 'Name the smart hosts, or remove "port".',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Filter:
            addressSpaces: ["*"]
            smartHosts: [smtp.filter.example]
            smartHostAuthMechanism: ExternalAuthoritative
            port: 587
          By MX: { addressSpaces: [fabrikam.com], smartHostAuthMechanism: None, port: 25 }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          By MX:
            addressSpaces: [fabrikam.com]
            smartHostAuthMechanism: ExternalAuthoritative
            #                       ^^^^^^^^^^^^^^^^^^^^^ has the logon "ExternalAuthoritative", and no smart host
            port: 587
            #     ^^^ has port 587, and no smart host
      `,
    ],
  },
};
