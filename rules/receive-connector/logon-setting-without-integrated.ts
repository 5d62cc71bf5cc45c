import { authOf, sameName, writtenTrue, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A setting for Windows logon stands on a Receive connector that offers no Windows logon.',
  why: `EnableAuthGSSAPI adds Kerberos to the Windows logon that Integrated offers, and ExtendedProtectionPolicy guards it.
    Without Integrated in authMechanism neither does anything.`,
  sources: [
    'EXCH New-ReceiveConnector -EnableAuthGSSAPI',
    'EXCH New-ReceiveConnector -ExtendedProtectionPolicy',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      if (authOf(connector).includes('Integrated')) continue;
      const policy = writtenValue(connector, 'extendedProtectionPolicy');
      const settings = [
        { key: 'enableAuthGSSAPI', setting: writtenTrue(connector, 'enableAuthGSSAPI') },
        {
          key: 'extendedProtectionPolicy',
          setting: policy && !sameName(policy.value, 'None') ? policy : undefined,
        },
      ];
      for (const { key, setting } of settings) {
        if (!setting) continue;
        report({
          at: setting.at,
          message: `"${key}" does nothing on Receive connector "${connector.name.value}", for its authMechanism lacks "Integrated".`,
          help: `Add Integrated to authMechanism, or remove ${key}.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Clients: { usage: client, bindings: ["0.0.0.0:2587"], remoteIPRanges: [10.0.0.0/8], enableAuthGSSAPI: true }
          MBX1\\Client Frontend MBX1:
            bindings: ["0.0.0.0:587"]
            remoteIPRanges: [10.0.0.0/8]
            extendedProtectionPolicy: Allow
          MBX1\\Printers: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], extendedProtectionPolicy: none }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:26"]
            remoteIPRanges: [10.0.8.7]
            enableAuthGSSAPI: true
            #                 ^^^^ "enableAuthGSSAPI" does nothing
            extendedProtectionPolicy: Require
            #                         ^^^^^^^ lacks "Integrated"
      `,
    ],
  },
};
