// Made by mailtopo from topology.yaml. Change that file and compile again.
import type { TransportConfig } from './runtime/config.ts';
export const topology: TransportConfig = {
    configVersion: 1,
    organization: 'Litware',
    acceptedDomains: [{ domain: 'litwareinc.com', type: 'authoritative' }],
    servers: [
        // topology.yaml:10
        {
            name: 'CAS1',
            role: 'clientAccess',
            fqdn: 'cas1.litwareinc.com',
            exchangeVersion: '2013',
            addresses: ['192.0.2.41', '10.4.0.41'],
            site: 'Oslo'
        },
        // topology.yaml:11
        {
            name: 'MBX1',
            role: 'mailbox',
            fqdn: 'mbx1.litwareinc.com',
            exchangeVersion: '2013',
            addresses: ['10.4.0.51'],
            site: 'Oslo'
        },
        // topology.yaml:12
        {
            name: 'MBX2',
            role: 'mailbox',
            fqdn: 'mbx2.litwareinc.com',
            exchangeVersion: '2013',
            addresses: ['10.4.0.52'],
            site: 'Oslo'
        }
    ],
    certificates: [
        // topology.yaml:15
        {
            name: 'litware-mail',
            domains: ['mail.litwareinc.com', 'litwareinc.com'],
            installedOn: ['CAS1', 'MBX1', 'MBX2'],
            smtp: true,
            issuedBy: 'public'
        }
    ],
    authorities: [],
    partners: [
        // topology.yaml:22
        {
            name: 'proseware',
            domains: ['proseware.com'],
            issuedBy: 'public'
        }
    ],
    credentials: [],
    receiveConnectors: [
        // topology.yaml:10
        {
            name: 'Default Frontend CAS1',
            server: 'CAS1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'cas1.litwareinc.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['AnonymousUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
            extendedRights: [],
            requireTLS: false,
            domainSecureEnabled: true,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            protocolLoggingLevel: 'Verbose',
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
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Client Frontend CAS1',
            server: 'CAS1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'cas1.litwareinc.com',
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
                messageRateSource: 'User',
                maxProtocolErrors: 5,
                maxLogonFailures: 3,
                maxRecipientsPerMessage: 200,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Outbound Proxy Frontend CAS1',
            server: 'CAS1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 717 }, { address: '::', port: 717 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'cas1.litwareinc.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['ExchangeServers'],
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
                maxMessageSize: 26214400,
                tarpitInterval: 0,
                authTarpitInterval: 0
            }
        },
        // topology.yaml:44
        {
            name: 'From Proseware',
            server: 'CAS1',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.41', port: 25 }],
            remoteIPRanges: [{ first: '198.51.100.64', last: '198.51.100.79' }],
            fqdn: 'mail.litwareinc.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'proseware',
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
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Default MBX1',
            server: 'MBX1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx1.litwareinc.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
            extendedRights: [],
            requireTLS: false,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            protocolLoggingLevel: 'None',
            extensions: {
                sizeEnabled: 'EnabledWithoutValue',
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
                maxInboundConnectionPerSource: 'unlimited',
                maxInboundConnectionPercentagePerSource: 100,
                messageRateLimit: 'unlimited',
                messageRateSource: 'IPAddress',
                maxProtocolErrors: 5,
                maxLogonFailures: 3,
                maxRecipientsPerMessage: 5000,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Client Proxy MBX1',
            server: 'MBX1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 465 }, { address: '::', port: 465 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx1.litwareinc.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['ExchangeServers', 'ExchangeUsers'],
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
                maxRecipientsPerMessage: 200,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Default MBX2',
            server: 'MBX2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx2.litwareinc.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
            extendedRights: [],
            requireTLS: false,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            protocolLoggingLevel: 'None',
            extensions: {
                sizeEnabled: 'EnabledWithoutValue',
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
                maxInboundConnectionPerSource: 'unlimited',
                maxInboundConnectionPercentagePerSource: 100,
                messageRateLimit: 'unlimited',
                messageRateSource: 'IPAddress',
                maxProtocolErrors: 5,
                maxLogonFailures: 3,
                maxRecipientsPerMessage: 5000,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Client Proxy MBX2',
            server: 'MBX2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 465 }, { address: '::', port: 465 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx2.litwareinc.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['ExchangeServers', 'ExchangeUsers'],
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
                maxRecipientsPerMessage: 200,
                maxHopCount: 30,
                maxLocalHopCount: 8,
                maxHeaderSize: 65536,
                maxMessageSize: 26214400,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        }
    ],
    sendConnectors: [
        // topology.yaml:29
        {
            name: 'To Proseware',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'proseware.com', cost: 1 }],
            sourceTransportServers: ['MBX1', 'MBX2'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.litwareinc.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: true,
            tlsAuthLevel: 'DomainValidation',
            tlsDomain: 'mx.proseware.com',
            domainSecureEnabled: false,
            partner: 'proseware',
            maxMessageSize: 26214400,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:36
        {
            name: 'Internet',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 1 }],
            sourceTransportServers: ['MBX1', 'MBX2'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.litwareinc.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: false,
            maxMessageSize: 26214400,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        }
    ],
    tlsSendDomainSecureList: [],
    tlsReceiveDomainSecureList: [],
    postmasterAddress: 'postmaster@litwareinc.com',
    queues: [
        {
            server: 'CAS1',
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
            server: 'MBX1',
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
            server: 'MBX2',
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
    delivery: [{ domain: 'litwareinc.com', kind: 'maildir', folder: 'litwareinc.com' }],
    rehearsal: { listen: [], connect: [], clients: [] }
};
