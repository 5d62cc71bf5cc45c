/**
 * The plan: everything that has to be brought about, in order, with all values settled.
 *
 * Emitters see the plan and never the topology. A step says what shall be, not how; each target says how.
 */
import type { Span } from '../base/span.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import type {
  AcceptedDomainType,
  AuthMechanism,
  Mta,
  PermissionGroup,
  ServerRole,
  SettingSource,
  SmartHostAuthMechanism,
  Usage,
} from '../model/topology.ts';

/**
 * Where a step is carried out: once for the organization (on a hub or mailbox server), or on one server itself.
 * Source: EXCH New-SendConnector, New-ReceiveConnector (Edge Transport servers are configured locally).
 */
export type Place = { readonly kind: 'organization' } | { readonly kind: 'server'; readonly server: string };

/** Unit: bytes or a count, as the parameter says; `unlimited` is no limit. */
export type Limit = number | 'unlimited';

/** The value of a parameter, in the form that both scripts and bundle can write. */
export type ParameterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'enum'; readonly names: readonly string[]; readonly multi: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  /** Unit: bytes. */
  | { readonly kind: 'size'; readonly bytes: Limit }
  /** Unit: seconds. */
  | { readonly kind: 'time-span'; readonly seconds: number }
  | { readonly kind: 'limit'; readonly value: Limit }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Clears the property. */
  | { readonly kind: 'null' };

/** One effective value of an Exchange parameter. */
export interface PlannedParameter {
  /** As the cmdlet spells it, such as `RequireTLS`. */
  readonly parameter: string;
  /** As the topology spells it, such as `requireTLS`. */
  readonly key: string;
  readonly value: ParameterValue;
  readonly source: SettingSource;
  readonly origin: Span;
}

export interface AddressRange {
  readonly first: string;
  readonly last: string;
  /** Canonical as scripts write it: one address, CIDR, or `first-last`. */
  readonly text: string;
}

/** Unit: `address` is never bracketed; `0.0.0.0` and `::` are all addresses of their family. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** `type` is SMTP in all but foreign address spaces. */
export interface PlannedAddressSpace {
  readonly type: string;
  readonly space: string;
  readonly cost: number;
}

/** An accepted domain exists (New-AcceptedDomain). */
export interface EnsureAcceptedDomain {
  readonly kind: 'accepted-domain';
  readonly place: Place;
  readonly domain: string;
  readonly type: AcceptedDomainType;
  readonly origin: Span;
}

/** A certificate is installed and enabled for its services on one server. */
export interface EnsureCertificate {
  readonly kind: 'certificate';
  readonly place: Place;
  readonly name: string;
  readonly domains: readonly string[];
  readonly services: readonly string[];
  readonly issuedBy: string;
  /** PEM file relative to the topology file. */
  readonly file?: string;
  readonly privateKey?: string;
  readonly origin: Span;
}

/** A root is trusted by one server (LocalMachine\Root). */
export interface TrustAuthority {
  readonly kind: 'authority';
  readonly place: Place;
  readonly name: string;
  readonly file?: string;
  readonly origin: Span;
}

/** A Receive connector exists and has these values. */
export interface EnsureReceiveConnector {
  readonly kind: 'receive-connector';
  readonly place: Place;
  /** `setup` connectors are there already and are never changed by us; targets that run mail need them. */
  readonly made: 'declared' | 'setup';
  readonly name: string;
  readonly server: string;
  readonly usage: Usage;
  readonly partner?: string;
  readonly enabled: boolean;
  readonly bindings: readonly Endpoint[];
  readonly remoteIPRanges: readonly AddressRange[];
  readonly fqdn: string;
  readonly authMechanism: readonly AuthMechanism[];
  readonly permissionGroups: readonly PermissionGroup[];
  readonly requireTLS: boolean;
  readonly domainSecureEnabled: boolean;
  readonly extendedRights: readonly {
    readonly principal: string;
    readonly rights: readonly string[];
    readonly origin: Span;
  }[];
  /** All effective values, the ones above among them, in the catalogue's order; the ones to manage are not `default`. */
  readonly parameters: readonly PlannedParameter[];
  readonly origin: Span;
}

