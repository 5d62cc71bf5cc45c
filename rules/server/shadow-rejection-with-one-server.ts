import { writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Mail is refused unless a second server holds a copy, and there is no second server.',
  why: `With RejectMessageOnShadowFailure a message is taken only after another Mailbox server of the site or of the database
    group has a shadow copy. With one Mailbox server there is never one, and all mail from outside is deferred.`,
  sources: ['EXCH Set-TransportConfig -RejectMessageOnShadowFailure'],

  check({ topology, report }) {
    const rejects = writtenTrue(topology.transportConfig, 'rejectMessageOnShadowFailure');
    const [server, ...others] = topology.servers.filter(({ role }) => role.value === 'mailbox');
    if (!rejects || !server || others.length > 0) return;
    report({
      at: rejects.at,
      message: `Mail that has no shadow copy is refused, and "${server.name.value}" is the only Mailbox server.`,
      related: [{ at: server.name.at, note: 'the only one' }],
      help: 'Remove rejectMessageOnShadowFailure.',
      fix: { description: 'Take mail without a shadow copy.', edits: [{ at: rejects.at, text: 'false' }] },
    });
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
        transportConfig: { rejectMessageOnShadowFailure: true }
      `,
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        transportConfig: { rejectMessageOnShadowFailure: false }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
        transportConfig: { rejectMessageOnShadowFailure: true }
        #                                                ^^^^ "MBX1" is the only Mailbox server
      `,
    ],
  },
};
