// Made by mailtopo from topology.yaml. Change that file and compile again.
export const topology = {
    configVersion: 1,
    organization: 'A. Datum',
    acceptedDomains: [{ domain: 'adatum.com', type: 'authoritative' }],
    servers: [
        // topology.yaml:10
        {
            name: 'EX19A',
            role: 'mailbox',
            fqdn: 'ex19a.adatum.com',
            exchangeVersion: '2019',
            addresses: ['192.0.2.81'],
            site: 'Bern'
        },
        // topology.yaml:11
        {
            name: 'EX19B',
            role: 'mailbox',
            fqdn: 'ex19b.adatum.com',
            exchangeVersion: '2019',
            addresses: ['192.0.2.82'],
            site: 'Bern'
        }
    ],
    certificates: [
        // topology.yaml:14
        {
            name: 'adatum-mail',
            domains: ['*.adatum.com'],
            installedOn: ['EX19A', 'EX19B'],
            smtp: true,
            issuedBy: 'public'
        }
    ],
    authorities: [],
    partners: [
        // topology.yaml:21
        {
            name: 'filter-service',
            domains: ['filter.example'],
            issuedBy: 'public'
        }
    ],
    credentials: [],
    receiveConnectors: [
        // topology.yaml:10
        {
            name: 'Default Frontend EX19A',
            server: 'EX19A',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19a.adatum.com',
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
            name: 'Client Frontend EX19A',
            server: 'EX19A',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19a.adatum.com',
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
            name: 'Outbound Proxy Frontend EX19A',
            server: 'EX19A',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 717 }, { address: '::', port: 717 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19a.adatum.com',
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
            name: 'Default EX19A',
            server: 'EX19A',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 2525 }, { address: '::', port: 2525 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19a.adatum.com',
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
            name: 'Client Proxy EX19A',
            server: 'EX19A',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 465 }, { address: '::', port: 465 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19a.adatum.com',
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
        // topology.yaml:39
        {
            name: 'From the filter',
            server: 'EX19A',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.81', port: 25 }],
            remoteIPRanges: [
                { first: '198.51.100.0', last: '198.51.100.63' },
                { first: '2001:db8:f1::', last: '2001:db8:f1:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail.adatum.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'filter-service',
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
                maxMessageSize: 36700160,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:11
        {
            name: 'Default Frontend EX19B',
            server: 'EX19B',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19b.adatum.com',
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
        // topology.yaml:11
        {
            name: 'Client Frontend EX19B',
            server: 'EX19B',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19b.adatum.com',
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
        // topology.yaml:11
        {
            name: 'Outbound Proxy Frontend EX19B',
            server: 'EX19B',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 717 }, { address: '::', port: 717 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19b.adatum.com',
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
        // topology.yaml:11
        {
            name: 'Default EX19B',
            server: 'EX19B',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 2525 }, { address: '::', port: 2525 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19b.adatum.com',
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
        // topology.yaml:11
        {
            name: 'Client Proxy EX19B',
            server: 'EX19B',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 465 }, { address: '::', port: 465 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ex19b.adatum.com',
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
        // topology.yaml:48
        {
            name: 'From the filter',
            server: 'EX19B',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '192.0.2.82', port: 25 }],
            remoteIPRanges: [
                { first: '198.51.100.0', last: '198.51.100.63' },
                { first: '2001:db8:f1::', last: '2001:db8:f1:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'mail.adatum.com',
            authMechanism: ['Tls'],
            permissionGroups: ['AnonymousUsers'],
            extendedRights: [],
            requireTLS: true,
            domainSecureEnabled: false,
            requireEHLODomain: false,
            bareLinefeedRejectionEnabled: true,
            partner: 'filter-service',
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
                maxMessageSize: 36700160,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        }
    ],
    sendConnectors: [
        // topology.yaml:28
        {
            name: 'Everything to the filter',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 1 }],
            sourceTransportServers: ['EX19A', 'EX19B'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: 'out.filter.example', kind: 'fqdn' }],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.adatum.com',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: true,
            tlsAuthLevel: 'DomainValidation',
            tlsDomain: 'out.filter.example',
            domainSecureEnabled: false,
            maxMessageSize: 36700160,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        }
    ],
    tlsSendDomainSecureList: [],
    tlsReceiveDomainSecureList: [],
    postmasterAddress: 'postmaster@adatum.com',
    queues: [
        {
            server: 'EX19A',
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
            server: 'EX19B',
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
    delivery: [{ domain: 'adatum.com', kind: 'maildir', folder: 'adatum.com' }],
    rehearsal: { listen: [], connect: [], clients: [] }
};
