import { grants, reachesInternet, yaml, type RuleContext, type RuleModule } from '../../src/rule-kit.ts';

const anyRecipient = 'ms-Exch-SMTP-Accept-Any-Recipient';

export const rule: RuleModule = {
  severity: 'error',
  lock: 'locked',
  summary: 'Anyone on the Internet could send mail to anyone through us.',
  why: `A client may name any recipient where it holds Accept-Any-Recipient: granted to ANONYMOUS LOGON, or by
    ExternalAuthoritative with ExchangeServers, which trusts every client by its address. Both are meant for a few
    devices, so the connector must name these and not the Internet, nor a part of it that is larger than any one
    organization. The accepted domain "*" does the same for all connectors at once: every recipient is then ours.
    Open relays are found within hours and end on block lists.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'EXCH New-ReceiveConnector -PermissionGroups',
    'EXCH New-AcceptedDomain -DomainName',
  ],

  check(context) {
    checkConnectors(context);
    checkAcceptedDomains(context);
  },

  examples: {
    good: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          Printers:
            server: HUB01
            bindings: ["10.0.0.11:25"]
            remoteIPRanges: [10.0.0.0/8, 192.168.0.0/16]
            permissionGroups: [AnonymousUsers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          From the Internet:
            { server: HUB01, usage: internet, bindings: ["10.0.0.11:25"], permissionGroups: [AnonymousUsers] }
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          Printers:
            server: HUB01
            bindings: ["10.0.0.11:25"]
            remoteIPRanges: [0.0.0.0-255.255.255.255]
            #                ^^^^^^^^^^^^^^^^^^^^^^^ relays to any recipient
            permissionGroups: [AnonymousUsers]
            extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          Applications:
            server: HUB01
            bindings: ["10.0.0.11:25"]
            remoteIPRanges: [10.0.0.0/8, 20.0.0.0]
            #                            ^^^^^^^^ relays to any recipient
            authMechanism: [ExternalAuthoritative]
            permissionGroups: [ExchangeServers]
      `,
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, "*": externalRelay }
          #                                              ^^^ makes every recipient one of ours
      `,
    ],
  },
};

function checkConnectors({ topology, report }: RuleContext): void {
  for (const connector of topology.receiveConnectors) {
    const { name, enabled, authMechanism, extendedRights, permissionGroups } = connector;
    const relays =
      grants(connector, 'at connect', 'ms-Exch-SMTP-Submit') && grants(connector, 'at connect', anyRecipient);
    if (!enabled.value || !relays) continue;
    const ranges = connector.remoteIPRanges.filter(({ parsed }) => parsed !== undefined);
    if (!reachesInternet(ranges.flatMap(({ parsed }) => parsed ?? []))) continue;
    // One wide range is the fault; where many make up the Internet together, the first one stands for all.
    const [first] = ranges;
    const wide = ranges.find(({ parsed }) => parsed && reachesInternet([parsed])) ?? first;
    if (wide === undefined) continue;
    const granted = extendedRights.find(({ rights }) =>
      rights.some(({ value }) => value.toLowerCase() === anyRecipient.toLowerCase()),
    );
    const isTrusted = authMechanism.value.includes('ExternalAuthoritative');
    const right = isTrusted ? permissionGroups.at : granted?.principal.at;
    report({
      at: wide.at,
      message: `Receive connector "${name.value}" relays to any recipient for every client from ${wide.value}, without authentication.`,
      related: right ? [{ at: right, note: 'who may relay' }] : [],
      help: 'Name the addresses of the clients that may relay, or take the right away.',
    });
  }
}

function checkAcceptedDomains({ topology, report }: RuleContext): void {
  for (const { domain } of topology.organization.acceptedDomains) {
    if (domain.value !== '*') continue;
    report({
      at: domain.at,
      message: 'Accepted domain "*" makes every recipient one of ours, so mail to any domain is relayed.',
      help: 'Name the domains that the organization takes mail for.',
    });
  }
}
