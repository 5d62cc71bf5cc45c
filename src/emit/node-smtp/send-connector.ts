import type * as transport from '../../../runtime/config.ts';
import type { EnsureSendConnector } from '../../plan/step.ts';
import { readParameters } from './parameters.ts';

/** Parameters of New-/Set-SendConnector that the transport obeys, beside those that are fields of the step. */
export const obeyedBySendConnector: readonly string[] = [
  'AddressSpaces',
  'AuthenticationCredential',
  'Comment',
  'ConnectionInactivityTimeOut',
  'DNSRoutingEnabled',
  'DomainSecureEnabled',
  'Enabled',
  'ErrorPolicies',
  'ForceHELO',
  'Fqdn',
  'IgnoreSTARTTLS',
  'IsScopedConnector',
  'MaxMessageSize',
  'Port',
  'ProtocolLoggingLevel',
  'RequireTLS',
  'SmartHostAuthMechanism',
  'SmartHosts',
  'SmtpMaxMessagesPerConnection',
  'SourceIPAddress',
  'SourceTransportServers',
  'TlsAuthLevel',
  'TlsCertificateName',
  'TlsDomain',
];

const tlsAuthLevels = ['EncryptionOnly', 'CertificateValidation', 'DomainValidation'] as const;

/** Turns a planned Send connector into the transport's, which knows SMTP address spaces alone. */
export function sendConnector(step: EnsureSendConnector): transport.SendConnector {
  const values = readParameters(step.parameters);
  const tlsAuthLevel = tlsAuthLevels.find((level) => level === step.tlsAuthLevel);
  const tlsCertificateName = values.text('TlsCertificateName');
  const sourceIPAddress = values.text('SourceIPAddress');
  const errorPolicies = values.names('ErrorPolicies');
  return {
    name: step.name,
    source: step.made,
    enabled: step.enabled,
    addressSpaces: step.addressSpaces
      .filter(({ type }) => type.toUpperCase() === 'SMTP')
      .map(({ space, cost }) => ({ space, cost })),
    sourceTransportServers: step.sourceTransportServers,
    isScopedConnector: values.flag('IsScopedConnector', false),
    dnsRoutingEnabled: step.dnsRoutingEnabled,
    smartHosts: step.smartHosts.map(({ host, kind }) => ({ host, kind })),
    port: values.amount('Port', 25),
    smartHostAuthMechanism: step.smartHostAuthMechanism,
    ...(step.credential === undefined ? {} : { credential: step.credential }),
    ...(step.fqdn === undefined ? {} : { fqdn: step.fqdn }),
    forceHELO: values.flag('ForceHELO', false),
    ignoreSTARTTLS: step.ignoreSTARTTLS,
    requireTLS: step.requireTLS,
    ...(tlsAuthLevel === undefined ? {} : { tlsAuthLevel }),
    ...(step.tlsDomain === undefined ? {} : { tlsDomain: step.tlsDomain }),
    ...(tlsCertificateName === undefined ? {} : { tlsCertificateName }),
    domainSecureEnabled: step.domainSecureEnabled,
    ...(step.partner === undefined ? {} : { partner: step.partner }),
    maxMessageSize: values.limit('MaxMessageSize', 10 * 1024 * 1024),
    connectionInactivityTimeOut: values.seconds('ConnectionInactivityTimeOut', 600),
    smtpMaxMessagesPerConnection: values.amount('SmtpMaxMessagesPerConnection', 20),
    // All zeros is Exchange's way to say any address.
    ...(sourceIPAddress === undefined || /^[0.:]+$/.test(sourceIPAddress) ? {} : { sourceIPAddress }),
    errorPolicies: errorPolicies.length === 0 ? ['Default'] : errorPolicies,
    protocolLoggingLevel: values.word('ProtocolLoggingLevel', ['None', 'Verbose'], 'None'),
  };
}
