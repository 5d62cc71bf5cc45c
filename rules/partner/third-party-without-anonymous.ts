import { grants, yaml, type ReceiveConnector, type RuleModule } from '../../src/rule-kit.ts';

const submit = 'ms-Exch-SMTP-Submit';

export const rule: RuleModule = {
  severity: 'error',
  summary: "A third party's Receive connector grants nothing to anyone whom the third party can be.",
  why: `A third party has no account here, so to Exchange it is an anonymous client, unless Domain Security makes a
    partner of it. A connector whose groups hold neither answers MAIL with "530 5.7.57 Client was not authenticated"
    and takes nothing.`,
  sources: ['DOC R16', 'EXCH New-ReceiveConnector -PermissionGroups'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, partner, permissionGroups } = connector;
      if (!partner || grants(connector, 'at connect', submit)) continue;
      const { value: isDomainSecure } = connector.domainSecureEnabled;
      if (isDomainSecure && grants(connector, 'partner', submit)) continue;
      if (takesLogons(connector) && grants(connector, 'user', submit)) continue;
      report({
        at: permissionGroups.at,
        message: `Receive connector "${name.value}" grants "${permissionGroups.value.join(', ') || 'None'}", and partner "${partner.value}" can be none of these.`,
        help: `Add AnonymousUsers${isDomainSecure ? ' and Partners' : ''} to permissionGroups.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            { server: HUB01, partner: fabrikam, bindings: ["192.0.2.11:25"], permissionGroups: [AnonymousUsers] }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            server: HUB01
            partner: fabrikam
            bindings: ["192.0.2.11:25"]
            permissionGroups: [Partners]
            domainSecureEnabled: true
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            server: HUB01
            partner: fabrikam
            bindings: ["192.0.2.11:25"]
            permissionGroups: [Partners]
            #                 ^^^^^^^^^^ partner "fabrikam" can be none of these
      `,
    ],
  },
};

/** A partner may have been given an account; Basic and Windows logon are the ways to use it. */
function takesLogons({ authMechanism }: ReceiveConnector): boolean {
  return authMechanism.value.includes('BasicAuth') || authMechanism.value.includes('Integrated');
}
