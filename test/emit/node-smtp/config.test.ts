import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransportConfig } from '../../../runtime/config.ts';
import { transportConfig } from '../../../src/emit/node-smtp/config.ts';
import type { EnsureReceiveConnector, Plan, PlannedServer } from '../../../src/plan/step.ts';
import { fromFabrikam, lists, onLine, samplePlan, toFabrikam, written } from '../../support/sample-plan.ts';

const edge = samplePlan.servers[1] as PlannedServer;

function withReceive(change: Partial<EnsureReceiveConnector>): Partial<Plan> {
  return { steps: [{ ...fromFabrikam, parameters: [], ...change }] };
}

const cases: readonly {
  readonly title: string;
  readonly plan: Partial<Plan>;
  readonly see: (config: TransportConfig) => unknown;
  readonly expected: unknown;
}[] = [
  {
    title: 'a certificate is named after itself, and so is its key',
    plan: {},
    see: ({ certificates }) => certificates.map(({ file, keyFile, smtp }) => ({ file, keyFile, smtp })),
    expected: [{ file: 'certificates/contoso-mail.pem', keyFile: 'contoso-mail.key', smtp: true }],
  },
  {
    title: 'a certificate without a file has neither',
    plan: {
      certificates: [
        { ...samplePlan.certificates[0], file: undefined } as unknown as Plan['certificates'][number],
      ],
    },
    see: ({ certificates }) => certificates.map((one) => 'file' in one || 'keyFile' in one),
    expected: [false],
  },
  {
    title: 'roots lie apart from certificates',
    plan: {},
    see: ({ authorities }) => authorities.map(({ file }) => file),
    expected: ['certificates/roots/contoso-root.pem', 'certificates/roots/fabrikam-root.pem'],
  },
  {
    title: 'written values of a Receive connector arrive',
    plan: {},
    see: ({ receiveConnectors: [one] }) => [
      one?.banner,
      one?.limits.maxMessageSize,
      one?.limits.messageRateLimit,
      one?.limits.tarpitInterval,
      one?.limits.authTarpitInterval,
    ],
    expected: ['220 mail.contoso.com ready', 26214400, 'unlimited', 7, 7],
  },
  {
    title: 'recipients are rejected by the switches that are on, and by default none are',
    plan: {
      steps: [
        {
          ...fromFabrikam,
          parameters: [
            written('RejectSingleLabelRecipientDomains', { kind: 'boolean', value: true }),
            written('RejectReservedTopLevelRecipientDomains', { kind: 'boolean', value: true }),
            written('RejectReservedSecondLevelRecipientDomains', { kind: 'boolean', value: false }),
          ],
        },
        { ...fromFabrikam, parameters: [] },
      ],
    },
    see: ({ receiveConnectors }) => receiveConnectors.map((one) => one.rejectedRecipientDomains),
    expected: [['reserved top level', 'single label'], undefined],
  },
  {
    title: 'a value that means nothing leaves the default',
    plan: withReceive({ parameters: [written('MaxMessageSize', { kind: 'text', text: '25 Megs' })] }),
    see: ({ receiveConnectors: [one] }) => one?.limits.maxMessageSize,
    expected: 10 * 1024 * 1024,
  },
  {
    title: 'an Edge server of 2010 has shorter timeouts and a rate',
    plan: withReceive({}),
    see: ({ receiveConnectors: [one] }) => [
      one?.limits.connectionTimeout,
      one?.limits.connectionInactivityTimeout,
      one?.limits.messageRateLimit,
      one?.limits.maxHeaderSize,
    ],
    expected: [300, 60, 600, 65536],
  },
  {
    title: 'a mailbox server of 2019 takes more and speaks SMTPUTF8',
    plan: {
      ...withReceive({ usage: 'client' }),
      servers: [{ ...edge, role: 'mailbox', version: '2019' }],
    },
    see: ({ receiveConnectors: [one] }) => [
      one?.limits.connectionTimeout,
      one?.limits.messageRateLimit,
      one?.limits.messageRateSource,
      one?.limits.maxMessageSize,
      one?.extensions.smtpUtf8Enabled,
    ],
    expected: [600, 'unlimited', 'User', 36 * 1024 * 1024, true],
  },
  {
    title: 'bare line ends are refused by default, although Exchange takes them',
    plan: withReceive({
      parameters: [
        {
          ...written('BareLinefeedRejectionEnabled', { kind: 'boolean', value: false }),
          source: 'default',
        },
      ],
    }),
    see: ({ receiveConnectors: [one] }) => one?.bareLinefeedRejectionEnabled,
    expected: true,
  },
  {
    title: 'bare line ends are taken where the author says so',
    plan: withReceive({
      parameters: [written('BareLinefeedRejectionEnabled', { kind: 'boolean', value: false })],
    }),
    see: ({ receiveConnectors: [one] }) => one?.bareLinefeedRejectionEnabled,
    expected: false,
  },
  {
    title: 'address spaces that are not SMTP stay behind',
    plan: {
      steps: [
        {
          ...toFabrikam,
          addressSpaces: [...toFabrikam.addressSpaces, { type: 'X400', space: 'c=DE', cost: 1 }],
        },
      ],
    },
    see: ({ sendConnectors: [one] }) => one?.addressSpaces.map(({ space }) => space),
    expected: ['fabrikam.com', 'fabrikam.net'],
  },
  {
    title: 'a source address of zeros is any address',
    plan: {
      steps: [{ ...toFabrikam, parameters: [written('SourceIPAddress', { kind: 'text', text: '0.0.0.0' })] }],
    },
    see: ({ sendConnectors: [one] }) => one && 'sourceIPAddress' in one,
    expected: false,
  },
  {
    title: 'the lists of an Edge server without subscription join those of the organization',
    plan: {
      steps: [
        lists,
        {
          ...lists,
          place: { kind: 'server', server: 'EDGE01' },
          tlsSendDomainSecureList: ['fabrikam.net', 'tailspin.com'],
        },
      ],
    },
    see: ({ tlsSendDomainSecureList }) => tlsSendDomainSecureList,
    expected: ['fabrikam.com', 'fabrikam.net', 'tailspin.com'],
  },
  {
    title: 'postmaster is at the first authoritative domain that is no pattern',
    plan: {
      acceptedDomains: [
        { domain: '*.contoso.com', type: 'authoritative' },
        { domain: 'relayed.example', type: 'externalRelay' },
        { domain: 'contoso.com', type: 'authoritative' },
      ],
    },
    see: ({ postmasterAddress }) => postmasterAddress,
    expected: 'postmaster@contoso.com',
  },
  {
    title: 'postmaster is where it is written to be',
    plan: {
      steps: [
        {
          ...lists,
          parameters: [written('ExternalPostmasterAddress', { kind: 'text', text: 'mail@contoso.com' })],
        },
      ],
    },
    see: ({ postmasterAddress }) => postmasterAddress,
    expected: 'mail@contoso.com',
  },
  {
    title: 'postmaster of an organization without domains is at its first server',
    plan: { acceptedDomains: [] },
    see: ({ postmasterAddress }) => postmasterAddress,
    expected: 'postmaster@hub01.corp.contoso.com',
  },
  {
    title: 'an authoritative domain has a Maildir, a relayed one has none',
    plan: {
      acceptedDomains: [
        { domain: 'contoso.com', type: 'authoritative' },
        { domain: 'relayed.example', type: 'externalRelay' },
      ],
    },
    see: ({ delivery }) => delivery,
    expected: [{ domain: 'contoso.com', kind: 'maildir', folder: 'contoso.com' }],
  },
  {
    title: 'a Maildir cannot leave the data folder',
    plan: { delivery: [{ kind: 'maildir', domain: 'Contoso.com', folder: '../../../etc/cron.d' }] },
    see: ({ delivery }) => delivery,
    expected: [{ domain: 'Contoso.com', kind: 'maildir', folder: '_/_/_/etc/cron.d' }],
  },
  {
    title: 'an Edge server waits longer than a hub',
    plan: {},
    see: ({ queues }) => queues.map(({ intervals }) => intervals.outboundConnectionFailureRetryInterval),
    expected: [600, 1800],
  },
];

for (const { title, plan, see, expected } of cases) {
  test(`transport config: ${title}`, () => {
    assert.deepEqual(see(transportConfig({ ...samplePlan, ...plan }).config), expected);
  });
}

test('transport config: is plain JSON, and the same for the same plan', () => {
  const { config } = transportConfig(samplePlan);
  assert.deepEqual(JSON.parse(JSON.stringify(config)), config);
  assert.deepEqual(transportConfig(samplePlan).config, config);
});

test('transport config: parts know where they come from', () => {
  const { config, origins } = transportConfig(samplePlan);
  assert.deepEqual(origins.get(config.receiveConnectors[0] as object), onLine(40));
  assert.deepEqual(origins.get(config.sendConnectors[0] as object), onLine(30));
});
