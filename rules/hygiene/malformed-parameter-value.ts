import {
  explainSetting,
  holdsIn,
  settingFaultWords,
  writtenSettings,
  yaml,
  type RuleModule,
} from '../../src/rule-kit.ts';

/** Parameters whose values other rules speak of. */
const spokenOf: readonly string[] = [
  'addressSpaces',
  'authenticationCredential',
  'bindings',
  'remoteIPRanges',
  'smartHosts',
  'sourceTransportServers',
];

export const rule: RuleModule = {
  severity: 'error',
  summary: 'The value of an Exchange parameter is none that the cmdlet takes in this version.',
  why: `The catalogue knows the type of each parameter, the words of its enumerations and the bounds of its numbers in each
    version. The cmdlets refuse what lies outside, some only after half of a script has run.`,
  sources: [
    'EXCH New-SendConnector',
    'EXCH New-ReceiveConnector',
    'EXCH Set-SendConnector',
    'EXCH Set-ReceiveConnector',
    'EXCH Set-TransportConfig',
  ],

  check({ topology, report }) {
    for (const { owner, setting, written, versions } of writtenSettings(topology)) {
      const version = versions.find(({ value }) => holdsIn(value, setting))?.value;
      if (version === undefined || spokenOf.includes(setting.key)) continue;
      for (const fault of explainSetting(setting, version, written.node)) {
        // The former is parameter-not-in-version's; a wildcard in a list of domains is a fault of Domain Security.
        if (fault.kind === 'word-of-other-version') continue;
        if (setting.type === 'SmtpDomain' && setting.list && fault.text.includes('*')) continue;
        const { says, help } = settingFaultWords(fault, setting, version);
        const value = fault.text === '' ? 'is' : `is "${fault.text}", which is`;
        report({ at: fault.at, message: `"${setting.key}" of ${owner} ${value} ${says}.`, help });
      }
    }
  },

  examples: {
    good: [
      yaml`
        transportConfig: { maxSendSize: 25 MB, maxReceiveSize: unlimited, tlsSendDomainSecureList: [] }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], port: 25, connectionInactivityTimeOut: 10m, requireTLS: true }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.0/24], authMechanism: [tls], banner: null }
      `,
    ],
    bad: [
      yaml`
        transportConfig: { maxSendSize: 25 Megs }
        #                               ^^^^^^^ "maxSendSize" of "transportConfig" is "25 Megs", which is no size
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], port: 70000, tlsDomain: "mail fabrikam" }
          #                                                ^^^^^ which is more than 65535
          #                                                                  ^^^^^^^^^^^^^^^ which is no domain
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:26"]
            remoteIPRanges: [10.0.8.0/24]
            authMechanism: [Tls, BasicAuthRequiresTLS]
            #                    ^^^^^^^^^^^^^^^^^^^^ which is no value that Exchange knows
            chunkingEnabled: maybe
            #                ^^^^^ which is neither true nor false
          MBX1\\Scanners:
            bindings: ["0.0.0.0:27"]
            remoteIPRanges: [10.0.9.0/24]
            connectionTimeout: 2d
            #                  ^^ which is more than 1.00:00:00
            permissionGroups: []
            #                 ^^ is empty
      `,
    ],
  },
};
