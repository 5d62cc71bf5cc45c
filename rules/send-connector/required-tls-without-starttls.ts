import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector requires TLS and ignores STARTTLS.',
  why: `TLS begins with STARTTLS. A connector that requires the one and ignores the other could send nothing, and the cmdlet
    refuses it.`,
  sources: ['EXCH New-SendConnector -RequireTLS', 'EXCH New-SendConnector -IgnoreSTARTTLS', 'RFC 3207 §4'],

  check({ topology, report }) {
    for (const { name, requireTLS, ignoreSTARTTLS } of topology.sendConnectors) {
      if (!requireTLS.value || !ignoreSTARTTLS.value) continue;
      report({
        at: ignoreSTARTTLS.at,
        message: `Send connector "${name.value}" requires TLS, but ignores STARTTLS.`,
        related: [{ at: requireTLS.at, note: 'TLS is required' }],
        help: 'Set ignoreSTARTTLS: false.',
        fix: { description: 'Heed STARTTLS.', edits: [{ at: ignoreSTARTTLS.at, text: 'false' }] },
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], requireTLS: true, ignoreSTARTTLS: false }
          To the old fax: { addressSpaces: [fax.example], ignoreSTARTTLS: true }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], requireTLS: true, ignoreSTARTTLS: true }
          #                                                                               ^^^^ requires TLS, but ignores STARTTLS
      `,
    ],
  },
};
