import { yaml, type RuleModule, type SendConnector } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  lock: 'locked',
  summary: 'A Send connector would give a password away, or demands a logon that cannot come about.',
  why: `BasicAuth sends user name and password as they are, so TLS must be on before: by BasicAuthRequireTLS, as the
    source document has it, or by RequireTLS. BasicAuthRequireTLS needs credentials, and a smart host by name: the
    certificate there must hold exactly the name that the connector gives, and an address is none.`,
  sources: [
    'DOC S9.8',
    'EXCH New-SendConnector -SmartHostAuthMechanism',
    'EXCH New-SendConnector -AuthenticationCredential',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const { name, smartHosts, smartHostAuthMechanism: mechanism, authenticationCredential } = connector;
      if (mechanism.value !== 'BasicAuth' && mechanism.value !== 'BasicAuthRequireTLS') continue;
      const [first] = smartHosts;
      if (!authenticationCredential) {
        report({
          at: mechanism.at,
          message: `Send connector "${name.value}" has "${mechanism.value}" and no credentials.`,
          help: 'Name an entry of credentials in authenticationCredential.',
        });
      } else if (mechanism.value === 'BasicAuth' && first && isPlain(connector)) {
        report({
          at: mechanism.at,
          message: `Send connector "${name.value}" gives the password of "${authenticationCredential.value}" to "${first.value}" even without TLS.`,
          related: [{ at: authenticationCredential.at, note: 'the credentials' }],
          help: 'Set smartHostAuthMechanism: BasicAuthRequireTLS.',
        });
      }
      if (mechanism.value !== 'BasicAuthRequireTLS') continue;
      for (const { value, parsed, at } of smartHosts) {
        if (parsed?.kind !== 'address') continue;
        report({
          at,
          message: `Send connector "${name.value}" has "BasicAuthRequireTLS", and no certificate can hold the name of smart host "${value}".`,
          related: [{ at: mechanism.at, note: 'the mechanism' }],
          help: 'Name the smart host by the FQDN that its certificate holds.',
        });
      }
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
      yaml`
        credentials: { scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } } }
        sendConnectors:
          To the scanner cloud:
            addressSpaces: [scans.example]
            smartHosts: [192.0.2.77]
            smartHostAuthMechanism: BasicAuth
            authenticationCredential: scanner-cloud
            requireTLS: true
      `,
    ],
    bad: [
      yaml`
        credentials: { scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } } }
        sendConnectors:
          To the scanner cloud:
            addressSpaces: [scans.example]
            smartHosts: [in.scans.example]
            smartHostAuthMechanism: BasicAuth
            #                       ^^^^^^^^^ gives the password of "scanner-cloud" to "in.scans.example"
            authenticationCredential: scanner-cloud
      `,
      yaml`
        sendConnectors:
          To the scanner cloud:
            addressSpaces: [scans.example]
            smartHosts: [in.scans.example]
            smartHostAuthMechanism: BasicAuthRequireTLS
            #                       ^^^^^^^^^^^^^^^^^^^ no credentials
      `,
      yaml`
        credentials: { scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } } }
        sendConnectors:
          To the scanner cloud:
            addressSpaces: [scans.example]
            smartHosts: [192.0.2.77]
            #            ^^^^^^^^^^ no certificate can hold the name of smart host "192.0.2.77"
            smartHostAuthMechanism: BasicAuthRequireTLS
            authenticationCredential: scanner-cloud
      `,
    ],
  },
};

function isPlain({ requireTLS, ignoreSTARTTLS }: SendConnector): boolean {
  return !requireTLS.value || ignoreSTARTTLS.value;
}
