import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan, Step } from '../../src/plan/step.ts';
import { bind } from '../support/topology-text.ts';

function planOf(text: string): Plan {
  const { value } = bind(text);
  assert.ok(value);
  return makePlan(value);
}

/** A step in one line: where, what, and by whom it was made. */
function line(step: Step): string {
  const place = step.place.kind === 'organization' ? 'organization' : step.place.server;
  const name =
    'name' in step ? step.name : 'domain' in step ? step.domain : 'site' in step ? step.site : undefined;
  const made = 'made' in step && step.made === 'setup' ? ' (setup)' : '';
  return `${place}: ${step.kind}${name === undefined ? '' : ` ${name}`}${made}`;
}

const contoso = `
mailtopo: 1
organization:
  name: Contoso
  exchangeVersion: "2007"
  acceptedDomains: { contoso.com: authoritative }
servers:
  HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
certificates:
  contoso-mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE01], services: [SMTP] }
authorities:
  fabrikam-root: { trustedOn: [EDGE01] }
partners:
  fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] }
sendConnectors:
  To Fabrikam: { partner: fabrikam, sourceTransportServers: [edge01], domainSecureEnabled: true }
receiveConnectors:
  From Fabrikam:
    server: EDGE01
    partner: fabrikam
    bindings: ["192.0.2.25:25"]
    requireTLS: true
    domainSecureEnabled: true
    permissionGroups: [AnonymousUsers, Partners]
  HUB01\\Printers:
    bindings: ["10.0.0.11:2526"]
    remoteIPRanges: [10.0.8.0/24]
    permissionGroups: [AnonymousUsers]
`;

const standalone = `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: SE, acceptedDomains: { contoso.com: internalRelay } }
servers:
  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], setupDefaults: removed }
partners:
  fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.7] }
sendConnectors:
  To Fabrikam: { partner: fabrikam, domainSecureEnabled: true }
`;

const orders: readonly {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly string[];
}[] = [
  {
    title: 'what receives comes before what sends, setup stays, and a restart is last',
    text: contoso,
    steps: [
      'HUB01: receive-connector Default HUB01 (setup)',
      'HUB01: receive-connector Client HUB01 (setup)',
      'HUB01: receive-connector Printers',
      'EDGE01: authority fabrikam-root',
      'EDGE01: certificate contoso-mail',
      'EDGE01: receive-connector Default internal receive connector EDGE01 (setup)',
      'EDGE01: receive-connector From Fabrikam',
      'organization: transport-config',
      'organization: accepted-domain contoso.com',
      'organization: send-connector To Fabrikam',
      'organization: send-connector EdgeSync - Munich to Internet (setup)',
      'organization: send-connector EdgeSync - Inbound to Munich (setup)',
      'organization: edge-synchronization Munich',
      'HUB01: restart',
      'EDGE01: restart',
    ],
  },
  {
    title: 'an Edge server without subscription has all of its own',
    text: standalone,
    steps: [
      'EDGE01: accepted-domain contoso.com',
      'EDGE01: transport-config',
      'EDGE01: send-connector To Fabrikam',
      'EDGE01: restart',
    ],
  },
  {
    title: 'a connector that is declared under the name of setup takes its place',
    text: contoso
      .replace('HUB01\\Printers', 'HUB01\\default hub01')
      .replace('  To Fabrikam:', '  edgesync - munich to internet:'),
    steps: [
      'HUB01: receive-connector Client HUB01 (setup)',
      'HUB01: receive-connector default hub01',
      'EDGE01: authority fabrikam-root',
      'EDGE01: certificate contoso-mail',
      'EDGE01: receive-connector Default internal receive connector EDGE01 (setup)',
      'EDGE01: receive-connector From Fabrikam',
      'organization: transport-config',
      'organization: accepted-domain contoso.com',
      'organization: send-connector edgesync - munich to internet',
      'organization: send-connector EdgeSync - Inbound to Munich (setup)',
      'organization: edge-synchronization Munich',
      'HUB01: restart',
      'EDGE01: restart',
    ],
  },
];

for (const { title, text, steps } of orders) {
  test(`the order of a plan: ${title}`, () => {
    assert.deepEqual(planOf(text).steps.map(line), steps);
  });
}

function parametersOf(plan: Plan, name: string): ReadonlyMap<string, string> {
  const step = plan.steps.find((one) => 'parameters' in one && 'name' in one && one.name === name);
  assert.ok(step && 'parameters' in step);
  return new Map(
    step.parameters.map(({ key, value, source }) => [key, `${source} ${JSON.stringify(value)}`]),
  );
}

test('a plan has every effective value, with where it comes from', () => {
  const plan = planOf(contoso);
  const receiving = parametersOf(plan, 'From Fabrikam');
  const cases: readonly (readonly [string, string])[] = [
    ['requireTLS', 'written {"kind":"boolean","value":true}'],
    ['remoteIPRanges', 'derived {"kind":"list","items":["198.51.100.0/24"]}'],
    ['authMechanism', 'default {"kind":"enum","names":["Tls"],"multi":true}'],
    ['fqdn', 'default {"kind":"text","text":"mail.contoso.com"}'],
    ['connectionTimeout', 'default {"kind":"time-span","seconds":300}'],
    ['maxMessageSize', 'default {"kind":"size","bytes":10485760}'],
    ['messageRateLimit', 'default {"kind":"limit","value":600}'],
    ['banner', 'default {"kind":"null"}'],
  ];
  for (const [key, expected] of cases) assert.equal(receiving.get(key), expected, key);
  assert.equal(receiving.has('transportRole'), false, '2007 has no transport roles');
  const sending = parametersOf(plan, 'To Fabrikam');
  assert.equal(sending.get('addressSpaces'), 'derived {"kind":"list","items":["SMTP:fabrikam.com;1"]}');
  assert.equal(sending.get('sourceTransportServers'), 'written {"kind":"list","items":["EDGE01"]}');
});

