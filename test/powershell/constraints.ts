/** The documented refusals that the fake Exchange enforces, each with a call that it refuses and one beside it that it takes. */
import assert from 'node:assert/strict';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import { everything, planOf } from '../support/exchange-scripts.ts';
import type { Host } from './engine.ts';
import { inFolder, type Check } from './lane.ts';
import { placesIn, type Place } from './place.ts';
import { copyOf, drop, makeWorld, runText, type World } from './world.ts';

interface Refusal {
  readonly id: string;
  readonly version?: ExchangeVersion;
  readonly on?: 'inside' | 'edge' | 'subscribed edge';
  readonly refused: string;
  /** What the refusal says; the id where it is left out. */
  readonly says?: RegExp;
  readonly taken?: string;
}

const receive =
  "New-ReceiveConnector -Name 'x' -Usage Custom -Bindings '127.0.0.1:2599' -RemoteIPRanges '10.1.1.1'";
const send = "New-SendConnector -Name 'x' -Usage Custom -AddressSpaces 'x.example'";
const host = "-DNSRoutingEnabled $false -SmartHosts 'mx.example'";
const value = /VALUE/;
const missing = /parameter cannot be found|parameter name|NamedParameter/i;
const sender = (more: string): string => `${send} ${more}`;
const receiver = (more: string): string => `${receive} ${more}`;
const credential =
  "-AuthenticationCredential (New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList 'u', (New-Object -TypeName System.Security.SecureString))";
const newReceive = (usage: string, more: string): string =>
  `New-ReceiveConnector -Name 'x' -Usage ${usage} ${more}`;
const bindings = "-Bindings '127.0.0.1:2599'";
const ranges = "-RemoteIPRanges '10.1.1.1'";

