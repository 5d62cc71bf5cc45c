import { writtenTrue, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Send connector has a value that only the Hybrid Configuration wizard should set.',
  why: `With cloudServicesMailEnabled, headers that are internal to Exchange leave the organization, and the connector type
    XPremises marks a connector to Exchange Online. The wizard sets both together with much else; set by hand, they give
    the receiving side headers that it should not believe.`,
  sources: [
    'EXCH New-SendConnector -CloudServicesMailEnabled',
    'EXCH New-SendConnector -ConnectorType',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const type = writtenValue(connector, 'connectorType');
      const found = [
        ['cloudServicesMailEnabled', writtenTrue(connector, 'cloudServicesMailEnabled')],
        ['connectorType', type?.value.toLowerCase() === 'xpremises' ? type : undefined],
      ] as const;
      for (const [key, value] of found) {
        if (!value) continue;
        report({
          at: value.at,
          message: `Send connector "${connector.name.value}" has ${key}: ${value.value}, which the Hybrid Configuration wizard sets.`,
          help: `Remove ${key}, and let the wizard make the connector to Exchange Online.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], cloudServicesMailEnabled: false, connectorType: Default }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          To Office 365: { addressSpaces: [contoso.example], cloudServicesMailEnabled: true, connectorType: XPremises }
          #                                                                            ^^^^ cloudServicesMailEnabled: true, which the Hybrid Configuration wizard sets
          #                                                                                                 ^^^^^^^^^ connectorType: XPremises
      `,
    ],
  },
};
