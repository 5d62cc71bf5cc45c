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
            fqdn: 'hub01.corp.contoso.com',
            exchangeVersion: '2007',
            addresses: ['10.0.0.11'],
            site: 'Munich'
        },
        // topology.yaml:11
        {
            name: 'EDGE01',
            role: 'edge',
            fqdn: 'mail.contoso.com',
            exchangeVersion: '2007',
            addresses: ['192.0.2.25', '10.0.9.25'],
            subscribedTo: 'Munich'
        }
    ],
    certificates: [
        // topology.yaml:14
        {
            name: 'contoso-mail',
            file: 'certificates/contoso-mail.pem',
            keyFile: 'contoso-mail.key',
            domains: ['mail.contoso.com', 'contoso.com'],
            installedOn: ['EDGE01'],
            smtp: true,
            issuedBy: 'contoso-root'
        }
    ],
    authorities: [
        // topology.yaml:23
        {
            name: 'contoso-root',
            file: 'certificates/roots/contoso-root.pem',
            trustedOn: ['EDGE01']
        },
        // topology.yaml:24
        {
            name: 'fabrikam-root',
            file: 'certificates/roots/fabrikam-root.pem',
            trustedOn: ['EDGE01']
        }
    ],
    partners: [
        // topology.yaml:27
        {
            name: 'fabrikam',
            domains: ['fabrikam.com', 'fabrikam.net'],
            issuedBy: 'fabrikam-root'
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
            fqdn: 'hub01.corp.contoso.com',
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
            fqdn: 'hub01.corp.contoso.com',
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
        // topology.yaml:55
        {
            name: 'Printers',
            server: 'HUB01',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '10.0.0.11', port: 2526 }],
            remoteIPRanges: [{ first: '10.0.8.0', last: '10.0.8.255' }, { first: '10.0.7.1', last: '10.0.7.20' }],
            fqdn: 'hub01.corp.contoso.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers'],
            extendedRights: [{ principal: 'NT AUTHORITY\\ANONYMOUS LOGON', rights: ['ms-Exch-SMTP-Accept-Any-Recipient'] }],
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
                maxRecipientsPerMessage: 200,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Default internal receive connector EDGE01',
            server: 'EDGE01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }],
            remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
            fqdn: 'mail.contoso.com',
            authMechanism: ['Tls', 'ExchangeServer'],
            permissionGroups: ['AnonymousUsers', 'ExchangeServers', 'Partners'],
            extendedRights: [],
            requireTLS: false,
            domainSecureEnabled: true,
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
                connectionTimeout: 300,
                connectionInactivityTimeout: 60,
                maxInboundConnection: 5000,
                maxInboundConnectionPerSource: 20,
                maxInboundConnectionPercentagePerSource: 2,
                messageRateLimit: 600,
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
        // topology.yaml:45
        {
            name: 'From Fabrikam',
            server: 'EDGE01',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.25', port: 25 }],
            remoteIPRanges: [
                { first: '198.51.100.0', last: '198.51.100.255' },
                { first: '198.51.101.1', last: '198.51.101.20' }
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
                connectionTimeout: 300,
                connectionInactivityTimeout: 60,
                maxInboundConnection: 5000,
                maxInboundConnectionPerSource: 20,
                maxInboundConnectionPercentagePerSource: 2,
                messageRateLimit: 600,
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
        // topology.yaml:35
        {
            name: 'To Fabrikam',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'fabrikam.com', cost: 1 }, { space: 'fabrikam.net', cost: 5 }],
            sourceTransportServers: ['EDGE01'],
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
        },
        // topology.yaml:11
        {
            name: 'EdgeSync - Munich to Internet',
            source: 'setup',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 100 }],
            sourceTransportServers: ['EDGE01'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: true,
            maxMessageSize: 10485760,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:11
        {
            name: 'EdgeSync - Inbound to Munich',
            source: 'setup',
            enabled: true,
            addressSpaces: [{ space: '--', cost: 1 }],
            sourceTransportServers: ['EDGE01'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: '--', kind: 'fqdn' }],
            port: 25,
            smartHostAuthMechanism: 'ExchangeServer',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: false,
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
        },
        {
            server: 'EDGE01',
            intervals: {
                queueGlitchRetryCount: 4,
                queueGlitchRetryInterval: 60,
                transientFailureRetryCount: 6,
                transientFailureRetryInterval: 600,
                outboundConnectionFailureRetryInterval: 1800,
                messageRetryInterval: 900,
                delayNotificationTimeout: 14400,
                messageExpirationTimeout: 172800
            }
        }
    ],
    dns: [
        {
            name: 'fabrikam.com',
            mx: [[10, 'mail.fabrikam.com']]
        },
        {
            name: 'fabrikam.net',
            mx: [[10, 'mail.fabrikam.com']]
        },
        {
            name: 'mail.fabrikam.com',
            a: ['198.51.100.10']
        }
    ],
    delivery: [{ domain: 'contoso.com', kind: 'maildir', folder: 'contoso.com' }],
    rehearsal: {
        listen: [
            {
                binding: { address: '192.0.2.25', port: 25 },
                local: { address: '127.0.0.1', port: 2525 }
            },
            {
                binding: { address: '10.0.0.11', port: 2526 },
                local: { address: '127.0.0.1', port: 2526 }
            }
        ],
        connect: [
            {
                remote: { address: '198.51.100.10', port: 25 },
                local: { address: '127.0.0.1', port: 2600 }
            }
        ],
        clients: [{ local: '127.0.0.1', address: '198.51.100.10' }, { local: '127.0.0.2', address: '10.0.7.6' }]
    }
};