const refusals: readonly Refusal[] = [
  {
    id: 'NAME-01',
    refused: receiver('-AuthenticationMechanism Tls'),
    says: missing,
    taken: receiver('-AuthMechanism Tls'),
  },
  {
    id: 'NAME-07',
    version: '2010',
    refused: "Set-TransportConfig -MaxDumpsterSizePerStorageGroup '1MB'",
    says: missing,
    taken: "Set-TransportConfig -MaxDumpsterSizePerDatabase '1MB'",
  },
  { id: 'NAME-10', version: '2010', refused: "Import-ExchangeCertificate -Path 'x'", says: missing },
  {
    id: 'NAME-14',
    version: '2007',
    refused: sender('-RequireTLS $true -TlsAuthLevel EncryptionOnly'),
    says: missing,
    taken: sender('-RequireTLS $true'),
  },
  {
    id: 'NAME-15',
    version: '2010',
    refused: receiver("-TlsCertificateName '<I>CN=a<S>CN=b'"),
    says: missing,
    taken: receiver(''),
  },
  {
    id: 'NAME-16',
    version: '2010',
    refused: receiver('-TransportRole FrontendTransport'),
    says: missing,
    taken: receiver(''),
  },
  {
    id: 'NAME-17',
    version: '2007',
    refused: receiver('-SuppressXAnonymousTls $true'),
    says: missing,
    taken: receiver(''),
  },
  {
    id: 'NAME-18',
    version: '2013',
    refused: receiver("-AuthTarpitInterval '00:00:05'"),
    says: missing,
    taken: receiver("-TarpitInterval '00:00:05'"),
  },
  {
    id: 'NAME-19',
    version: '2013',
    refused: sender('-IsCoexistenceConnector $true'),
    says: missing,
    taken: sender(''),
  },
  {
    id: 'NAME-20',
    refused: receiver('-BareLinefeedRejectionEnabled $true'),
    says: missing,
    taken: `${receiver('-ErrorAction Stop')}; Set-ReceiveConnector -Identity 'x' -BareLinefeedRejectionEnabled $true`,
  },
  {
    id: 'NAME-21',
    refused: "Set-ReceiveConnector -Identity 'Stranger' -Server 'HUB01'",
    says: missing,
    taken: "Set-ReceiveConnector -Identity 'Stranger' -Comment 'x'",
  },
  { id: 'RC-001', refused: receiver('-Internet'), taken: receiver('') },
  { id: 'RC-002', refused: newReceive('Else', `${bindings} ${ranges}`) },
  {
    id: 'RC-003',
    refused: newReceive('Custom', bindings),
    taken: newReceive('Custom', `${bindings} ${ranges}`),
  },
  {
    id: 'RC-004',
    refused: newReceive('Partner', bindings),
    taken: newReceive('Partner', `${bindings} ${ranges}`),
  },
  { id: 'RC-005', refused: newReceive('Internet', ranges), taken: newReceive('Internet', bindings) },
  {
    id: 'RC-006',
    refused: newReceive('Internal', "-Bindings '127.0.0.1:2599'"),
    taken: newReceive('Internal', `${ranges} ${bindings}`),
  },
  {
    id: 'RC-009',
    on: 'edge',
    refused: newReceive('Client', `${ranges} ${bindings}`),
    taken: newReceive('Custom', `${ranges} ${bindings}`),
  },
  { id: 'RC-013', refused: receive.replace("'x'", "'Stranger'"), taken: receive },
  {
    id: 'RC-013',
    refused: receive.replace("'x'", `'${'x'.repeat(65)}'`),
    taken: receive.replace("'x'", `'${'x'.repeat(64)}'`),
  },
  {
    id: 'RC-015',
    refused: "Get-ReceiveConnector -Identity 'Stranger' -Server 'HUB01'",
    taken: "Get-ReceiveConnector -Server 'HUB01'",
  },
  {
    id: 'RC-020',
    refused: receive.replace(':2599', ''),
    says: value,
    taken: receive.replace('127.0.0.1', '[::1]'),
  },
  {
    id: 'RC-023',
    refused: receive.replace(':2599', ':9925').replace('10.1.1.1', '127.0.0.1'),
    taken: receive.replace(':2599', ':9925'),
  },
  {
    id: 'RC-024',
    refused: `${receive.replace(':2599', ':9925')} -TransportRole HubTransport`,
    taken: receiver('-TransportRole HubTransport'),
  },
  {
    id: 'RC-030',
    refused: receive.replace('10.1.1.1', 'mx.example'),
    says: value,
    taken: receive.replace('10.1.1.1', '2001:db8::/32'),
  },
  {
    id: 'RC-031',
    refused: `${receiver('-ErrorAction Stop').replace('10.1.1.1', '10.1.1.1-10.1.1.9')}; ${receive.replace("'x'", "'y'").replace('10.1.1.1', '10.1.1.5-10.1.1.12')}`,
    taken: `${receiver('-ErrorAction Stop').replace('10.1.1.1', '10.1.1.1-10.1.1.9')}; ${receive.replace("'x'", "'y'").replace('10.1.1.1', '10.1.1.5-10.1.1.6')}`,
  },
  {
    id: 'RC-040',
    refused: receiver("-AuthMechanism 'Kerberos'"),
    says: value,
    taken: receiver("-AuthMechanism 'Integrated'"),
  },
  {
    id: 'RC-041',
    refused: receiver("-AuthMechanism 'None','Tls'"),
    taken: receiver("-AuthMechanism 'None'"),
  },
  {
    id: 'RC-042',
    refused: receiver("-AuthMechanism 'BasicAuthRequireTLS','Tls'"),
    taken: receiver("-AuthMechanism 'BasicAuthRequireTLS','BasicAuth','Tls'"),
  },
  {
    id: 'RC-043',
    refused: receiver(
      "-AuthMechanism 'ExternalAuthoritative','Integrated' -PermissionGroups ExchangeServers",
    ),
    taken: receiver("-AuthMechanism 'ExternalAuthoritative','Tls' -PermissionGroups ExchangeServers"),
  },
  {
    id: 'RC-044',
    refused: receiver("-AuthMechanism 'ExternalAuthoritative' -PermissionGroups AnonymousUsers"),
    taken: receiver("-AuthMechanism 'ExternalAuthoritative' -PermissionGroups ExchangeServers"),
  },
  {
    id: 'RC-045',
    refused: receiver("-AuthMechanism 'None' -RequireTLS $true"),
    taken: receiver("-AuthMechanism 'Tls' -RequireTLS $true"),
  },
  {
    id: 'RC-046',
    refused: receiver("-AuthMechanism 'None' -DomainSecureEnabled $true"),
    taken: receiver("-AuthMechanism 'Tls' -DomainSecureEnabled $true"),
  },
  {
    id: 'RC-047',
    refused: receiver(
      "-AuthMechanism 'Tls','ExternalAuthoritative' -PermissionGroups ExchangeServers -DomainSecureEnabled $true",
    ),
  },
  {
    id: 'RC-051',
    refused: receiver("-AuthMechanism 'Tls','ExchangeServer' -Fqdn 'mail.example'"),
    taken: receiver("-AuthMechanism 'Tls','ExchangeServer' -Fqdn 'hub01.contoso.com'"),
  },
  {
    id: 'RC-058',
    refused: receiver("-TlsCertificateName 'CN=a'"),
    says: value,
    taken: receiver("-TlsCertificateName '<I>CN=a<S>CN=b'"),
  },
  {
    id: 'RC-060',
    refused: receiver("-PermissionGroups 'Everyone'"),
    says: value,
    taken: receiver("-PermissionGroups 'ExchangeUsers','Partners'"),
  },
  {
    id: 'RC-062',
    on: 'edge',
    refused: receiver("-PermissionGroups 'ExchangeLegacyServers'"),
    taken: receiver("-PermissionGroups 'ExchangeServers'"),
  },
  { id: 'RC-064', on: 'edge', refused: receiver('-TransportRole FrontendTransport'), taken: receiver('') },
  {
    id: 'RC-070',
    refused: receiver('-BinaryMimeEnabled $true -ChunkingEnabled $false'),
    taken: receiver('-BinaryMimeEnabled $false -ChunkingEnabled $false'),
  },
  {
    id: 'RC-071',
    refused: receiver("-ConnectionInactivityTimeout '00:05:00' -ConnectionTimeout '00:05:00'"),
    taken: receiver("-ConnectionInactivityTimeout '00:04:59' -ConnectionTimeout '00:05:00'"),
  },
  {
    id: 'RC-072',
    refused: receiver("-ConnectionTimeout '1.00:00:01'"),
    says: value,
    taken: receiver("-ConnectionTimeout '1.00:00:00'"),
  },
  {
    id: 'RC-073',
    version: '2010',
    refused: receiver("-TarpitInterval '00:10:01'"),
    says: value,
    taken: receiver("-TarpitInterval '00:10:00'"),
  },
  {
    id: 'RC-075',
    refused: receiver("-MaxMessageSize 'unlimited'"),
    says: value,
    taken: receiver("-MaxMessageSize '64KB'"),
  },
  {
    id: 'RC-076',
    refused: receiver("-MaxHeaderSize '0B'"),
    says: value,
    taken: receiver("-MaxHeaderSize '1B'"),
  },
  { id: 'RC-077', refused: receiver('-MaxHopCount 501'), says: value, taken: receiver('-MaxHopCount 500') },
  {
    id: 'RC-078',
    refused: receiver('-MaxLocalHopCount 51'),
    says: value,
    taken: receiver('-MaxLocalHopCount 0'),
  },
  {
    id: 'RC-079',
    refused: receiver('-MaxInboundConnection 0'),
    says: value,
    taken: receiver("-MaxInboundConnection 'unlimited'"),
  },
  {
    id: 'RC-080',
    refused: receiver('-MaxInboundConnectionPerSource 10001'),
    says: value,
    taken: receiver('-MaxInboundConnectionPerSource 10000'),
  },
  {
    id: 'RC-081',
    refused: receiver('-MaxInboundConnectionPercentagePerSource 101'),
    says: value,
    taken: receiver('-MaxInboundConnectionPercentagePerSource 100'),
  },
  {
    id: 'RC-082',
    refused: receiver('-MaxLogonFailures 11'),
    says: value,
    taken: receiver('-MaxLogonFailures 10'),
  },
  {
    id: 'RC-083',
    refused: receiver('-MaxProtocolErrors 2147483648'),
    says: value,
    taken: receiver("-MaxProtocolErrors 'unlimited'"),
  },
  {
    id: 'RC-084',
    refused: receiver('-MaxRecipientsPerMessage 512001'),
    says: value,
    taken: receiver('-MaxRecipientsPerMessage 512000'),
  },
  {
    id: 'RC-085',
    refused: receiver('-MessageRateLimit 0'),
    says: value,
    taken: receiver("-MessageRateLimit 'unlimited'"),
  },
  {
    id: 'RC-086',
    refused: receiver("-MessageRateSource 'Else'"),
    says: value,
    taken: receiver("-MessageRateSource 'User'"),
  },
  {
    id: 'RC-087',
    refused: receiver("-SizeEnabled 'Else'"),
    says: value,
    taken: receiver("-SizeEnabled 'EnabledWithoutValue'"),
  },
  {
    id: 'RC-088',
    refused: receiver("-ProtocolLoggingLevel 'Else'"),
    says: value,
    taken: receiver("-ProtocolLoggingLevel 'Verbose'"),
  },
  { id: 'RC-089', refused: receiver("-Banner 'hello'"), taken: receiver("-Banner '220 hello'") },
  {
    id: 'RC-090',
    on: 'edge',
    refused: receiver('-LongAddressesEnabled $true'),
    taken: receiver('-LongAddressesEnabled $false'),
  },
  {
    id: 'RC-054',
    refused: receiver('-SuppressXAnonymousTls $true'),
    taken: `Set-TransportService -Identity 'HUB01' -UseDowngradedExchangeServerAuth $true -ErrorAction Stop; ${receiver('-SuppressXAnonymousTls $true')}`,
  },
  {
    id: 'RC-093',
    refused: receiver("-DefaultDomain 'nobody.example'"),
    taken: receiver("-DefaultDomain 'other.example'"),
  },
  {
    id: 'RC-093',
    refused: `New-AcceptedDomain -Name 'Its name' -DomainName 'named.example' -ErrorAction Stop; ${receiver("-DefaultDomain 'named.example'")}`,
    taken: `New-AcceptedDomain -Name 'Its name' -DomainName 'named.example' -ErrorAction Stop; ${receiver("-DefaultDomain 'Its name'")}`,
  },
  {
    id: 'RC-097',
    refused: receiver("-TarpitInterval '7 seconds'"),
    says: value,
    taken: receiver("-TarpitInterval '0.00:00:07'"),
  },
  {
    id: 'RC-098',
    refused: "Remove-ReceiveConnector -Identity 'Stranger'",
    says: /not interactive|confirm/i,
    taken: "Remove-ReceiveConnector -Identity 'Stranger' -Confirm:$false",
  },
  { id: 'SC-001', refused: "New-SendConnector -Name 'x' -Usage Custom", taken: send },
  { id: 'SC-002', refused: sender('-Internet'), taken: sender('') },
  {
    id: 'SC-005',
    refused: send.replace('x.example', 'x.example;101'),
    says: value,
    taken: send.replace('x.example', 'x.example;100'),
  },
  {
    id: 'SC-006',
    refused: send.replace('x.example', '*contoso.com'),
    says: value,
    taken: send.replace('x.example', '*.contoso.com'),
  },
  { id: 'SC-008', refused: send.replace('x.example', '--') },
  {
    id: 'SC-008',
    on: 'edge',
    refused: send.replace('x.example', 'a b'),
    says: value,
    taken: send.replace('x.example', '--'),
  },
  {
    id: 'SC-009',
    on: 'edge',
    refused: `${send.replace('x.example', 'X400:c=us;a=b;1')} ${host}`,
    taken: sender(host),
  },
  {
    id: 'SC-010',
    refused: send.replace('x.example', 'X400:c=us;a=b;1'),
    taken: `${send.replace('x.example', 'X400:c=us;a=b;1')} ${host}`,
  },
  { id: 'SC-012', refused: sender("-SmartHosts 'mx.example'"), taken: sender(host) },
  { id: 'SC-013', refused: sender('-DNSRoutingEnabled $false'), taken: sender(host) },
  {
    id: 'SC-014',
    refused: sender("-DNSRoutingEnabled $false -SmartHosts 'mx'"),
    says: value,
    taken: sender("-DNSRoutingEnabled $false -SmartHosts '192.0.2.9'"),
  },
  {
    id: 'SC-016',
    refused: sender(`${host} -SmartHostAuthMechanism 'Tls'`),
    says: value,
    taken: sender(`${host} -SmartHostAuthMechanism 'ExternalAuthoritative'`),
  },
  {
    id: 'SC-017',
    refused: sender(`-SmartHostAuthMechanism 'BasicAuth' ${credential}`),
    taken: sender(`${host} -SmartHostAuthMechanism 'BasicAuth' ${credential}`),
  },
  {
    id: 'SC-018',
    refused: sender(`${host} -SmartHostAuthMechanism 'BasicAuth'`),
    taken: sender(`${host} -SmartHostAuthMechanism 'BasicAuth' ${credential}`),
  },
  { id: 'SC-020', refused: sender('-Port 65536'), says: value, taken: sender('-Port 65535') },
  {
    id: 'SC-021',
    refused: sender('-RequireTLS $true -IgnoreSTARTTLS $true'),
    taken: sender('-RequireTLS $true'),
  },
  {
    id: 'SC-022',
    refused: sender("-RequireTLS $true -TlsAuthLevel 'Else'"),
    says: value,
    taken: sender("-RequireTLS $true -TlsAuthLevel 'CertificateValidation'"),
  },
  {
    id: 'SC-023',
    refused: sender("-TlsAuthLevel 'CertificateValidation'"),
    taken: sender("-RequireTLS $true -TlsAuthLevel 'CertificateValidation'"),
  },
  {
    id: 'SC-024',
    refused: sender("-TlsDomain 'x.example'"),
    taken: sender("-RequireTLS $true -TlsAuthLevel 'DomainValidation' -TlsDomain 'x.example'"),
  },
  {
    id: 'SC-025',
    refused: sender(`${host} -RequireTLS $true -TlsAuthLevel 'DomainValidation'`),
    taken: sender("-RequireTLS $true -TlsAuthLevel 'DomainValidation'"),
  },
  {
    id: 'SC-033',
    refused: sender("-MaxMessageSize '3GB'"),
    says: value,
    taken: sender("-MaxMessageSize 'unlimited'"),
  },
  { id: 'SC-035', refused: sender("-SourceIPAddress '10.0.0.11'") },
  {
    id: 'SC-036',
    on: 'edge',
    refused: sender("-SourceTransportServers 'EDGE02'"),
    taken: sender("-SourceIPAddress '192.0.2.26'"),
  },
  {
    id: 'SC-036',
    refused: sender("-SourceTransportServers 'EDGE02'"),
    taken: sender("-SourceTransportServers 'EDGE01'"),
  },
  {
    id: 'SC-037',
    refused: sender("-SourceTransportServers 'HUB01','EDGE01'"),
    taken: sender("-SourceTransportServers 'HUB01'"),
  },
  {
    id: 'SC-042',
    version: '2010',
    refused: sender("-ErrorPolicies 'UpgradeCustomFailures'"),
    says: value,
    taken: sender("-ErrorPolicies 'DowngradeAuthFailures'"),
  },
  {
    id: 'SC-043',
    refused: sender("-ConnectionInactivityTimeOut '00:00:00'"),
    says: value,
    taken: sender("-ConnectionInactivityTimeOut '00:00:01'"),
  },
  {
    id: 'SC-047',
    refused: sender("-ProtocolLoggingLevel 'Else'"),
    says: value,
    taken: sender("-ProtocolLoggingLevel 'Verbose'"),
  },
  {
    id: 'SC-050',
    refused: sender("-TlsCertificateName 'CN=a'"),
    says: value,
    taken: sender("-TlsCertificateName '<I>CN=a<S>CN=b'"),
  },
  {
    id: 'TC-001',
    refused: "Set-TransportConfig -TLSSendDomainSecureList '@x'",
    says: value,
    taken: "Set-TransportConfig -TLSSendDomainSecureList 'a.example','b.example'",
  },
  { id: 'TC-002', refused: "Set-TransportConfig -TLSSendDomainSecureList '*.x.example'", says: value },
  {
    id: 'TC-009',
    refused: 'Set-TransportConfig -MaxRecipientEnvelopeLimit 2147483648',
    says: value,
    taken: "Set-TransportConfig -MaxRecipientEnvelopeLimit 'unlimited'",
  },
  {
    id: 'TC-013',
    version: '2007',
    refused: 'Set-TransportConfig -HeaderPromotionModeSetting MustCreate',
    says: value,
    taken: 'Set-TransportConfig -HeaderPromotionModeSetting MayCreate',
  },
  {
    id: 'TC-014',
    refused: 'Set-TransportConfig -DSNConversionMode Else',
    says: value,
    taken: 'Set-TransportConfig -DSNConversionMode DoNotConvert',
  },
  {
    id: 'TC-015',
    refused: "Set-TransportConfig -ExternalDsnMaxMessageAttachSize '3GB'",
    says: value,
    taken: "Set-TransportConfig -ExternalDsnMaxMessageAttachSize '1GB'",
  },
  {
    id: 'TC-016',
    refused: "Set-TransportConfig -ShadowHeartbeatFrequency '00:00:00'",
    says: value,
    taken: "Set-TransportConfig -ShadowHeartbeatFrequency '00:00:01'",
  },
  {
    id: 'CE-001',
    version: '2007',
    refused: "Get-ExchangeCertificate -Server 'HUB01'",
    says: missing,
    taken: 'Get-ExchangeCertificate',
  },
  {
    id: 'CE-004',
    refused: "New-ExchangeCertificate -GenerateRequest -Services SMTP -DomainName 'x.example'",
    taken: "New-ExchangeCertificate -GenerateRequest -DomainName 'x.example'",
  },
  {
    id: 'CE-005',
    refused: 'New-ExchangeCertificate -GenerateRequest -KeySize 512',
    taken: 'New-ExchangeCertificate -GenerateRequest -KeySize 2048',
  },
  {
    id: 'CE-006',
    refused: `New-ExchangeCertificate -GenerateRequest -FriendlyName '${'x'.repeat(64)}'`,
    taken: `New-ExchangeCertificate -GenerateRequest -FriendlyName '${'x'.repeat(63)}'`,
  },
  { id: 'CE-016', refused: "Import-ExchangeCertificate -FileData ([byte[]](1,2)) -Password 'secret'" },
  {
    id: 'CE-019',
    refused:
      'Remove-ExchangeCertificate -Thumbprint ([string]@(Get-ExchangeCertificate)[0].Thumbprint) -Confirm:$false',
  },
  {
    id: 'AD-001',
    refused: "New-AcceptedDomain -Name 'x' -DomainName 'a.*.example'",
    taken: "New-AcceptedDomain -Name 'x' -DomainName '*.a.example'",
  },
  {
    id: 'AD-002',
    refused: "New-AcceptedDomain -Name 'x' -DomainName 'a.example' -DomainType Else",
    taken: "New-AcceptedDomain -Name 'x' -DomainName 'a.example' -DomainType ExternalRelay",
  },
  {
    id: 'AD-003',
    refused: "New-AcceptedDomain -Name 'other.example' -DomainName 'a.example'",
    taken: "New-AcceptedDomain -Name 'x' -DomainName 'a.example'",
  },
  {
    id: 'AD-004',
    refused: "Set-AcceptedDomain -Identity 'other.example' -DomainName 'a.example'",
    says: missing,
    taken: "Set-AcceptedDomain -Identity 'other.example' -DomainType Authoritative",
  },
  {
    id: 'AP-001',
    refused:
      "Add-ADPermission -Identity 'Stranger' -User 'a' -Owner 'b' -ExtendedRights 'ms-Exch-SMTP-Submit'",
    taken: "Add-ADPermission -Identity 'Stranger' -User 'a' -ExtendedRights 'ms-Exch-SMTP-Submit'",
  },
  {
    id: 'GEN-01',
    on: 'edge',
    refused: "Get-ReceiveConnector -DomainController 'dc1'",
    taken: 'Get-ReceiveConnector',
  },
  {
    id: 'ED-011',
    version: '2007',
    refused: 'Start-EdgeSynchronization -ForceFullSync',
    says: missing,
    taken: 'Start-EdgeSynchronization',
  },
  {
    id: 'subscribed Edge',
    on: 'subscribed edge',
    refused: send,
    says: /subscription disables/,
    taken: receive,
  },
];

