import {
  holdsIn,
  unreachable,
  versionLacks,
  yaml,
  type RuleModule,
  type VersionLack,
} from '../../src/rule-kit.ts';

function factOf({ kind, owner, key, value, version }: VersionLack): string {
  switch (kind) {
    case 'parameter':
      return `"${key}" of ${owner} does not exist in Exchange ${version.value}`;
    case 'value':
    case 'service':
      return `"${key}" of ${owner} has "${value}", which Exchange ${version.value} does not know`;
    case 'role':
      return `${owner} is of the role "${value}", which carries no mail in Exchange ${version.value}`;
    default:
      return unreachable(kind);
  }
}

function nearestVersion({ known, version }: VersionLack): string {
  const { since, until } = known;
  return until !== undefined && !holdsIn(version.value, { until })
    ? `Exchange ${until} is the last version that has it`
    : `Exchange ${since ?? version.value} is the first version that has it`;
}

function helpFor({ kind, key, value, version }: VersionLack): string {
  if (kind === 'role')
    return `Write "role: ${holdsIn(version.value, { until: '2010' }) ? 'hub' : 'mailbox'}".`;
  return kind === 'value'
    ? 'Write a value that this version knows.'
    : `Remove "${kind === 'service' ? value : key}".`;
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A parameter, a value or a role does not exist in the version of Exchange.',
  why: `The cmdlets of a version refuse parameters and values that they do not know, and a script that stops halfway leaves
    a connector half made. Where servers of several versions are together, each counts for the connectors that it has.`,
  sources: [
    'EXCH New-SendConnector',
    'EXCH New-ReceiveConnector',
    'EXCH Set-TransportConfig',
    'EXCH Enable-ExchangeCertificate -Services',
  ],

  check({ topology, report }) {
    for (const lack of versionLacks(topology)) {
      const { at, version } = lack;
      report({
        at,
        message: `${factOf(lack)}; ${nearestVersion(lack)}.`,
        related: [{ at: version.at, note: `Exchange ${version.value}` }],
        help: helpFor(lack),
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers:
          HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.11] }
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.12], exchangeVersion: "2016" }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [HUB1], tlsAuthLevel: EncryptionOnly }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.0/24], transportRole: HubTransport }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers:
          HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.11] }
          MBX1: { role: hub, fqdn: mbx1.contoso.com, addresses: [10.0.0.12], exchangeVersion: "2016" }
          #             ^^^ "hub", which carries no mail in Exchange 2016; Exchange 2010 is the last version that has it
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [HUB1], tlsCertificateName: <I>CN=A<S>CN=B }
          #                                                                          ^^^^^^^^^^^^^^^^^^ does not exist in Exchange 2010; Exchange 2013 is the first
          Relay: { addressSpaces: ["*"], sourceTransportServers: [MBX1], isCoexistenceConnector: true }
          #                                                              ^^^^^^^^^^^^^^^^^^^^^^ Exchange 2010 is the last version that has it
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2007" }
        servers:
          HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.11] }
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [HUB1], services: [SMTP, Federation] }
          #                                                                                                    ^^^^^^^^^^ has "Federation", which Exchange 2007 does not know
        transportConfig: { headerPromotionModeSetting: MustCreate }
        #                                              ^^^^^^^^^^ which Exchange 2007 does not know; Exchange 2010 is the first
      `,
    ],
  },
};
