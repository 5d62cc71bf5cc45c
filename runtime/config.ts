/**
 * What the compiler hands to the transport: one plain JSON value, `TransportConfig`.
 *
 * Both sides meet here and nowhere else. Names and values are Exchange's; every value is the effective one, with the
 * defaults of the version, role and usage already filled in, so the transport never asks what Exchange would assume.
 * Maps by name are arrays with a `name`, in the order of the topology file, so that equal topologies give equal bytes.
 */

/** The Exchange versions, oldest first. */
export type ExchangeVersion = '2007' | '2010' | '2013' | '2016' | '2019' | 'SE';

/** Server roles: hub (2007, 2010), clientAccess (2013), mailbox (2013 and later), edge. */
export type ServerRole = 'hub' | 'mailbox' | 'clientAccess' | 'edge';

export type AuthMechanism =
  | 'None'
  | 'Tls'
  | 'Integrated'
  | 'BasicAuth'
  | 'BasicAuthRequireTLS'
  | 'ExchangeServer'
  | 'ExternalAuthoritative';

export type PermissionGroup =
  | 'None'
  | 'AnonymousUsers'
  | 'ExchangeUsers'
  | 'ExchangeServers'
  | 'ExchangeLegacyServers'
  | 'Partners'
  | 'Custom';

export type SmartHostAuthMechanism =
  'None' | 'BasicAuth' | 'BasicAuthRequireTLS' | 'ExchangeServer' | 'ExternalAuthoritative';

export type TlsAuthLevel = 'EncryptionOnly' | 'CertificateValidation' | 'DomainValidation';

/** A count or a number of bytes, or no limit at all. */
export type Limit = number | 'unlimited';

/** An address and port; `address` is `0.0.0.0` or `::` for all addresses of the family, never bracketed. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Addresses from `first` to `last`, both included, of one family. */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
}

/** An accepted domain; `domain` is `contoso.com`, `*.contoso.com` (subdomains only) or `*`. */
export interface AcceptedDomain {
  readonly domain: string;
  readonly type: 'authoritative' | 'internalRelay' | 'externalRelay';
}

/** Whose replies a server gives: Exchange's, or those of the standards where these differ. */
export type Dialect = 'exchange' | 'rfc';

export interface Server {
  readonly name: string;
  readonly role: ServerRole;
  readonly fqdn: string;
  readonly exchangeVersion: ExchangeVersion;
  /** The addresses on the server's network adapters; the first one is where other servers of the topology reach it. */
  readonly addresses: readonly string[];
  readonly site?: string;
  /** The site that an Edge server is subscribed to; absent on other roles and on an Edge server without subscription. */
  readonly subscribedTo?: string;
  /** Absent: Exchange's. */
  readonly dialect?: Dialect;
}

/** A certificate of ours; the PEM file is copied into the bundle, the key is looked for in the folder of keys. */
export interface Certificate {
  readonly name: string;
  /** Relative to the folder of the bundle; absent where the topology names no file. */
  readonly file?: string;
  /** File name in the folder of keys. */
  readonly keyFile?: string;
  /** The names in Subject and SAN that the topology declares. */
  readonly domains: readonly string[];
  readonly installedOn: readonly string[];
  /** Whether its services hold SMTP: only such a certificate is offered. */
  readonly smtp: boolean;
  /** `public`, `selfSigned` or the name of an authority. */
  readonly issuedBy: string;
}

/** A root certificate that is not a public one. */
export interface Authority {
  readonly name: string;
  readonly file?: string;
  readonly trustedOn: readonly string[];
}

/** A third party; what its servers present is compared with `domains`. */
export interface Partner {
  readonly name: string;
  readonly domains: readonly string[];
  /** `public`, `selfSigned` or the name of an authority; absent where the topology does not say. */
  readonly issuedBy?: string;
}

