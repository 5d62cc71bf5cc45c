import { holdsIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector says how much TLS must prove, but does not require TLS.',
  why: `tlsAuthLevel tells what is checked once TLS is on. Without requireTLS: true mail would leave in clear text where TLS
    does not come about, so the level would promise what it cannot keep, and the cmdlet refuses any value of it.`,
  sources: ['EXCH New-SendConnector -TlsAuthLevel', 'EXCH New-SendConnector -RequireTLS'],

  check({ topology, report }) {
    // What 2007 lacks altogether is parameter-not-in-version's.
    if (!holdsIn(topology.organization.exchangeVersion.value, { since: '2010' })) return;
    for (const { name, requireTLS, tlsAuthLevel } of topology.sendConnectors) {
      if (!tlsAuthLevel || requireTLS.value) continue;
      report({
        at: tlsAuthLevel.at,
        message: `Send connector "${name.value}" has the level "${tlsAuthLevel.value}", but does not require TLS.`,
        related: requireTLS.source === 'written' ? [{ at: requireTLS.at, note: 'TLS is not required' }] : [],
        help: 'Set requireTLS: true.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], requireTLS: true, tlsAuthLevel: CertificateValidation }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], tlsAuthLevel: CertificateValidation }
          #                                                           ^^^^^^^^^^^^^^^^^^^^^ has the level "CertificateValidation", but does not require TLS
      `,
    ],
  },
};
