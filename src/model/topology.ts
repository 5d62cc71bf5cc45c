/**
 * The dictionary of the program: a bound topology, in which every word knows its place.
 *
 * Lists keep the order of the file. A value that the author did not write carries the place of what it was
 * derived from, or of the name of the object that has the default, so that every value can be pointed at.
 */
import type { Located, Span } from '../base/span.ts';
import type { AuthMechanism, PermissionGroup } from '../exchange/connector-words.ts';
import type { FrontEnd } from '../exchange/server-role.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import type { LocatedNode } from '../source/located.ts';
import type { AddressSpace } from '../mail/address-space.ts';
import type { IpRange } from '../mail/ip-range.ts';
import type { SmartHost } from '../mail/smart-host.ts';
import type { TcpBinding } from '../mail/tcp-binding.ts';

/** A value as its author wrote it, beside what it means; `parsed` is absent when it means nothing. */
export interface Written<T> extends Located<string> {
  readonly parsed?: T;
}

/** A name that should be declared elsewhere; `target` is absent when nobody declares it. */
export interface Reference<T> extends Located<string> {
  readonly target?: T;
}

/** Where an effective value comes from: the file, something that it follows from, or Exchange's default. */
export type SettingSource = 'written' | 'derived' | 'default';

/** The effective value of a parameter; `at` is the written value, or what it was derived from, or the object's name. */
export interface Setting<T> extends Located<T> {
  readonly source: SettingSource;
}

/** An Exchange parameter as written on a connector or on transportConfig, whatever its type. */
export interface WrittenParameter {
  /** The key as written, such as `requireTLS`. */
  readonly key: Located<string>;
  readonly node: LocatedNode;
}

export type ServerRole = 'hub' | 'mailbox' | 'clientAccess' | 'edge';

/** An Exchange server with a transport role. */
export interface Server {
  readonly name: Located<string>;
  readonly role: Located<ServerRole>;
  readonly fqdn: Located<string>;
  /** Addresses on its network adapters. */
  readonly addresses: readonly Written<IpRange>[];
  readonly site?: Located<string>;
  /** Edge only: the Active Directory site it is subscribed to. */
  readonly subscribedTo?: Located<string>;
  /** Its own version where written (coexistence), else the organization's. */
  readonly version: Setting<ExchangeVersion>;
  /** Whether Front End Transport runs on it, which a Mailbox server of 2013 may leave to Client Access servers. */
  readonly frontEnd: FrontEnd;
  /** Whether the Receive connectors that setup makes are still there. */
  readonly setupDefaults: 'present' | 'removed';
  /** The whole entry. */
  readonly at: Span;
}

export type AcceptedDomainType = 'authoritative' | 'internalRelay' | 'externalRelay';

/** A domain that the organization takes mail for; `*.contoso.com` is the subdomains only. */
export interface AcceptedDomain {
  readonly domain: Located<string>;
  readonly type: Located<AcceptedDomainType>;
}

/** Who signed a certificate: a public authority, itself, or a declared authority. */
export type Issuer =
  | { readonly kind: 'public'; readonly at: Span }
  | { readonly kind: 'selfSigned'; readonly at: Span }
  | { readonly kind: 'authority'; readonly at: Span; readonly authority: Reference<Authority> };

/** A certificate of ours. */
export interface Certificate {
  readonly name: Located<string>;
  readonly issuedBy: Issuer;
  /** The names in Subject and SAN. */
  readonly domains: readonly Located<string>[];
  readonly installedOn: readonly Reference<Server>[];
  /** Exchange services it is enabled for, canonical: SMTP, IIS, POP, IMAP, UM, UMCallRouter, Federation. */
  readonly services: readonly Located<string>[];
  /** PEM file, relative to the topology file. */
  readonly file?: Located<string>;
  readonly privateKey?: Located<string>;
  readonly at: Span;
}

/** A root that is not a public one. */
export interface Authority {
  readonly name: Located<string>;
  readonly file?: Located<string>;
  readonly trustedOn: readonly Reference<Server>[];
  readonly at: Span;
}

/** The certificate that a partner presents. */
export interface PartnerCertificate {
  readonly issuedBy: Issuer;
  readonly domains: readonly Located<string>[];
  readonly at: Span;
}

/** A root of ours that a partner has installed: an authority, or a self-signed certificate of ours. */
export type Trusted = Reference<Authority | Certificate>;