/** Limits of a Receive connector, named as its parameters. */
export interface ReceiveLimits {
  /** Unit: seconds. */
  readonly connectionTimeout: number;
  /** Unit: seconds. */
  readonly connectionInactivityTimeout: number;
  readonly maxInboundConnection: Limit;
  readonly maxInboundConnectionPerSource: Limit;
  /** Unit: percent of the connections that are still free. */
  readonly maxInboundConnectionPercentagePerSource: number;
  /** Unit: messages per minute. */
  readonly messageRateLimit: Limit;
  readonly messageRateSource: 'None' | 'IPAddress' | 'User' | 'All';
  readonly maxProtocolErrors: Limit;
  /** 0 never closes the connection. */
  readonly maxLogonFailures: number;
  readonly maxRecipientsPerMessage: number;
  readonly maxHopCount: number;
  /** 0 never rejects. */
  readonly maxLocalHopCount: number;
  /** Unit: bytes. */
  readonly maxHeaderSize: number;
  /** Unit: bytes. */
  readonly maxMessageSize: number;
  /** Unit: seconds; 0 switches it off. */
  readonly tarpitInterval: number;
  /** Unit: seconds; 0 switches it off. */
  readonly authTarpitInterval: number;
}

/** What EHLO offers, named as the connector's switches. */
export interface ReceiveExtensions {
  readonly sizeEnabled: 'Enabled' | 'Disabled' | 'EnabledWithoutValue';
  readonly pipeliningEnabled: boolean;
  readonly deliveryStatusNotificationEnabled: boolean;
  readonly enhancedStatusCodesEnabled: boolean;
  readonly eightBitMimeEnabled: boolean;
  readonly binaryMimeEnabled: boolean;
  readonly chunkingEnabled: boolean;
  readonly smtpUtf8Enabled: boolean;
}

export interface ReceiveConnector {
  readonly name: string;
  readonly server: string;
  /** `declared` in the topology file, or made by Exchange's setup. */
  readonly source: 'declared' | 'setup';
  readonly enabled: boolean;
  readonly bindings: readonly Endpoint[];
  readonly remoteIPRanges: readonly AddressRange[];
  /** The name announced in banner and EHLO; the certificate is chosen by it. */
  readonly fqdn: string;
  /** The whole first line where it is written, with its `220`. */
  readonly banner?: string;
  readonly authMechanism: readonly AuthMechanism[];
  readonly permissionGroups: readonly PermissionGroup[];
  /** Rights granted beside the groups, by principal, as Add-ADPermission names both. */
  readonly extendedRights: readonly { readonly principal: string; readonly rights: readonly string[] }[];
  readonly requireTLS: boolean;
  readonly domainSecureEnabled: boolean;
  readonly requireEHLODomain: boolean;
  readonly bareLinefeedRejectionEnabled: boolean;
  /** `<I>issuer<S>subject`, where written; overrides the choice by `fqdn`. */
  readonly tlsCertificateName?: string;
  /** The partner the connector serves. */
  readonly partner?: string;
  readonly defaultDomain?: string;
  /** Recipients that nobody may name, by what their domain is; absent: none. */
  readonly rejectedRecipientDomains?: readonly RejectedDomains[];
  readonly protocolLoggingLevel: 'None' | 'Verbose';
  readonly extensions: ReceiveExtensions;
  readonly limits: ReceiveLimits;
}

/** A kind of domain in which a Receive connector takes no recipient, whoever asks. */
export type RejectedDomains = 'reserved top level' | 'reserved second level' | 'single label';

/** `contoso.com`, `*.contoso.com` (the domain and its subdomains) or `*`, with its cost. SMTP only. */
export interface AddressSpace {
  readonly space: string;
  readonly cost: number;
}

/** A smart host by address or by name, in the order written. */
export interface SmartHost {
  readonly host: string;
  readonly kind: 'address' | 'fqdn';
}

