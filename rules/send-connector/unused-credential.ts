import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Send connector has credentials that it never gives to anyone.',
  why: `User name and password are sent by BasicAuth and BasicAuthRequireTLS alone. With another mechanism the smart host
    meets a client that does not log on, and refuses to relay.`,
  sources: [
    'EXCH New-SendConnector -AuthenticationCredential',
    'EXCH New-SendConnector -SmartHostAuthMechanism',
  ],

  check({ topology, report }) {
    for (const { name, smartHostAuthMechanism, authenticationCredential } of topology.sendConnectors) {
      const { value, at, source } = smartHostAuthMechanism;
      if (!authenticationCredential || value === 'BasicAuth' || value === 'BasicAuthRequireTLS') continue;
      report({
        at: authenticationCredential.at,
        message: `Send connector "${name.value}" has the credentials "${authenticationCredential.value}", and the mechanism "${value}" does not send them.`,
        related: source === 'written' ? [{ at, note: 'the mechanism' }] : [],
        help: 'Set smartHostAuthMechanism: BasicAuthRequireTLS, or remove the credentials.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        credentials: { scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } } }
        sendConnectors:
          To the scanner cloud:
            addressSpaces: [scans.example]
            smartHosts: [in.scans.example]
            smartHostAuthMechanism: BasicAuthRequireTLS
            authenticationCredential: scanner-cloud
      `,
    ],
    bad: [
      yaml`
        credentials: { scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } } }
        sendConnectors:
          To the scanner cloud:
            addressSpaces: [scans.example]
            smartHosts: [in.scans.example]
            authenticationCredential: scanner-cloud
            #                         ^^^^^^^^^^^^^ the mechanism "None" does not send them
      `,
    ],
  },
};
