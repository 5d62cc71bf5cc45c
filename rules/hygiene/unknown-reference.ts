import { nearest, writeMeant, yaml, type NamedReference, type RuleModule } from '../../src/rule-kit.ts';

const declaredUnder: Readonly<Record<NamedReference['kind'], string>> = {
  server: 'under "servers"',
  partner: 'under "partners"',
  certificate: 'under "certificates"',
  authority: 'under "authorities"',
  credential: 'under "credentials"',
  site: 'as "site" of a server',
};

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'A name points at a server, site, partner, certificate, authority or credential that nobody declares.',
  why: `What a name points at decides where commands run and which certificates and addresses count. Exchange looks
    names up without regard to case, and so does this rule.`,
  sources: ['EXCH New-SendConnector -SourceTransportServers', 'EXCH New-ReceiveConnector -Server'],

  check({ topology, report }) {
    for (const { kind, name, found, candidates } of topology.references) {
      if (found) continue;
      const meant = nearest(name.value, candidates);
      report({
        at: name.at,
        message: `"${name.value}" is not a declared ${kind}.`,
        help: meant === undefined ? `Declare it ${declaredUnder[kind]}.` : `Did you mean "${meant}"?`,
        ...writeMeant(name.at, meant),
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: munich }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [edge1] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          EDGE1: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: Berlin }
          #                                                                                   ^^^^^^ not a declared site
        sendConnectors:
          Fabrikam: { partner: fabrikam, sourceTransportServers: [MBX2] }
          #                                                       ^^^^ "MBX2" is not a declared server
          #                    ^^^^^^^^ "fabrikam" is not a declared partner
      `,
    ],
  },
};