export interface SendConnector {
  readonly name: string;
  readonly source: 'declared' | 'setup';
  readonly enabled: boolean;
  readonly addressSpaces: readonly AddressSpace[];
  /** The servers that send through it; a connector that lives locally on an Edge server names that server. */
  readonly sourceTransportServers: readonly string[];
  readonly isScopedConnector: boolean;
  readonly dnsRoutingEnabled: boolean;
  readonly smartHosts: readonly SmartHost[];
  readonly port: number;
  readonly smartHostAuthMechanism: SmartHostAuthMechanism;
  readonly credential?: string;
  /** The name given in EHLO where written; otherwise the source server's own FQDN. */
  readonly fqdn?: string;
  readonly forceHELO: boolean;
  readonly ignoreSTARTTLS: boolean;
  readonly requireTLS: boolean;
  readonly tlsAuthLevel?: TlsAuthLevel;
  readonly tlsDomain?: string;
  readonly tlsCertificateName?: string;
  readonly domainSecureEnabled: boolean;
  readonly partner?: string;
  /** Unit: bytes. */
  readonly maxMessageSize: Limit;
  /** Unit: seconds. */
  readonly connectionInactivityTimeOut: number;
  readonly smtpMaxMessagesPerConnection: number;
  /** Edge only; absent is any address. */
  readonly sourceIPAddress?: string;
  readonly errorPolicies: readonly string[];
  readonly protocolLoggingLevel: 'None' | 'Verbose';
}

/** A user name, and where its password is found when it is needed; never the password itself. */
export interface Credential {
  readonly name: string;
  readonly username: string;
  readonly passwordFrom: { readonly env: string } | { readonly file: string };
}

/** Facts used instead of DNS; a name that stands here is never asked for on the network. */
export interface DnsFact {
  readonly name: string;
  /** Preference and host, in the order written. */
  readonly mx?: readonly (readonly [preference: number, host: string])[];
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
}

/** Where mail for an accepted domain goes; a Maildir is relative to the data folder. */
export type Delivery =
  | { readonly domain: string; readonly kind: 'maildir'; readonly folder: string }
  | { readonly domain: string; readonly kind: 'smtp'; readonly host: string; readonly port: number };

/**
 * How a dry run on one machine stands for the real network; used only with `--rehearse`.
 * A rehearsal never leaves the machine: what no entry maps is bound to a free loopback port, or not connected to.
 */
export interface Rehearsal {
  /** A binding of the topology, and the loopback endpoint that stands for it. */
  readonly listen: readonly { readonly binding: Endpoint; readonly local: Endpoint }[];
  /** A remote endpoint, and the loopback endpoint that is connected to instead. */
  readonly connect: readonly { readonly remote: Endpoint; readonly local: Endpoint }[];
  /** A loopback client, and the address it counts as. */
  readonly clients: readonly { readonly local: string; readonly address: string }[];
}

/** The retry clock and expiry of the queue. Unit: seconds, except for the counts. Source: semantics of message intervals. */
export interface QueueIntervals {
  readonly queueGlitchRetryCount: number;
  readonly queueGlitchRetryInterval: number;
  readonly transientFailureRetryCount: number;
  readonly transientFailureRetryInterval: number;
  readonly outboundConnectionFailureRetryInterval: number;
  readonly messageRetryInterval: number;
  readonly delayNotificationTimeout: number;
  readonly messageExpirationTimeout: number;
}

/** What a server of the topology retries by; Edge servers have a slower clock. */
export interface ServerQueue {
  readonly server: string;
  readonly intervals: QueueIntervals;
}

export interface TransportConfig {
  /** Rises when this shape changes in a way that an older transport would misread. */
  readonly configVersion: 1;
  readonly organization: string;
  readonly acceptedDomains: readonly AcceptedDomain[];
  readonly servers: readonly Server[];
  readonly certificates: readonly Certificate[];
  readonly authorities: readonly Authority[];
  readonly partners: readonly Partner[];
  readonly credentials: readonly Credential[];
  readonly receiveConnectors: readonly ReceiveConnector[];
  readonly sendConnectors: readonly SendConnector[];
  /** Domains whose mail leaves over mutual TLS or not at all. */
  readonly tlsSendDomainSecureList: readonly string[];
  /** Domains whose mail is taken over mutual TLS or not at all. */
  readonly tlsReceiveDomainSecureList: readonly string[];
  /** From address of DSNs. */
  readonly postmasterAddress: string;
  readonly queues: readonly ServerQueue[];
  readonly dns: readonly DnsFact[];
  readonly delivery: readonly Delivery[];
  readonly rehearsal: Rehearsal;
}
