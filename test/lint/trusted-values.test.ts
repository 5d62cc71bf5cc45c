/**
 * What lint lets pass can be planned: every word of a rich topology is replaced by nonsense, one at a time, and where no
 * error is found the topology must be readable to its last value.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../rules/index.ts';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { settingOf } from '../../src/exchange/cmdlets.ts';
import { lintSource } from '../../src/lint-source.ts';
import { explainConnectorName } from '../../src/mail/connector-name.ts';
import { parseIpAddress } from '../../src/mail/ip-address.ts';
import { parseDomainPattern, parseFqdn, parseSmtpDomain } from '../../src/mail/smtp-domain.ts';
import type { Topology } from '../../src/model/topology.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { PlannedParameter } from '../../src/plan/step.ts';
import type { LocatedNode, LocatedScalar } from '../../src/source/located.ts';
import { documentOf } from '../support/topology-text.ts';

const text = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
  EDGE1: { role: edge, fqdn: mx1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
  EDGE2: { role: edge, fqdn: mx2.contoso.com, addresses: [192.0.2.26], setupDefaults: removed }
certificates:
  contoso-mail:
    issuedBy: contoso-root
    domains: [mx1.contoso.com, contoso.com]
    installedOn: [EDGE1]
    services: [SMTP]
    file: certs/contoso-mail.pem
    privateKey: certs/contoso-mail.key
authorities:
  contoso-root: { file: certs/contoso-root.pem, trustedOn: [EDGE1] }
  fabrikam-root: { file: certs/fabrikam-root.pem, trustedOn: [EDGE1] }
partners:
  fabrikam:
    domains: [fabrikam.com]
    addresses: [198.51.100.0/24]
    mta: postfix
    certificate: { issuedBy: fabrikam-root, domains: [mail.fabrikam.com, fabrikam.com] }
    trusts: [contoso-root]
credentials:
  scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_CLOUD_PASSWORD } }
sendConnectors:
  To Fabrikam:
    usage: custom
    maxMessageSize: 10MB
    partner: fabrikam
    addressSpaces: [fabrikam.com]
    dnsRoutingEnabled: true
    sourceTransportServers: [EDGE1]
    domainSecureEnabled: true
    fqdn: mx1.contoso.com
  To the scanner cloud:
    addressSpaces: ["SMTP:scans.example;5"]
    smartHosts: [in.scans.example]
    smartHostAuthMechanism: BasicAuthRequireTLS
    authenticationCredential: scanner-cloud
    sourceTransportServers: [MBX1]
    requireTLS: true
    tlsAuthLevel: DomainValidation
    tlsDomain: in.scans.example
    port: 587
    maxMessageSize: 10MB
    connectionInactivityTimeOut: 00:10:00
  To the internal network:
    maxMessageSize: 10MB
    addressSpaces: [internal.example]
    server: EDGE2
receiveConnectors:
  From Fabrikam:
    server: EDGE1
    partner: fabrikam
    bindings: ["192.0.2.25:25"]
    fqdn: mx1.contoso.com
    authMechanism: [Tls]
    requireTLS: true
    domainSecureEnabled: true
    permissionGroups: [AnonymousUsers, Partners]
  MBX1\\Printers:
    bindings: ["10.0.0.11:2526"]
    remoteIPRanges: [10.0.8.0/24]
    transportRole: FrontendTransport
    permissionGroups: [AnonymousUsers]
    extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
    banner: 220 mbx1.contoso.com
    maxInboundConnection: unlimited
    maxHopCount: 30
transportConfig:
  tlsSendDomainSecureList: [fabrikam.com]
  tlsReceiveDomainSecureList: [fabrikam.com]
  maxSendSize: 10MB
  externalPostmasterAddress: postmaster@contoso.com
dns:
  fabrikam.com: { mx: [[10, mail.fabrikam.com]] }
  mail.fabrikam.com: { a: [198.51.100.10], aaaa: ["2001:db8::10"] }
delivery:
  contoso.com: { maildir: contoso.com }
rehearsal:
  listen: { "192.0.2.25:25": 127.0.0.1:2525 }
  connect: { "198.51.100.10:25": 127.0.0.1:2600 }
  clients: { 127.0.0.1: 198.51.100.10 }
lint:
  rules: { classful-remote-ip-range: warning }
`;

const nonsense: readonly string[] = [
  '""',
  'null',
  '"a b"',
  '-1',
  '99999999999',
  '1.5',
  '"*"',
  '"*.*"',
  '"a@b.example"',
  '"1.2.3.4.5"',
  '"10.0.0.0/24"',
  '"[::1"',
  '"..\\\\.."',
  '"../../x"',
  '"/x"',
  '"x;$(y)"',
  '[]',
  '{}',
];

/** Lists the keys and values of a document. */
function scalarsOf(node: LocatedNode): readonly LocatedScalar[] {
  if (node.kind === 'scalar') return [node];
  if (node.kind === 'list') return node.items.flatMap(scalarsOf);
  return node.entries.flatMap(({ key, value }) => [key, ...scalarsOf(value)]);
}