export type Mta = 'postfix' | 'exim' | 'opensmtpd' | 'sendmail' | 'other';

/** The third party of the document. */
export interface Partner {
  readonly name: Located<string>;
  readonly domains: readonly Located<string>[];
  readonly addresses: readonly Written<IpRange>[];
  readonly mta?: Located<Mta>;
  readonly certificate?: PartnerCertificate;
  readonly trusts: readonly Trusted[];
  readonly at: Span;
}

/** A user name and where its password is found; the password is never in the file. */
export interface Credential {
  readonly name: Located<string>;
  readonly username: Located<string>;
  readonly passwordFrom: Located<{ readonly env: string } | { readonly file: string }>;
  readonly at: Span;
}

export type NetworkKind = 'nat' | 'loadBalancer';

/** A device that puts its own address in place of a client's, so that a range cannot tell the clients apart. */
export interface Network {
  readonly name: Located<string>;
  readonly kind: Located<NetworkKind>;
  readonly addresses: readonly Written<IpRange>[];
  readonly at: Span;
}

export type Usage = 'client' | 'custom' | 'internal' | 'internet' | 'partner';

export type { AuthMechanism, PermissionGroup };

export type SmartHostAuthMechanism =
  'None' | 'BasicAuth' | 'BasicAuthRequireTLS' | 'ExchangeServer' | 'ExternalAuthoritative';

/** A gateway for incoming mail on one server. Source: DOC B4, EXCH New-ReceiveConnector. */
export interface ReceiveConnector {
  /** The name alone, without the `SERVER\` that a key may begin with. */
  readonly name: Located<string>;
  readonly server: Reference<Server>;
  readonly partner?: Reference<Partner>;
  readonly usage: Setting<Usage>;
  readonly enabled: Setting<boolean>;
  readonly bindings: readonly Written<TcpBinding>[];
  /** Written, or the addresses of its partner (placed at the `partner` key), or the default of its usage. */
  readonly remoteIPRanges: readonly Written<IpRange>[];
  readonly remoteIPRangesSource: SettingSource;
  /** Default: the server's FQDN. */
  readonly fqdn: Setting<string>;
  readonly authMechanism: Setting<readonly AuthMechanism[]>;
  readonly permissionGroups: Setting<readonly PermissionGroup[]>;
  /** Default: false. */
  readonly requireTLS: Setting<boolean>;
  /** Default: false. */
  readonly domainSecureEnabled: Setting<boolean>;
  /** Rights granted beside the groups, by principal (Add-ADPermission -ExtendedRights). */
  readonly extendedRights: readonly {
    readonly principal: Located<string>;
    readonly rights: readonly Located<string>[];
  }[];
  readonly tlsCertificateName?: Located<string>;
  /** Every Exchange parameter that is written, the ones above among them. */
  readonly written: readonly WrittenParameter[];
  readonly at: Span;
}

/** A gateway for outgoing mail. Source: DOC B3, EXCH New-SendConnector. */
export interface SendConnector {
  readonly name: Located<string>;
  readonly partner?: Reference<Partner>;
  readonly usage: Setting<Usage>;
  readonly enabled: Setting<boolean>;
  /** Written, or the domains of its partner at cost 1 (placed at the `partner` key). */
  readonly addressSpaces: readonly Written<AddressSpace>[];
  readonly addressSpacesSource: SettingSource;
  /** Written, or the organization's only transport server (DOC S10); empty for a connector that is local to an Edge server. */
  readonly sourceTransportServers: readonly Reference<Server>[];
  readonly sourceTransportServersSource: SettingSource;
  /** The Edge server without subscription on which the connector lives (DOC S1). */
  readonly server?: Reference<Server>;
  /** Default: false where smart hosts are given, else true. */
  readonly dnsRoutingEnabled: Setting<boolean>;
  readonly smartHosts: readonly Written<SmartHost>[];
  readonly smartHostAuthMechanism: Setting<SmartHostAuthMechanism>;
  readonly authenticationCredential?: Reference<Credential>;
  /** Absent: each source server's own FQDN. */
  readonly fqdn?: Located<string>;
  readonly ignoreSTARTTLS: Setting<boolean>;
  readonly requireTLS: Setting<boolean>;
  readonly tlsAuthLevel?: Located<string>;
  readonly tlsDomain?: Located<string>;
  readonly tlsCertificateName?: Located<string>;
  /** Default: false. */
  readonly domainSecureEnabled: Setting<boolean>;
  readonly written: readonly WrittenParameter[];
  readonly at: Span;
}

