import { holdsIn, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A Send connector leaves its maximum message size to a default on which the documents disagree.',
  why: `From 2013 on the reference of the cmdlet says 25 MB, the page on Send connectors 35 MB (and no limit for the usage
    Internal), and the page on limits 10 MB. A connector whose limit is too low is passed over, and the message takes
    another connector or is returned. Written out, the limit is the same everywhere.`,
  sources: [
    'EXCH New-SendConnector -MaxMessageSize',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/message-size-limits',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const version = connector.server?.target?.version ?? topology.organization.exchangeVersion;
      if (!holdsIn(version.value, { since: '2013' }) || writtenValue(connector, 'maxMessageSize')) continue;
      report({
        at: connector.name.at,
        message: `Send connector "${connector.name.value}" has no maxMessageSize, and the documents of Exchange ${version.value} disagree on the default.`,
        help: 'Write maxMessageSize, such as 25MB.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], maxMessageSize: 25MB }
          To the branch: { usage: internal, addressSpaces: [branch.example], smartHosts: [10.1.0.9], maxMessageSize: unlimited }
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com] }
        # ^^^^^^^^^^^ has no maxMessageSize, and the documents of Exchange 2016 disagree on the default
      `,
    ],
  },
};
