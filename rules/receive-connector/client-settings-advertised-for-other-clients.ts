import { writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A Receive connector that is not for mail clients is shown to users as their SMTP server.',
  why: `AdvertiseClientSettings puts server name, port and authentication of a connector into the options of Outlook on the
    web, for users who set up a mail program. It is meant for a connector of the usage client, on port 587.`,
  sources: ['EXCH New-ReceiveConnector -AdvertiseClientSettings'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, usage, bindings } = connector;
      const advertised = writtenTrue(connector, 'advertiseClientSettings');
      if (!advertised || usage.value === 'client' || bindings.some(({ parsed }) => parsed?.port === 587))
        continue;
      report({
        at: advertised.at,
        message: `Users are shown Receive connector "${name.value}" for their mail programs, and it is of the usage "${usage.value}".`,
        help: 'Advertise the connector on port 587 instead.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Clients:
            usage: client
            bindings: ["0.0.0.0:2587"]
            remoteIPRanges: [10.0.0.0/8]
            advertiseClientSettings: true
          MBX1\\Client Frontend MBX1:
            bindings: ["0.0.0.0:587"]
            remoteIPRanges: [10.0.0.0/8]
            advertiseClientSettings: true
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], advertiseClientSettings: true }
          #                                                                                               ^^^^ it is of the usage "custom"
      `,
    ],
  },
};
