// Made by mailtopo from topology.yaml. Change that file and compile again.
import type { TransportConfig } from './runtime/config.ts';
export const topology: TransportConfig = {
    configVersion: 1,
    organization: 'Contoso',
    acceptedDomains: [{ domain: 'contoso.com', type: 'authoritative' }],
    servers: [
        // topology.yaml:10
        {
            name: 'HUB01',
            role: 'hub',
            fqdn: 'hub01.contoso.com',
            exchangeVersion: '2007',
            addresses: ['192.0.2.11'],
            site: 'Munich'
        }
    ],
    certificates: [
        // topology.yaml:13
        {
            name: 'contoso-mail',
            domains: ['mail.contoso.com', 'contoso.com'],
            installedOn: ['HUB01'],
            smtp: true,
            issuedBy: 'public'
        }
    ],
    authorities: [],
    partners: [
        // topology.yaml:20
        {
            name: 'fabrikam',
            domains: ['fabrikam.com', 'fabrikam.net'],
            issuedBy: 'public'
        }
    ],
    credentials: [],
    receiveConnectors: [
        // topology.yaml:10
        {
            name: 'Default HUB01',
            server: 'HUB01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }],
            remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
            fqdn: 'hub01.contoso.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
            extendedRights: [],
            requireTLS: false,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            protocolLoggingLevel: 'None',
            extensions: {
                sizeEnabled: 'Enabled',
                pipeliningEnabled: true,
                deliveryStatusNotificationEnabled: true,
                enhancedStatusCodesEnabled: true,
                eightBitMimeEnabled: true,
                binaryMimeEnabled: true,
                chunkingEnabled: true,
                smtpUtf8Enabled: false
            },
            limits: {
                connectionTimeout: 600,
                connectionInactivityTimeout: 300,
                maxInboundConnection: 5000,
                maxInboundConnectionPerSource: 20,
                maxInboundConnectionPercentagePerSource: 2,
                messageRateLimit: 'unlimited',
                messageRateSource: 'IPAddress',
                maxProtocolErrors: 5,
                maxLogonFailures: 3,
                maxRecipientsPerMessage: 5000,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Client HUB01',
            server: 'HUB01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }],
            remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
            fqdn: 'hub01.contoso.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS'],
            permissionGroups: ['ExchangeUsers'],
            extendedRights: [],
            requireTLS: false,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            protocolLoggingLevel: 'None',
            extensions: {
                sizeEnabled: 'Enabled',
                pipeliningEnabled: true,
                deliveryStatusNotificationEnabled: true,
                enhancedStatusCodesEnabled: true,
                eightBitMimeEnabled: true,
                binaryMimeEnabled: true,
                chunkingEnabled: true,
                smtpUtf8Enabled: false
            },
            limits: {
                connectionTimeout: 600,
                connectionInactivityTimeout: 300,
                maxInboundConnection: 5000,
                maxInboundConnectionPerSource: 20,
                maxInboundConnectionPercentagePerSource: 2,
                messageRateLimit: 5,
                messageRateSource: 'IPAddress',
                maxProtocolErrors: 5,
                maxLogonFailures: 3,
                maxRecipientsPerMessage: 200,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:34
        {
            name: 'From Fabrikam',
            server: 'HUB01',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.11', port: 25 }],
            remoteIPRanges: [
                { first: '198.51.100.10', last: '198.51.100.10' },
                { first: '198.51.100.11', last: '198.51.100.11' }
            ],
            fqdn: 'mail.contoso.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers', 'Partners'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: true,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'fabrikam',
            protocolLoggingLevel: 'None',
            extensions: {
                sizeEnabled: 'Enabled',
                pipeliningEnabled: true,
                deliveryStatusNotificationEnabled: true,
                enhancedStatusCodesEnabled: true,
                eightBitMimeEnabled: true,
                binaryMimeEnabled: true,
                chunkingEnabled: true,
                smtpUtf8Enabled: false
            },
            limits: {
                connectionTimeout: 600,
                connectionInactivityTimeout: 300,
                maxInboundConnection: 5000,
                maxInboundConnectionPerSource: 20,
                maxInboundConnectionPercentagePerSource: 2,
                messageRateLimit: 'unlimited',
                messageRateSource: 'IPAddress',
                maxProtocolErrors: 5,
                maxLogonFailures: 3,
                maxRecipientsPerMessage: 200,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        }
    ],
    sendConnectors: [
        // topology.yaml:27
        {
            name: 'To Fabrikam',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'fabrikam.com', cost: 1 }, { space: 'fabrikam.net', cost: 1 }],
            sourceTransportServers: ['HUB01'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.contoso.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: true,
            partner: 'fabrikam',
            maxMessageSize: 10485760,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        }
    ],
    tlsSendDomainSecureList: ['fabrikam.com', 'fabrikam.net'],
    tlsReceiveDomainSecureList: ['fabrikam.com', 'fabrikam.net'],
    postmasterAddress: 'postmaster@contoso.com',
    queues: [
        {
            server: 'HUB01',
            intervals: {
                queueGlitchRetryCount: 4,
                queueGlitchRetryInterval: 60,
                transientFailureRetryCount: 6,
                transientFailureRetryInterval: 300,
                outboundConnectionFailureRetryInterval: 600,
                messageRetryInterval: 900,
                delayNotificationTimeout: 14400,
                messageExpirationTimeout: 172800
            }
        }
    ],
    dns: [],
    delivery: [{ domain: 'contoso.com', kind: 'maildir', folder: 'contoso.com' }],
    rehearsal: { listen: [], connect: [], clients: [] }
};