/** Set-TransportConfig: values of the organization. */
export interface TransportConfig {
  /** Written, or the domains of the partners of domain-secure Send connectors. */
  readonly tlsSendDomainSecureList: Setting<readonly Located<string>[]>;
  /** Written, or the domains of the partners of domain-secure Receive connectors. */
  readonly tlsReceiveDomainSecureList: Setting<readonly Located<string>[]>;
  readonly written: readonly WrittenParameter[];
  readonly at: Span;
}

/** Facts that stand for DNS. */
export interface DnsFact {
  readonly name: Located<string>;
  readonly mx: readonly { readonly preference: number; readonly host: string; readonly at: Span }[];
  readonly a: readonly Located<string>[];
  readonly aaaa: readonly Located<string>[];
}

/** Where the bundle puts mail for an accepted domain. */
export type Delivery =
  | { readonly kind: 'maildir'; readonly domain: Located<string>; readonly folder: Located<string> }
  | { readonly kind: 'smtp'; readonly domain: Located<string>; readonly endpoint: Written<TcpBinding> };

/** How a dry run on one machine stands for the real network. */
export interface Rehearsal {
  readonly listen: readonly { readonly binding: Written<TcpBinding>; readonly local: Written<TcpBinding> }[];
  readonly connect: readonly { readonly remote: Written<TcpBinding>; readonly local: Written<TcpBinding> }[];
  readonly clients: readonly { readonly local: Written<IpRange>; readonly address: Written<IpRange> }[];
}

/** A severity given to a rule in the file; `off` silences it. */
export interface RuleLevel {
  readonly rule: Located<string>;
  readonly level: Located<'off' | 'info' | 'warning' | 'error'>;
}

export interface Organization {
  readonly name: Located<string>;
  readonly exchangeVersion: Located<ExchangeVersion>;
  readonly acceptedDomains: readonly AcceptedDomain[];
}

/** How much TLS a policy asks for; `mutual` is Domain Security. */
export type PolicyTls = 'encrypted' | 'validated' | 'mutual';

/** A property that the topology must have; `mailtopo verify` proves it. */
export interface Policy {
  readonly name: Located<string>;
  /** Absent where the policy is not about relaying; an empty list lets nobody relay. */
  readonly relayOnlyFrom?: readonly Written<IpRange>[];
  readonly from: readonly Located<string>[];
  readonly to: readonly Located<string>[];
  /** Belongs to `from` and `to`. Default: encrypted. */
  readonly tls: PolicyTls;
  readonly reaches: readonly Located<string>[];
  readonly at: Span;
}

/** A trace with what is expected of it; `mailtopo test` asks for it. */
export interface TraceTest {
  readonly name: Located<string>;
  /** The keys of a scenario, as written; the transport's words are checked where it is read. */
  readonly scenario: ReadonlyMap<string, readonly Located<string>[]>;
  /** What is expected, by key. */
  readonly expect: ReadonlyMap<string, Located<string>>;
  readonly at: Span;
}

/** One mail topology, whole. */
export interface Topology {
  readonly file: string;
  readonly organization: Organization;
  readonly servers: readonly Server[];
  readonly certificates: readonly Certificate[];
  readonly authorities: readonly Authority[];
  readonly partners: readonly Partner[];
  readonly credentials: readonly Credential[];
  readonly networks: readonly Network[];
  readonly sendConnectors: readonly SendConnector[];
  readonly receiveConnectors: readonly ReceiveConnector[];
  readonly transportConfig: TransportConfig;
  readonly dns: readonly DnsFact[];
  readonly delivery: readonly Delivery[];
  readonly rehearsal: Rehearsal;
  readonly policies: readonly Policy[];
  readonly tests: readonly TraceTest[];
  readonly levels: readonly RuleLevel[];
  /** Every name that points at a declaration, resolved or not, for `unknown-reference`. */
  readonly references: readonly NamedReference[];
}

/** What a reference points at, and the names that it could have meant. */
export interface NamedReference {
  readonly kind: 'server' | 'partner' | 'certificate' | 'authority' | 'credential' | 'site';
  readonly name: Located<string>;
  readonly found: boolean;
  readonly candidates: readonly string[];
}