/** A Send connector exists and has these values. */
export interface EnsureSendConnector {
  readonly kind: 'send-connector';
  readonly place: Place;
  readonly made: 'declared' | 'setup';
  readonly name: string;
  readonly usage: Usage;
  readonly partner?: string;
  readonly enabled: boolean;
  readonly addressSpaces: readonly PlannedAddressSpace[];
  /** Never empty for the transport: a local connector names the Edge server it lives on. */
  readonly sourceTransportServers: readonly string[];
  readonly dnsRoutingEnabled: boolean;
  readonly smartHosts: readonly { readonly host: string; readonly kind: 'address' | 'fqdn' }[];
  readonly smartHostAuthMechanism: SmartHostAuthMechanism;
  readonly credential?: string;
  readonly fqdn?: string;
  readonly ignoreSTARTTLS: boolean;
  readonly requireTLS: boolean;
  readonly tlsAuthLevel?: string;
  readonly tlsDomain?: string;
  readonly domainSecureEnabled: boolean;
  readonly parameters: readonly PlannedParameter[];
  readonly origin: Span;
}

/** The domain-secure lists hold these entries, among whatever else they hold, and other values of Set-TransportConfig. */
export interface EnsureTransportConfig {
  readonly kind: 'transport-config';
  readonly place: Place;
  readonly tlsSendDomainSecureList: readonly string[];
  readonly tlsReceiveDomainSecureList: readonly string[];
  /** Without the two lists, which are merged and not set. */
  readonly parameters: readonly PlannedParameter[];
  readonly origin: Span;
}

/** What the organization holds is carried to the subscribed Edge servers of a site. */
export interface SynchronizeEdge {
  readonly kind: 'edge-synchronization';
  readonly place: Place;
  readonly site: string;
  readonly edgeServers: readonly string[];
  readonly origin: Span;
}

/** The Transport service of one server is restarted (DOC S13.4, R21); mail stops meanwhile. */
export interface RestartTransport {
  readonly kind: 'restart';
  readonly place: Place;
  readonly server: string;
  readonly services: readonly string[];
  /** Why, in words, such as `Domain Security on "From Fabrikam"`. */
  readonly reasons: readonly string[];
  readonly origin: Span;
}

export type Step =
  | EnsureCertificate
  | TrustAuthority
  | EnsureReceiveConnector
  | EnsureTransportConfig
  | EnsureAcceptedDomain
  | EnsureSendConnector
  | SynchronizeEdge
  | RestartTransport;

export interface PlannedServer {
  readonly name: string;
  readonly role: ServerRole;
  readonly fqdn: string;
  readonly version: ExchangeVersion;
  readonly addresses: readonly string[];
  readonly site?: string;
  readonly subscribedTo?: string;
  readonly origin: Span;
}

export interface PlannedCertificate {
  readonly name: string;
  readonly domains: readonly string[];
  readonly services: readonly string[];
  readonly issuedBy: string;
  readonly installedOn: readonly string[];
  readonly file?: string;
  readonly privateKey?: string;
  readonly origin: Span;
}

export interface PlannedAuthority {
  readonly name: string;
  readonly file?: string;
  readonly trustedOn: readonly string[];
  readonly origin: Span;
}

export interface PlannedPartner {
  readonly name: string;
  readonly domains: readonly string[];
  readonly addresses: readonly AddressRange[];
  readonly mta?: Mta;
  readonly issuedBy?: string;
  readonly certificateDomains: readonly string[];
  readonly trusts: readonly string[];
  readonly origin: Span;
}

export interface PlannedCredential {
  readonly name: string;
  readonly username: string;
  readonly passwordFrom: { readonly env: string } | { readonly file: string };
  readonly origin: Span;
}

export type PlannedDelivery =
  | { readonly kind: 'maildir'; readonly domain: string; readonly folder: string }
  | { readonly kind: 'smtp'; readonly domain: string; readonly host: string; readonly port: number };

/** All of it: what the topology comes to for the organization, and the steps in their order. */
export interface Plan {
  /** The topology file as it was named, without folders of this machine. */
  readonly file: string;
  readonly organization: string;
  readonly version: ExchangeVersion;
  readonly acceptedDomains: readonly { readonly domain: string; readonly type: AcceptedDomainType }[];
  readonly servers: readonly PlannedServer[];
  readonly certificates: readonly PlannedCertificate[];
  readonly authorities: readonly PlannedAuthority[];
  readonly partners: readonly PlannedPartner[];
  readonly credentials: readonly PlannedCredential[];
  /** In the order in which they are carried out: what receives is ready before what sends. */
  readonly steps: readonly Step[];
  readonly dns: readonly {
    readonly name: string;
    readonly mx?: readonly (readonly [number, string])[];
    readonly a?: readonly string[];
    readonly aaaa?: readonly string[];
  }[];
  readonly delivery: readonly PlannedDelivery[];
  readonly rehearsal: {
    readonly listen: readonly { readonly binding: Endpoint; readonly local: Endpoint }[];
    readonly connect: readonly { readonly remote: Endpoint; readonly local: Endpoint }[];
    readonly clients: readonly { readonly local: string; readonly address: string }[];
  };
}
