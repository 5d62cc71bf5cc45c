import type {
  AcceptedDomainType,
  AuthMechanism,
  Mta,
  NetworkKind,
  PermissionGroup,
  RuleLevel,
  ServerRole,
  SmartHostAuthMechanism,
  Usage,
} from './topology.ts';

/** Source: EXCH Get-ExchangeServer -ServerRole; spelled as in the topology language. */
export const serverRoles: readonly ServerRole[] = ['hub', 'mailbox', 'clientAccess', 'edge'];

/** Source: EXCH New-AcceptedDomain -DomainType. */
export const acceptedDomainTypes: readonly AcceptedDomainType[] = [
  'authoritative',
  'internalRelay',
  'externalRelay',
];

/** Mail servers whose side we can write. */
export const mtas: readonly Mta[] = ['postfix', 'exim', 'opensmtpd', 'sendmail', 'other'];

/** Devices that hide the addresses of clients. */
export const networkKinds: readonly NetworkKind[] = ['nat', 'loadBalancer'];

/** Source: EXCH New-ReceiveConnector -Usage; a Send connector has all but `client`. */
export const usages: readonly Usage[] = ['client', 'custom', 'internal', 'internet', 'partner'];

/** Source: EXCH New-ReceiveConnector -AuthMechanism. */
export const authMechanisms: readonly AuthMechanism[] = [
  'None',
  'Tls',
  'Integrated',
  'BasicAuth',
  'BasicAuthRequireTLS',
  'ExchangeServer',
  'ExternalAuthoritative',
];

/** Source: EXCH New-ReceiveConnector -PermissionGroups. */
export const permissionGroups: readonly PermissionGroup[] = [
  'None',
  'AnonymousUsers',
  'ExchangeUsers',
  'ExchangeServers',
  'ExchangeLegacyServers',
  'Partners',
  'Custom',
];

/** Source: EXCH New-SendConnector -SmartHostAuthMechanism. */
export const smartHostAuthMechanisms: readonly SmartHostAuthMechanism[] = [
  'None',
  'BasicAuth',
  'BasicAuthRequireTLS',
  'ExchangeServer',
  'ExternalAuthoritative',
];

/** Source: EXCH Enable-ExchangeCertificate -Services. */
export const certificateServices: readonly string[] = [
  'SMTP',
  'IIS',
  'POP',
  'IMAP',
  'UM',
  'UMCallRouter',
  'Federation',
];

/** What a rule's severity can be set to in the file. */
export const ruleLevels: readonly RuleLevel['level']['value'][] = ['off', 'info', 'warning', 'error'];