/** Lists the values of a topology that cannot be read. */
function unreadIn(topology: Topology): readonly string[] {
  const { servers, partners, certificates, sendConnectors, receiveConnectors, rehearsal } = topology;
  const { organization, dns, delivery, references } = topology;
  const written = [
    ...servers.flatMap(({ addresses }) => addresses),
    ...partners.flatMap(({ addresses }) => addresses),
    ...receiveConnectors.flatMap(({ bindings, remoteIPRanges }) => [...bindings, ...remoteIPRanges]),
    ...sendConnectors.flatMap(({ addressSpaces, smartHosts }) => [...addressSpaces, ...smartHosts]),
    ...rehearsal.listen.flatMap(({ binding, local }) => [binding, local]),
    ...rehearsal.connect.flatMap(({ remote, local }) => [remote, local]),
    ...rehearsal.clients.flatMap(({ local, address }) => [local, address]),
    ...delivery.flatMap((one) => (one.kind === 'smtp' ? [one.endpoint] : [])),
  ];
  const patterns = [
    ...organization.acceptedDomains.map(({ domain }) => domain),
    ...[...certificates, ...partners].flatMap(({ domains }) => domains),
    ...partners.flatMap(({ certificate }) => certificate?.domains ?? []),
    ...delivery.map(({ domain }) => domain),
  ];
  const domains = [
    ...servers.map(({ fqdn }) => fqdn),
    ...receiveConnectors.map(({ fqdn }) => fqdn),
    ...sendConnectors.flatMap(({ fqdn }) => fqdn ?? []),
    ...dns.flatMap(({ name, mx }) => [name, ...mx.map(({ host }) => ({ value: host }))]),
  ];
  const folders = delivery.flatMap((one) => (one.kind === 'maildir' ? [one.folder] : []));
  const empty = [
    ...receiveConnectors.filter((one) => one.bindings.length * one.remoteIPRanges.length === 0),
    ...sendConnectors.filter((one) => one.addressSpaces.length === 0),
    ...sendConnectors.filter((one) => one.sourceTransportServers.length === 0 && !one.server),
  ];
  return [
    ...written.filter(({ parsed }) => parsed === undefined),
    ...references.filter(({ found }) => !found).map(({ name }) => name),
    ...patterns.filter(({ value }) => parseDomainPattern(value) === undefined),
    ...domains.filter(({ value }) => parseSmtpDomain(value) === undefined),
    ...servers.flatMap(({ fqdn }) => (parseFqdn(fqdn.value) ? [] : [fqdn])),
    ...dns.flatMap(({ a, aaaa }) => [...a, ...aaaa]).filter(({ value }) => !parseIpAddress(value)),
    ...folders.filter(({ value }) => value === '' || /^\/|\\|(^|\/)\.\.(\/|$)/.test(value)),
    ...[...sendConnectors, ...receiveConnectors].flatMap(({ name }) =>
      explainConnectorName(name.value) ? [name] : [],
    ),
    ...empty.map(({ name }) => name),
  ].map(({ value }) => value);
}

/** Says whether a planned value is of the kind that its parameter's form asks for. */
function isOfItsForm({ key, value }: PlannedParameter): boolean {
  const setting =
    settingOf('sendConnector', key) ??
    settingOf('receiveConnector', key) ??
    settingOf('transportConfig', key);
  if (setting === undefined || setting.list || value.kind === 'null') return setting !== undefined;
  return value.kind === setting.form.replace('-limit', '');
}

const options = { rules, fileExists: () => true };

test('the topology itself is without fault', () => {
  const { topology, diagnostics } = lintSource('topology.yaml', text, options);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  assert.ok(topology);
  assert.deepEqual(unreadIn(topology), []);
});

/** Every place meets this many kinds of nonsense, its neighbour others: all would take half a minute. */
const kindsEach = 5;

for (const [index, instead] of nonsense.entries()) {
  test(`with ${instead} in place of a value, what lint lets pass can be planned`, () => {
    for (const [place, { at }] of scalarsOf(documentOf(text).root).entries()) {
      if ((place * kindsEach + nonsense.length - index) % nonsense.length >= kindsEach) continue;
      const changed = text.slice(0, at.start) + instead + text.slice(at.end);
      const { topology, diagnostics } = lintSource('topology.yaml', changed, options);
      if (topology === undefined || hasErrors(diagnostics)) continue;
      const where = `${instead} in place of ${text.slice(at.start, at.end)} at ${at.path}`;
      assert.deepEqual(unreadIn(topology), [], where);
      const parameters = makePlan(topology).steps.flatMap((step) =>
        'parameters' in step ? step.parameters : [],
      );
      const unread = parameters.filter((one) => !isOfItsForm(one)).map(({ key, value }) => [key, value]);
      assert.deepEqual(unread, [], where);
    }
  });
}
