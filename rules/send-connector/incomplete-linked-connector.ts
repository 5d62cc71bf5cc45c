import {
  parseByteLimit,
  writtenValue,
  yaml,
  type RuleModule,
  type SendConnector,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector that is linked to a Receive connector lacks what such a connector must have.',
  why: `A linked connector hands all mail that one Receive connector takes to a smart host, whatever its domain. So it needs
    smart hosts, the way to log on to them, no limit of its own on the size, no DNS routing, and no address spaces; the
    cmdlet refuses anything else.`,
  sources: [
    'EXCH New-SendConnector -LinkedReceiveConnector',
    'EXCH New-SendConnector -AddressSpaces',
    'EXCH Set-SendConnector -LinkedReceiveConnector',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const link = writtenValue(connector, 'linkedReceiveConnector');
      if (!link) continue;
      for (const { key, help, fault } of demands) {
        const said = fault(connector);
        if (said === undefined) continue;
        const written = connector.written.find((one) => one.key.value === key);
        report({
          at: written?.node.at ?? link.at,
          message: `Send connector "${connector.name.value}" is linked to "${link.value}" and ${said}.`,
          related: written ? [{ at: link.at, note: 'the link' }] : [],
          help,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        sendConnectors:
          To the filter:
            linkedReceiveConnector: HUB01\\From the filter
            smartHosts: [smtp.filter.example]
            smartHostAuthMechanism: ExternalAuthoritative
            dnsRoutingEnabled: false
            maxMessageSize: unlimited
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        sendConnectors:
          To the filter:
            linkedReceiveConnector: HUB01\\From the filter
            #                       ^^^^^^^^^^^^^^^^^^^^^ and has no smartHostAuthMechanism
            addressSpaces: ["*"]
            #              ^^^^^ and has address spaces
            smartHosts: [smtp.filter.example]
            maxMessageSize: 10MB
            #               ^^^^ and has a limit on the size
      `,
    ],
  },
};

interface Demand {
  readonly key: string;
  readonly help: string;
  readonly fault: (connector: SendConnector) => string | undefined;
}

const demands: readonly Demand[] = [
  {
    key: 'addressSpaces',
    help: 'Remove addressSpaces.',
    fault: ({ addressSpaces }) => (addressSpaces.length > 0 ? 'has address spaces' : undefined),
  },
  {
    key: 'smartHosts',
    help: 'Name the smart hosts.',
    fault: ({ smartHosts }) => (smartHosts.length === 0 ? 'has no smart hosts' : undefined),
  },
  {
    key: 'smartHostAuthMechanism',
    help: 'Write smartHostAuthMechanism.',
    fault: (connector) =>
      connector.smartHostAuthMechanism.source === 'default' ? 'has no smartHostAuthMechanism' : undefined,
  },
  {
    key: 'dnsRoutingEnabled',
    help: 'Set dnsRoutingEnabled: false.',
    fault: ({ dnsRoutingEnabled }) => (dnsRoutingEnabled.value ? 'routes by DNS' : undefined),
  },
  {
    key: 'maxMessageSize',
    help: 'Set maxMessageSize: unlimited.',
    fault: (connector) => {
      const size = writtenValue(connector, 'maxMessageSize');
      if (size && parseByteLimit(size.value) === 'unlimited') return undefined;
      return size ? 'has a limit on the size' : 'does not say maxMessageSize: unlimited';
    },
  },
];
