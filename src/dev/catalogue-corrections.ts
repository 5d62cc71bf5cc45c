import type { Default, Parameter } from '../exchange/cmdlet.ts';

/** What replaces or adds to the imported facts about a parameter. */
export type Correction = Pick<Parameter, 'defaults' | 'range' | 'notes'>;

const not2007 = 'taken from 2010 for 2007, whose reference is silent';

const object2019 =
  'CSS-Exchange Diagnostics/HealthChecker/Tests/DataCollection/E19/Exchange/GetReceiveConnector.xml';

const unstated = 'no page states it';

const falseByDefault = (note: string): Correction => ({ defaults: [{ value: false, note }] });

const sendConnector: { readonly [parameter: string]: Correction } = {
  CloudServicesMailEnabled: falseByDefault(
    'true only on connectors that the Hybrid Configuration wizard makes; the reference gives no other default',
  ),
  DNSRoutingEnabled: { defaults: [{ value: true, note: 'must be false where SmartHosts is given' }] },
  DomainSecureEnabled: falseByDefault('true on the Internet connector that EdgeSync makes'),
  ErrorPolicies: { defaults: [{ value: ['Default'] }] },
  Fqdn: { defaults: [{ value: null, note: "each source server's own FQDN" }] },
  FrontendProxyEnabled: {
    defaults: [{ value: false, source: 'OfficeDocs-Exchange mail-flow/connectors/proxy-outbound-mail' }],
  },
  IgnoreSTARTTLS: falseByDefault(unstated),
  MaxMessageSize: { defaults: sendSizes() },
  RequireOorg: falseByDefault(unstated),
  SmartHostAuthMechanism: { defaults: [{ value: 'None', note: unstated }] },
  SmtpMaxMessagesPerConnection: {
    defaults: [{ value: 20, source: 'OfficeDocs-Exchange mail-flow/message-rate-limits' }],
  },
  SourceTransportServers: {
    notes: ['the Hub server being worked on where left out (DOC S10)'],
  },
};

const receiveConnector: { readonly [parameter: string]: Correction } = {
  BareLinefeedRejectionEnabled: { defaults: [{ value: false }] },
  DomainSecureEnabled: falseByDefault(
    'true on the default connector of an Edge server, and on frontend connectors in objects of 2019',
  ),
  EnableAuthGSSAPI: falseByDefault('true on the Client connector that setup makes'),
  Fqdn: { defaults: [{ value: null, note: "the server's own FQDN" }] },
  MaxHopCount: { defaults: [{ value: 30, note: 'an object of 2019 has 60' }] },
  MaxLocalHopCount: { defaults: [{ value: 8, note: 'setup of 2013 and later lowers it to 5' }] },
  MaxRecipientsPerMessage: { defaults: [{ value: 200, note: '5000 on the connector Default SERVER' }] },
  MessageRateLimit: {
    defaults: [
      { when: { role: ['edge'] }, value: 600 },
      { value: 'unlimited', note: '5 on the Client connector that setup makes' },
    ],
  },
  MessageRateSource: {
    defaults: [
      { value: ['IPAddress'], note: 'no page states it; an object of 2019 has it', source: object2019 },
    ],
  },
  PermissionGroups: {
    defaults: [
      { when: { usage: ['client'] }, value: ['ExchangeUsers'] },
      {
        when: { usage: ['internal'], role: ['edge'] },
        value: ['ExchangeServers'],
        note: 'ExchangeLegacyServers is not available on Edge',
      },
      { when: { usage: ['internal'] }, value: ['ExchangeServers', 'ExchangeLegacyServers'] },
      { when: { usage: ['internet'] }, value: ['AnonymousUsers'] },
      { when: { usage: ['partner'] }, value: ['Partners'] },
      { value: ['None'] },
    ],
  },
  SmtpUtf8Enabled: {
    defaults: [
      {
        when: { since: '2019' },
        value: true,
        note: 'an object of 2019 has it; no page states it',
        source: object2019,
      },
    ],
  },
  TarpitInterval: {
    range: [{ when: { since: '2007', until: '2013' }, min: '00:00:00', max: '00:10:00' }],
    notes: ['the reference of 2010 and 2013 has the range, later text has none'],
  },
};

const transportConfig: { readonly [parameter: string]: Correction } = {
  MaxReceiveSize: { range: organizationSizes() },
  MaxSendSize: { range: organizationSizes() },
  ShadowHeartbeatRetryCount: { defaults: [{ value: 12, note: '3 in 2010 RTM' }] },
};

/** Corrections by cmdlet and parameter. The import applies them, so that a refresh does not undo them. */
export const corrections: { readonly [cmdlet: string]: { readonly [parameter: string]: Correction } } = {
  'New-SendConnector': sendConnector,
  'Set-SendConnector': sendConnector,
  'New-ReceiveConnector': receiveConnector,
  'Set-ReceiveConnector': receiveConnector,
  'Set-TransportConfig': transportConfig,
  'Test-Mailflow': { ActiveDirectoryTimeout: { defaults: [{ value: 15, note: 'seconds' }] } },
};

/** Adds what the reference of 2007 does not say to a list of defaults that begins with 2010. */
export function reachBackTo2007(defaults: readonly Default[]): readonly Default[] {
  const begins = (one: Default): boolean => one.when?.since === '2010' && one.when.until === '2010';
  const knows2007 = defaults.some(({ when }) => when?.since === undefined || when.since === '2007');
  if (knows2007) return defaults;
  return defaults.map((one) =>
    begins(one) ? { ...one, when: { ...one.when, since: '2007' }, note: not2007 } : one,
  );
}

/**
 * The default limit of a Send connector, about which sources disagree.
 *
 * From 2016 on the concept page's 35 MB is followed, which real objects of 2019 have; the reference says 25 MB, the
 * page on limits 10 MB. For 2013 the reference is followed.
 */
function sendSizes(): readonly Default[] {
  const concept = 'OfficeDocs-Exchange mail-flow/connectors/send-connectors';
  const disagree = 'the reference says 25MB, the page on limits 10MB; objects of 2019 have 35MB';
  return [
    { when: { since: '2007', until: '2010' }, value: '10MB', note: not2007 },
    { when: { since: '2013', until: '2013' }, value: '25MB', note: 'the page on limits says 10MB' },
    { when: { since: '2016', usage: ['internal'] }, value: 'unlimited', source: concept },
    { when: { since: '2016' }, value: '35MB', source: concept, note: disagree },
  ];
}

function organizationSizes(): NonNullable<Parameter['range']> {
  return [
    {
      when: { since: '2007', until: '2010' },
      min: '0',
      max: '2097151',
      unit: 'KB',
      unlimited: true,
      bareNumber: 'KB',
    },
    { when: { since: '2013' }, max: '2147482624', unit: 'bytes', unlimited: true, bareNumber: 'bytes' },
  ];
}
