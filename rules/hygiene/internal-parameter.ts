import { writtenSettings, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A parameter is written that Microsoft reserves for itself.',
  why: `The reference lists some parameters and says no more than that they are for internal use. What they do may change with
    an update, and support does not answer for it.`,
  sources: [
    'EXCH Set-ReceiveConnector -SmtpUtf8Enabled',
    'EXCH New-ReceiveConnector -LiveCredentialEnabled',
    'EXCH Set-SendConnector -RequireOorg',
  ],

  check({ topology, report }) {
    for (const { owner, setting, written } of writtenSettings(topology)) {
      if (!setting.internal && setting.key !== 'liveCredentialEnabled') continue;
      report({
        at: written.key.at,
        message: `"${setting.key}" of ${owner} is reserved for Microsoft.`,
        help: `Remove ${setting.key}.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], eightBitMimeEnabled: true }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], smtpUtf8Enabled: false }
          #                                                                   ^^^^^^^^^^^^^^^ is reserved for Microsoft
      `,
    ],
  },
};
