// Made by mailtopo from topology.yaml. Change that file and compile again.
export const topology = {
    configVersion: 1,
    organization: 'Wingtip Toys',
    acceptedDomains: [{ domain: 'wingtiptoys.com', type: 'authoritative' }],
    servers: [
        // topology.yaml:10
        {
            name: 'MAIL01',
            role: 'mailbox',
            fqdn: 'mail01.ad.wingtiptoys.com',
            exchangeVersion: 'SE',
            addresses: ['10.9.0.21'],
            site: 'Lyon'
        },
        // topology.yaml:11
        {
            name: 'EDGE01',
            role: 'edge',
            fqdn: 'mail.wingtiptoys.com',
            exchangeVersion: 'SE',
            addresses: ['192.0.2.91', '10.9.1.91']
        }
    ],
    certificates: [
        // topology.yaml:14
        {
            name: 'wingtip-mail',
            file: 'certificates/wingtip-mail.pem',
            keyFile: 'wingtip-mail.key',
            domains: ['mail.wingtiptoys.com', 'wingtiptoys.com'],
            installedOn: ['EDGE01'],
            smtp: true,
            issuedBy: 'selfSigned'
        }
    ],
    authorities: [
        // topology.yaml:23
        {
            name: 'relecloud-root',
            file: 'certificates/roots/relecloud-root.pem',
            trustedOn: ['EDGE01']
        }
    ],
    partners: [
        // topology.yaml:26
        {
            name: 'relecloud',
            domains: ['relecloud.com'],
            issuedBy: 'relecloud-root'
        }
    ],
    credentials: [],
    receiveConnectors: [
        // topology.yaml:10
        {
            name: 'Default Frontend MAIL01',
            server: 'MAIL01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail01.ad.wingtiptoys.com',
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
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Client Frontend MAIL01',
            server: 'MAIL01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail01.ad.wingtiptoys.com',
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
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Outbound Proxy Frontend MAIL01',
            server: 'MAIL01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 717 }, { address: '::', port: 717 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail01.ad.wingtiptoys.com',
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
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 0,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Default MAIL01',
            server: 'MAIL01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 2525 }, { address: '::', port: 2525 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail01.ad.wingtiptoys.com',
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
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:10
        {
            name: 'Client Proxy MAIL01',
            server: 'MAIL01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 465 }, { address: '::', port: 465 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail01.ad.wingtiptoys.com',
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
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
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
            fqdn: 'mail.wingtiptoys.com',
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
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:58
        {
            name: 'From Relecloud',
            server: 'EDGE01',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.91', port: 25 }],
            remoteIPRanges: [{ first: '203.0.113.64', last: '203.0.113.95' }],
            fqdn: 'mail.wingtiptoys.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers', 'Partners'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: true,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'relecloud',
            protocolLoggingLevel: 'None',
            extensions: {
                sizeEnabled: 'Enabled',
                pipeliningEnabled: true,
                deliveryStatusNotificationEnabled: true,
                enhancedStatusCodesEnabled: true,
                eightBitMimeEnabled: true,
                binaryMimeEnabled: true,
                chunkingEnabled: true,
                smtpUtf8Enabled: true
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        }
    ],
    sendConnectors: [
        // topology.yaml:51
        {
            name: 'Outward',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 1 }],
            sourceTransportServers: ['MAIL01'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: '10.9.1.91', kind: 'address' }],
            port: 25,
            smartHostAuthMechanism: 'None',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: false,
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:34
        {
            name: 'To Relecloud',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'relecloud.com', cost: 1 }],
            sourceTransportServers: ['EDGE01'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.wingtiptoys.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: true,
            partner: 'relecloud',
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:40
        {
            name: 'Inward',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: '--', cost: 1 }],
            sourceTransportServers: ['EDGE01'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: '10.9.0.21', kind: 'address' }],
            port: 25,
            smartHostAuthMechanism: 'None',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: false,
            maxMessageSize: 'unlimited',
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:45
        {
            name: 'Internet',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 1 }],
            sourceTransportServers: ['EDGE01'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.wingtiptoys.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: false,
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        }
    ],
    tlsSendDomainSecureList: ['relecloud.com'],
    tlsReceiveDomainSecureList: ['relecloud.com'],
    postmasterAddress: 'postmaster@wingtiptoys.com',
    queues: [
        {
            server: 'MAIL01',
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
            name: 'relecloud.com',
            mx: [[10, 'mx.relecloud.com']]
        },
        {
            name: 'mx.relecloud.com',
            a: ['203.0.113.70']
        }
    ],
    delivery: [{ domain: 'wingtiptoys.com', kind: 'maildir', folder: 'wingtiptoys.com' }],
    rehearsal: { listen: [], connect: [], clients: [] }
};
