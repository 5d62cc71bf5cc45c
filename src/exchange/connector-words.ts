/** How a client may authenticate to a Receive connector. Source: EXCH New-ReceiveConnector -AuthMechanism. */
export type AuthMechanism =
  | 'None'
  | 'Tls'
  | 'Integrated'
  | 'BasicAuth'
  | 'BasicAuthRequireTLS'
  | 'ExchangeServer'
  | 'ExternalAuthoritative';

/** Who may send through a Receive connector. Source: EXCH New-ReceiveConnector -PermissionGroups. */
export type PermissionGroup =
  | 'None'
  | 'AnonymousUsers'
  | 'ExchangeUsers'
  | 'ExchangeServers'
  | 'ExchangeLegacyServers'
  | 'Partners'
  | 'Custom';
