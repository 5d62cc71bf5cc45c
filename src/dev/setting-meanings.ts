import type { SettingObject } from '../exchange/setting.ts';

const sendConnector: { readonly [key: string]: string } = {
  addressSpaces: 'What it serves, such as fabrikam.com, *.fabrikam.com or "SMTP:fabrikam.net;5" with a cost.',
  authenticationCredential: 'The entry under credentials that the smart host asks for.',
  cloudServicesMailEnabled: 'Keeps the headers of hybrid mail flow; set by the hybrid wizard.',
  comment: 'A remark for administrators.',
  connectionInactivityTimeOut: 'How long an idle connection stays open.',
  connectorType: 'Whether mail goes to Microsoft 365; set by the hybrid wizard.',
  dnsRoutingEnabled: 'Finds the next hop by MX records; false where smart hosts are given.',
  domainSecureEnabled: 'Domain Security: mutual TLS with the domains on tlsSendDomainSecureList.',
  enabled: 'Whether mail is sent through it.',
  errorPolicies: 'Which errors of the next hop are taken for others.',
  forceHELO: 'Greets with HELO instead of EHLO.',
  fqdn: 'The name given in EHLO and looked for in a certificate.',
  frontendProxyEnabled: 'Sends through the Front End Transport service.',
  ignoreSTARTTLS: 'Never uses TLS, even where the next hop offers it.',
  isCoexistenceConnector: 'Secure mail between the organization and the cloud.',
  isScopedConnector: 'Serves only senders in the Active Directory site of its source servers.',
  linkedReceiveConnector: 'Sends on what comes in through this Receive connector, whatever its domain.',
  maxMessageSize: 'The largest message that it carries.',
  port: 'The port of the smart hosts.',
  protocolLoggingLevel: 'Whether its SMTP dialogue is logged.',
  region: 'A region of the cloud.',
  requireTLS: 'Mail leaves over TLS or waits.',
  smartHostAuthMechanism: 'How to authenticate to the smart hosts.',
  smartHosts: 'The next hops, each an FQDN or an address; they take the place of MX records.',
  smtpMaxMessagesPerConnection: 'How many messages one connection carries.',
  sourceIPAddress: 'The local address to send from; Edge servers only.',
  sourceTransportServers:
    'The servers that send through it: hub or mailbox servers, or subscribed Edge servers.',
  tlsAuthLevel: 'How far the certificate of the next hop is checked; needs requireTLS.',
  tlsCertificateName: 'The certificate to present, as <I>issuer<S>subject.',
  tlsDomain: 'The name that the certificate of the next hop must have, with tlsAuthLevel DomainValidation.',
  useExternalDNSServersEnabled:
    "Asks the DNS servers that the source server's settings name as external ones.",
};