/** Checks that the fake refuses what the documents say, and takes what lies beside it. */
export async function checkConstraints(host: Host, check: Check): Promise<number> {
  const worlds = new Map<string, { readonly world: World; readonly place: Place }>();
  const at = async (
    version: ExchangeVersion,
    on: string,
  ): Promise<{ readonly world: World; readonly place: Place }> => {
    const known = worlds.get(`${version} ${on}`);
    if (known !== undefined) return known;
    const text = everything(version, version < '2013' ? 'hub' : 'mailbox');
    const made = await inFolder(async (folder) => {
      const places = await placesIn(planOf(text), text, folder, 'constraints');
      const server = { inside: 'HUB01', edge: 'EDGE02', 'subscribed edge': 'EDGE01' }[on];
      const place = places.find(
        ({ shell, at: { place: where } }) => shell.name === server && where.kind === 'server',
      );
      assert.ok(place);
      return { place, world: await makeWorld(host, place, text) };
    });
    worlds.set(`${version} ${on}`, made);
    return made;
  };
  for (const { id, version = '2019', on = 'inside', refused, taken, says } of refusals) {
    const { world, place } = await at(version, on);
    const attempt = async (text: string): Promise<string | null> => {
      const copy = await copyOf(world);
      const { failure, lines } = await runText(copy, place, `${text} -ErrorAction Stop`);
      await drop(copy);
      return failure ?? lines.find((line) => line.startsWith('error:')) ?? null;
    };
    const failure = await attempt(refused);
    check(`constraint ${id}: ${refused}`, () =>
      assert.match(failure ?? 'it is taken', says ?? new RegExp(`${id}:`)),
    );
    if (taken === undefined) continue;
    const fine = await attempt(taken);
    check(`constraint ${id} allows: ${taken}`, () => assert.equal(fine, null));
  }
  return new Set(refusals.map(({ id }) => id)).size;
}