test('parameters stand in the order of the catalogue', () => {
  const names = [...parametersOf(planOf(contoso), 'From Fabrikam').keys()];
  assert.deepEqual(names, names.toSorted());
});

test('what a connector of setup has beside the defaults is in its parameters', () => {
  const parameters = parametersOf(planOf(contoso), 'Default HUB01');
  assert.equal(parameters.get('maxRecipientsPerMessage'), 'default {"kind":"number","value":5000}');
});

test('EdgeSync sends inbound mail to the servers of the site', () => {
  const plan = planOf(contoso);
  const inbound = plan.steps.find((step) => 'name' in step && step.name === 'EdgeSync - Inbound to Munich');
  assert.ok(inbound?.kind === 'send-connector');
  assert.deepEqual(inbound.addressSpaces, [{ type: 'SMTP', space: '--', cost: 1 }]);
  assert.deepEqual(inbound.smartHosts, [{ host: '--', kind: 'fqdn' }]);
  assert.deepEqual(inbound.sourceTransportServers, ['EDGE01']);
});

test('the lists of a subscribed Edge server come from the organization', () => {
  const configs = planOf(contoso).steps.filter((step) => step.kind === 'transport-config');
  assert.deepEqual(
    configs.map(({ place, tlsSendDomainSecureList, tlsReceiveDomainSecureList }) => ({
      place,
      lists: [tlsSendDomainSecureList, tlsReceiveDomainSecureList],
    })),
    [{ place: { kind: 'organization' }, lists: [['fabrikam.com'], ['fabrikam.com']] }],
  );
});

test('an Edge server without subscription gets the entries of its own partners alone', () => {
  const plan = planOf(`
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2010" }
servers:
  EDGE01: { role: edge, fqdn: a.contoso.com, addresses: [192.0.2.1] }
  EDGE02: { role: edge, fqdn: b.contoso.com, addresses: [192.0.2.2] }
partners:
  fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.7] }
  tailspin: { domains: [tailspin.com], addresses: [198.51.100.8] }
sendConnectors:
  To Fabrikam: { server: EDGE01, partner: fabrikam, domainSecureEnabled: true }
  To Tailspin: { server: EDGE02, partner: tailspin, domainSecureEnabled: true }
`);
  const lists = plan.steps
    .filter((step) => step.kind === 'transport-config')
    .map(({ place, tlsSendDomainSecureList }) => [place, tlsSendDomainSecureList]);
  assert.deepEqual(lists, [
    [{ kind: 'server', server: 'EDGE01' }, ['fabrikam.com']],
    [{ kind: 'server', server: 'EDGE02' }, ['tailspin.com']],
  ]);
});

const clientAccess = 'CAS: { role: clientAccess, fqdn: cas.contoso.com, addresses: [10.0.0.2] }';

const restarts: readonly (readonly [string, string, string, string, beside?: string])[] = [
  ['2013', 'clientAccess', '', 'MSExchangeFrontEndTransport'],
  ['2013', 'mailbox', '', 'MSExchangeTransport', clientAccess],
  ['2013', 'mailbox', '', 'MSExchangeTransport,MSExchangeFrontEndTransport'],
  ['2016', 'mailbox', 'transportRole: FrontendTransport', 'MSExchangeFrontEndTransport'],
  ['2019', 'mailbox', 'transportRole: HubTransport', 'MSExchangeTransport'],
  ['SE', 'mailbox', '', 'MSExchangeTransport,MSExchangeFrontEndTransport'],
  ['SE', 'edge', '', 'MSExchangeTransport'],
];

for (const [version, role, written, services, beside = ''] of restarts) {
  test(`a restart on a ${role} server of ${version}${written && ` with ${written}`}: ${services}`, () => {
    const plan = planOf(`
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "${version}" }
servers:
  S: { role: ${role}, fqdn: s.contoso.com, addresses: [10.0.0.1] }
  ${beside}
receiveConnectors:
  Printers:
    server: S
    bindings: ["10.0.0.1:2526"]
    remoteIPRanges: [10.0.8.0/24]
    ${written}
`);
    const step = plan.steps.find((one) => one.kind === 'restart');
    assert.deepEqual([step?.services.join(), step?.reasons], [services, ['bindings of "Printers"']]);
  });
}

test('a plan is made of a file whose values mean nothing', () => {
  const plan = planOf(`
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016" }
servers:
  S: { role: mailbox, fqdn: s.contoso.com, addresses: [nowhere] }
sendConnectors:
  Broken: { addressSpaces: ['*contoso.com'], smartHosts: ['a b'], maxMessageSize: 25 Megs, sourceTransportServers: [T] }
receiveConnectors:
  Broken: { server: S, bindings: ['x'], remoteIPRanges: ['y'], connectionTimeout: soon, tarpitInterval: ~ }
`);
  assert.ok(plan.steps.some((step) => step.kind === 'receive-connector' && step.name === 'Broken'));
  assert.doesNotThrow(() => JSON.stringify(plan));
});
