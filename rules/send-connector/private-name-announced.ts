import {
  announcedName,
  parseSmtpDomain,
  serversOf,
  yaml,
  type RuleModule,
  type SendConnector,
} from '../../src/rule-kit.ts';

/** Top-level domains that the public DNS does not have. */
const privateTops: readonly string[] = [
  'corp',
  'home',
  'internal',
  'intern',
  'intranet',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'private',
];

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Send connector announces to the Internet a name that the Internet cannot look up.',
  why: `Many mail servers look up the name in EHLO and refuse mail from a client whose name does not exist. Without fqdn on
    the connector, Exchange announces the server's own name, which in many Active Directory domains ends in .local.`,
  sources: ['EXCH New-SendConnector -Fqdn', 'RFC 5321 §4.1.4', 'RFC 6762 §3', 'RFC 6761 §6.3'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      if (!connector.enabled.value || !leadsOutside(connector)) continue;
      for (const server of serversOf(connector)) {
        const name = announcedName(connector, server);
        const labels = parseSmtpDomain(name)?.labels ?? [];
        const isPrivate = labels.length === 1 || privateTops.includes(labels.at(-1) ?? '');
        if (!isPrivate) continue;
        report({
          at: connector.fqdn?.at ?? connector.name.at,
          message: `Send connector "${connector.name.value}" announces "${name}" to the Internet, which is no public name.`,
          related: connector.fqdn ? [] : [{ at: server.fqdn.at, note: `the FQDN of ${server.name.value}` }],
          help: 'Set fqdn to a name that the public DNS has, such as that of your MX.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.local, addresses: [10.0.0.11] } }
        sendConnectors:
          Internet: { addressSpaces: ["*"], fqdn: mail.contoso.com }
          To the branch: { addressSpaces: [branch.example], smartHosts: [10.1.0.9] }
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.local, addresses: [10.0.0.11] } }
        sendConnectors:
          Internet: { addressSpaces: ["*"] }
        # ^^^^^^^^ announces "mbx1.contoso.local" to the Internet
          To Fabrikam: { addressSpaces: [fabrikam.com], fqdn: mail.lan }
          #                                                   ^^^^^^^^ announces "mail.lan" to the Internet
      `,
    ],
  },
};

/** A smart host may well be inside, and knows its clients. */
function leadsOutside({ dnsRoutingEnabled, smartHosts, addressSpaces }: SendConnector): boolean {
  return (
    dnsRoutingEnabled.value &&
    smartHosts.length === 0 &&
    addressSpaces.some(({ parsed }) => parsed?.kind === 'smtp' && !isPrivateSpace(parsed.text))
  );
}

function isPrivateSpace(space: string): boolean {
  return privateTops.some((top) => space.replace(/;\d+$/, '').toLowerCase().endsWith(`.${top}`));
}
