// Made by mailtopo from topology.yaml. Change that file and compile again.
export const topology = {
    configVersion: 1,
    organization: 'Northwind Traders',
    acceptedDomains: [
        { domain: 'northwindtraders.com', type: 'authoritative' },
        { domain: 'shop.northwindtraders.com', type: 'authoritative' }
    ],
    servers: [
        // topology.yaml:11
        {
            name: 'MBX1',
            role: 'mailbox',
            fqdn: 'mbx1.ad.northwindtraders.com',
            exchangeVersion: '2016',
            addresses: ['10.7.0.11'],
            site: 'Seattle'
        },
        // topology.yaml:12
        {
            name: 'MBX2',
            role: 'mailbox',
            fqdn: 'mbx2.ad.northwindtraders.com',
            exchangeVersion: '2016',
            addresses: ['10.7.0.12'],
            site: 'Seattle'
        },
        // topology.yaml:13
        {
            name: 'EDGE1',
            role: 'edge',
            fqdn: 'edge1.northwindtraders.com',
            exchangeVersion: '2016',
            addresses: ['192.0.2.71'],
            subscribedTo: 'Seattle'
        },
        // topology.yaml:14
        {
            name: 'EDGE2',
            role: 'edge',
            fqdn: 'edge2.northwindtraders.com',
            exchangeVersion: '2016',
            addresses: ['192.0.2.72'],
            subscribedTo: 'Seattle'
        }
    ],
    certificates: [
        // topology.yaml:17
        {
            name: 'northwind-mail',
            file: 'certificates/northwind-mail.pem',
            keyFile: 'northwind-mail.key',
            domains: ['mail.northwindtraders.com', 'northwindtraders.com', 'shop.northwindtraders.com'],
            installedOn: ['EDGE1', 'EDGE2'],
            smtp: true,
            issuedBy: 'northwind-root'
        }
    ],
    authorities: [
        // topology.yaml:26
        {
            name: 'northwind-root',
            file: 'certificates/roots/northwind-root.pem',
            trustedOn: ['EDGE1', 'EDGE2']
        },
        // topology.yaml:27
        {
            name: 'contoso-root',
            file: 'certificates/roots/contoso-root.pem',
            trustedOn: ['EDGE1', 'EDGE2']
        }
    ],
    partners: [
        // topology.yaml:30
        {
            name: 'contoso',
            domains: ['contoso.com'],
            issuedBy: 'contoso-root'
        },
        // topology.yaml:36
        {
            name: 'treyresearch',
            domains: ['treyresearch.net'],
            issuedBy: 'public'
        }
    ],
    credentials: [],
    receiveConnectors: [
        // topology.yaml:11
        {
            name: 'Default Frontend MBX1',
            server: 'MBX1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx1.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Client Frontend MBX1',
            server: 'MBX1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx1.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Outbound Proxy Frontend MBX1',
            server: 'MBX1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 717 }, { address: '::', port: 717 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx1.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 0,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Default MBX1',
            server: 'MBX1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 2525 }, { address: '::', port: 2525 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx1.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
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
            fqdn: 'mbx1.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Default Frontend MBX2',
            server: 'MBX2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx2.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Client Frontend MBX2',
            server: 'MBX2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx2.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Outbound Proxy Frontend MBX2',
            server: 'MBX2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 717 }, { address: '::', port: 717 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx2.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 0,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Default MBX2',
            server: 'MBX2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 2525 }, { address: '::', port: 2525 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mbx2.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
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
            fqdn: 'mbx2.ad.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:13
        {
            name: 'Default internal receive connector EDGE1',
            server: 'EDGE1',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }],
            remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
            fqdn: 'edge1.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:58
        {
            name: 'From Contoso',
            server: 'EDGE1',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.71', port: 25 }],
            remoteIPRanges: [
                { first: '203.0.113.25', last: '203.0.113.25' },
                { first: '2001:db8:25::25', last: '2001:db8:25::25' }
            ],
            fqdn: 'mail.northwindtraders.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers', 'Partners'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: true,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'contoso',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:70
        {
            name: 'From Trey Research',
            server: 'EDGE1',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.71', port: 25 }],
            remoteIPRanges: [{ first: '198.51.100.128', last: '198.51.100.255' }],
            fqdn: 'mail.northwindtraders.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'treyresearch',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:14
        {
            name: 'Default internal receive connector EDGE2',
            server: 'EDGE2',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }],
            remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
            fqdn: 'edge2.northwindtraders.com',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:67
        {
            name: 'From Contoso',
            server: 'EDGE2',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.72', port: 25 }],
            remoteIPRanges: [
                { first: '203.0.113.25', last: '203.0.113.25' },
                { first: '2001:db8:25::25', last: '2001:db8:25::25' }
            ],
            fqdn: 'mail.northwindtraders.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers', 'Partners'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: true,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'contoso',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:77
        {
            name: 'From Trey Research',
            server: 'EDGE2',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.72', port: 25 }],
            remoteIPRanges: [{ first: '198.51.100.128', last: '198.51.100.255' }],
            fqdn: 'mail.northwindtraders.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'treyresearch',
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
                maxHeaderSize: 262144,
                maxMessageSize: 37748736,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        }
    ],
    sendConnectors: [
        // topology.yaml:43
        {
            name: 'To Contoso',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'contoso.com', cost: 1 }],
            sourceTransportServers: ['EDGE1', 'EDGE2'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.northwindtraders.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: true,
            partner: 'contoso',
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:49
        {
            name: 'To Trey Research',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'treyresearch.net', cost: 1 }],
            sourceTransportServers: ['EDGE1', 'EDGE2'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.northwindtraders.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: true,
            tlsAuthLevel: 'CertificateValidation',
            domainSecureEnabled: false,
            partner: 'treyresearch',
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:13
        {
            name: 'EdgeSync - Seattle to Internet',
            source: 'setup',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 100 }],
            sourceTransportServers: ['EDGE1', 'EDGE2'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: true,
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:13
        {
            name: 'EdgeSync - Inbound to Seattle',
            source: 'setup',
            enabled: true,
            addressSpaces: [{ space: '--', cost: 1 }],
            sourceTransportServers: ['EDGE1', 'EDGE2'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: '--', kind: 'fqdn' }],
            port: 25,
            smartHostAuthMechanism: 'ExchangeServer',
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
    tlsSendDomainSecureList: ['contoso.com'],
    tlsReceiveDomainSecureList: ['contoso.com'],
    postmasterAddress: 'postmaster@northwindtraders.com',
    queues: [
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
        },
        {
            server: 'EDGE1',
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
        },
        {
            server: 'EDGE2',
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
            name: 'contoso.com',
            mx: [[10, 'mail.contoso.com'], [20, 'backup.contoso.com']]
        },
        {
            name: 'mail.contoso.com',
            a: ['203.0.113.25'],
            aaaa: ['2001:db8:25::25']
        },
        {
            name: 'backup.contoso.com',
            a: ['203.0.113.26']
        }
    ],
    delivery: [
        { domain: 'northwindtraders.com', kind: 'maildir', folder: 'northwindtraders.com' },
        { domain: 'shop.northwindtraders.com', kind: 'maildir', folder: 'shop.northwindtraders.com' }
    ],
    rehearsal: { listen: [], connect: [], clients: [] }
};