const receiveConnector: { readonly [key: string]: string } = {
  advertiseClientSettings: 'Shows its name, port and authentication to mail clients.',
  authMechanism: 'How a client may authenticate; Tls offers STARTTLS.',
  authTarpitInterval: 'How long the answer to a failed logon is held back.',
  banner: 'The first line of the dialogue; it begins with 220.',
  bareLinefeedRejectionEnabled: 'Refuses messages with bare line feeds.',
  binaryMimeEnabled: 'Offers BINARYMIME; needs chunkingEnabled.',
  bindings: 'The local addresses and ports it listens on, such as "192.0.2.25:25" or "[::]:25".',
  chunkingEnabled: 'Offers CHUNKING.',
  comment: 'A remark for administrators.',
  connectionInactivityTimeout: 'How long an idle connection stays open.',
  connectionTimeout: 'How long a connection stays open at all; more than connectionInactivityTimeout.',
  defaultDomain: 'The accepted domain that is added to addresses without one.',
  deliveryStatusNotificationEnabled: 'Offers DSN.',
  domainSecureEnabled: 'Domain Security: mutual TLS with the domains on tlsReceiveDomainSecureList.',
  eightBitMimeEnabled: 'Offers 8BITMIME.',
  enableAuthGSSAPI: 'Offers Kerberos beside NTLM where authMechanism has Integrated.',
  enabled: 'Whether it takes connections.',
  enhancedStatusCodesEnabled: 'Offers ENHANCEDSTATUSCODES.',
  extendedProtectionPolicy: 'Whether Integrated logons are bound to the TLS channel.',
  fqdn: 'The name announced in banner and EHLO and looked for in a certificate.',
  longAddressesEnabled: 'Takes X.400 addresses of up to 1860 characters.',
  maxAcknowledgementDelay: 'How long an acknowledgement waits for delivery.',
  maxHeaderSize: 'The largest header of a message.',
  maxHopCount: 'How many Received fields a message may have.',
  maxInboundConnection: 'How many connections at a time.',
  maxInboundConnectionPerSource: 'How many connections at a time from one address.',
  maxInboundConnectionPercentagePerSource:
    'The share of the free connections that one address may take, in percent.',
  maxLocalHopCount: 'How many Received fields of our own servers a message may have; 0 is any number.',
  maxLogonFailures: 'How many failed logons close the connection; 0 is never.',
  maxMessageSize: 'The largest message that it takes.',
  maxProtocolErrors: 'How many errors of the client close the connection.',
  maxRecipientsPerMessage: 'How many recipients a message may have.',
  messageRateLimit: 'How many messages a minute one client may send.',
  messageRateSource: 'What counts as one client for messageRateLimit.',
  orarEnabled: 'Offers XORAR, an alternate recipient that the sender asks for.',
  permissionGroups: 'Who may send through it; AnonymousUsers is everybody.',
  pipeliningEnabled: 'Offers PIPELINING.',
  protocolLoggingLevel: 'Whether its SMTP dialogue is logged.',
  rejectReservedSecondLevelRecipientDomains:
    'Refuses recipients in example.com, example.net and example.org.',
  rejectReservedTopLevelRecipientDomains: 'Refuses recipients in .test, .example, .invalid and .localhost.',
  rejectSingleLabelRecipientDomains: 'Refuses recipients in domains of one label.',
  remoteIPRanges:
    'The addresses whose connections it takes: an address, CIDR, first-last, or address(mask). Default: the addresses of its partner.',
  requireEHLODomain: 'The client must give a name in EHLO.',
  requireTLS: 'Mail comes over TLS or is refused; needs Tls in authMechanism.',
  serviceDiscoveryFqdn: 'The name for service discovery.',
  sizeEnabled: 'Offers SIZE, with or without the value of maxMessageSize.',
  suppressXAnonymousTls: 'Does not offer X-ANONYMOUSTLS.',
  tarpitInterval: 'How long an error is held back from a client that has not authenticated.',
  tlsCertificateName:
    'The certificate to present, as <I>issuer<S>subject; it goes before the choice by fqdn.',
  tlsDomainCapabilities:
    'What remote domains may do, such as "contoso.com:AcceptCloudServicesMail"; hybrid only.',
  transportRole:
    'The service that listens: FrontendTransport towards others, HubTransport behind it. Not on Edge servers.',
};

const transportConfig: { readonly [key: string]: string } = {
  externalPostmasterAddress: 'Who non-delivery reports to outside senders come from.',
  generateCopyOfDSNFor: 'The status codes whose reports the postmaster gets, such as 5.4.8.',
  internalSMTPServers: 'The addresses of our own servers that anti-spam looks behind.',
  maxReceiveSize: 'The largest message that the organization takes.',
  maxRecipientEnvelopeLimit: 'How many recipients a message may have.',
  maxSendSize: 'The largest message that the organization sends.',
  shadowRedundancyEnabled: 'Keeps a second copy of each message until it is delivered.',
  tlsReceiveDomainSecureList:
    'The domains whose mail must come over mutual TLS. Derived from the domain-secure Receive connectors when left out.',
  tlsSendDomainSecureList:
    'The domains whose mail must leave over mutual TLS. Derived from the domain-secure Send connectors when left out.',
  verifySecureSubmitEnabled: 'MAPI clients must submit over encryption.',
};

/** What settings mean, in a sentence, for the ones whose names do not say it all. */
export const meanings: { readonly [one in SettingObject]: { readonly [key: string]: string } } = {
  sendConnector,
  receiveConnector,
  transportConfig,
};
