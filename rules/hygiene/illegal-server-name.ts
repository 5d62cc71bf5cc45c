import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'The name of a server is none that a computer can have.',
  why: `Exchange knows a server by its computer name: letters, digits and hyphens, 63 of them at most. Every script names
    servers so, and "Server\\Name" takes a connector's identity apart at the backslash.`,
  sources: ['EXCH Get-ExchangeServer', 'RFC 1123 §2.1'],

  check({ topology, report }) {
    for (const { name } of topology.servers) {
      if (/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i.test(name.value)) continue;
      report({
        at: name.at,
        message: `The server name "${name.value}" is none that a computer can have.`,
        help: name.value.includes('.')
          ? 'Write the computer name, and the name with its domain under "fqdn".'
          : 'Keep to letters, digits and hyphens, and to 63 characters.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX-1: { role: mailbox, fqdn: mbx-1.contoso.com, addresses: [10.0.0.11] }
      `,
    ],
    bad: [
      yaml`
        servers:
          mbx1.contoso.com: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        # ^^^^^^^^^^^^^^^^ "mbx1.contoso.com" is none that a computer can have
          MBX 2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
        # ^^^^^ "MBX 2" is none that a computer can have
      `,
    ],
  },
};
