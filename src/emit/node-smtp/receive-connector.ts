import type * as transport from '../../../runtime/config.ts';
import type { EnsureReceiveConnector, PlannedServer } from '../../plan/step.ts';
import { readParameters, type ParameterReader } from './parameters.ts';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** Parameters of New-/Set-ReceiveConnector that the transport obeys, beside those that are fields of the step. */
export const obeyedByReceiveConnector: readonly string[] = [
  'AuthMechanism',
  'AuthTarpitInterval',
  'Banner',
  'BareLinefeedRejectionEnabled',
  'BinaryMimeEnabled',
  'Bindings',
  'ChunkingEnabled',
  'Comment',
  'ConnectionInactivityTimeout',
  'ConnectionTimeout',
  'DefaultDomain',
  'DeliveryStatusNotificationEnabled',
  'DomainSecureEnabled',
  'EightBitMimeEnabled',
  'Enabled',
  'EnhancedStatusCodesEnabled',
  'Fqdn',
  'MaxHeaderSize',
  'MaxHopCount',
  'MaxInboundConnection',
  'MaxInboundConnectionPerSource',
  'MaxInboundConnectionPercentagePerSource',
  'MaxLocalHopCount',
  'MaxLogonFailures',
  'MaxMessageSize',
  'MaxProtocolErrors',
  'MaxRecipientsPerMessage',
  'MessageRateLimit',
  'MessageRateSource',
  'PermissionGroups',
  'PipeliningEnabled',
  'ProtocolLoggingLevel',
  'RejectReservedSecondLevelRecipientDomains',
  'RejectReservedTopLevelRecipientDomains',
  'RejectSingleLabelRecipientDomains',
  'RemoteIPRanges',
  'RequireEHLODomain',
  'RequireTLS',
  'SizeEnabled',
  'SmtpUtf8Enabled',
  'TarpitInterval',
  'TlsCertificateName',
  'TransportRole',
];

/** Turns a planned Receive connector into the transport's. */
export function receiveConnector(
  step: EnsureReceiveConnector,
  server: PlannedServer,
): transport.ReceiveConnector {
  const values = readParameters(step.parameters);
  const banner = values.text('Banner');
  const tlsCertificateName = values.text('TlsCertificateName');
  const defaultDomain = values.text('DefaultDomain');
  const rejected = rejectedDomainsIn(values);
  return {
    name: step.name,
    server: step.server,
    source: step.made,
    enabled: step.enabled,
    bindings: step.bindings.map(({ address, port }) => ({ address, port })),
    remoteIPRanges: step.remoteIPRanges.map(({ first, last }) => ({ first, last })),
    fqdn: step.fqdn,
    ...(banner === undefined ? {} : { banner }),
    authMechanism: step.authMechanism,
    permissionGroups: step.permissionGroups,
    extendedRights: step.extendedRights.map(({ principal, rights }) => ({ principal, rights })),
    requireTLS: step.requireTLS,
    domainSecureEnabled: step.domainSecureEnabled,
    requireEHLODomain: values.flag('RequireEHLODomain', false),
    // Exchange's default takes bare line ends; ours refuses them unless the author asks for Exchange's.
    bareLinefeedRejectionEnabled:
      !values.isWritten('BareLinefeedRejectionEnabled') || values.flag('BareLinefeedRejectionEnabled', true),
    ...(tlsCertificateName === undefined ? {} : { tlsCertificateName }),
    ...(step.partner === undefined ? {} : { partner: step.partner }),
    ...(defaultDomain === undefined ? {} : { defaultDomain }),
    ...(rejected.length === 0 ? {} : { rejectedRecipientDomains: rejected }),
    protocolLoggingLevel: values.word('ProtocolLoggingLevel', ['None', 'Verbose'], 'None'),
    extensions: extensionsOf(values, server),
    limits: limitsOf(values, step, server),
  };
}

function rejectedDomainsIn(values: ParameterReader): readonly transport.RejectedDomains[] {
  const switches: readonly (readonly [parameter: string, kind: transport.RejectedDomains])[] = [
    ['RejectReservedTopLevelRecipientDomains', 'reserved top level'],
    ['RejectReservedSecondLevelRecipientDomains', 'reserved second level'],
    ['RejectSingleLabelRecipientDomains', 'single label'],
  ];
  return switches.filter(([parameter]) => values.flag(parameter, false)).map(([, kind]) => kind);
}

function extensionsOf(values: ParameterReader, server: PlannedServer): transport.ReceiveExtensions {
  return {
    sizeEnabled: values.word('SizeEnabled', ['Enabled', 'Disabled', 'EnabledWithoutValue'], 'Enabled'),
    pipeliningEnabled: values.flag('PipeliningEnabled', true),
    deliveryStatusNotificationEnabled: values.flag('DeliveryStatusNotificationEnabled', true),
    enhancedStatusCodesEnabled: values.flag('EnhancedStatusCodesEnabled', true),
    eightBitMimeEnabled: values.flag('EightBitMimeEnabled', true),
    binaryMimeEnabled: values.flag('BinaryMimeEnabled', true),
    chunkingEnabled: values.flag('ChunkingEnabled', true),
    // The reference names no default: objects of 2019 have it on, sessions of 2016 do not show it.
    smtpUtf8Enabled: values.flag('SmtpUtf8Enabled', server.version === '2019' || server.version === 'SE'),
  };
}

/** Source: EXCH New-ReceiveConnector, for the values of versions whose reference names no default. */
function limitsOf(
  values: ParameterReader,
  step: EnsureReceiveConnector,
  server: PlannedServer,
): transport.ReceiveLimits {
  const edge = server.role === 'edge';
  const modern = server.version === '2016' || server.version === '2019' || server.version === 'SE';
  const tarpitInterval = values.seconds('TarpitInterval', 5);
  return {
    connectionTimeout: values.seconds('ConnectionTimeout', edge ? 300 : 600),
    connectionInactivityTimeout: values.seconds('ConnectionInactivityTimeout', edge ? 60 : 300),
    maxInboundConnection: values.limit('MaxInboundConnection', 5000),
    maxInboundConnectionPerSource: values.limit('MaxInboundConnectionPerSource', 20),
    maxInboundConnectionPercentagePerSource: values.amount('MaxInboundConnectionPercentagePerSource', 2),
    messageRateLimit: values.limit('MessageRateLimit', edge ? 600 : 'unlimited'),
    messageRateSource: values.word(
      'MessageRateSource',
      ['None', 'IPAddress', 'User', 'All'],
      step.usage === 'client' ? 'User' : 'IPAddress',
    ),
    maxProtocolErrors: values.limit('MaxProtocolErrors', 5),
    maxLogonFailures: values.amount('MaxLogonFailures', 3),
    maxRecipientsPerMessage: values.amount('MaxRecipientsPerMessage', 200),
    maxHopCount: values.amount('MaxHopCount', 30),
    maxLocalHopCount: values.amount('MaxLocalHopCount', 8),
    maxHeaderSize: values.amount('MaxHeaderSize', (modern ? 256 : 64) * kilobyte),
    maxMessageSize: values.amount('MaxMessageSize', megabytesTaken(server) * megabyte),
    tarpitInterval,
    // Older versions have one interval for both.
    authTarpitInterval: values.seconds('AuthTarpitInterval', tarpitInterval),
  };
}

function megabytesTaken({ version }: PlannedServer): number {
  if (version === '2007' || version === '2010') return 10;
  return version === '2013' ? 25 : 36;
}
