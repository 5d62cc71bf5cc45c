// Made by mailtopo from topology.yaml. Change that file and compile again.
export const topology = {
    configVersion: 1,
    organization: 'Tailspin Toys',
    acceptedDomains: [
        { domain: 'tailspintoys.com', type: 'authoritative' },
        { domain: 'lab.tailspintoys.com', type: 'internalRelay' }
    ],
    servers: [
        // topology.yaml:11
        {
            name: 'HT01',
            role: 'hub',
            fqdn: 'ht01.tailspintoys.com',
            exchangeVersion: '2010',
            addresses: ['10.20.0.11', '203.0.113.11'],
            site: 'Fresno'
        },
        // topology.yaml:12
        {
            name: 'HT02',
            role: 'hub',
            fqdn: 'ht02.tailspintoys.com',
            exchangeVersion: '2010',
            addresses: ['10.20.0.12'],
            site: 'Fresno'
        }
    ],
    certificates: [
        // topology.yaml:15
        {
            name: 'tailspin-mail',
            domains: ['mail.tailspintoys.com', 'ht01.tailspintoys.com', 'ht02.tailspintoys.com'],
            installedOn: ['HT01', 'HT02'],
            smtp: true,
            issuedBy: 'public'
        }
    ],
    authorities: [],
    partners: [],
    credentials: [
        // topology.yaml:22
        {
            name: 'scanner-cloud',
            username: 'tailspin',
            passwordFrom: { env: 'SCANNER_CLOUD_PASSWORD' }
        }
    ],
    receiveConnectors: [
        // topology.yaml:11
        {
            name: 'Client HT01',
            server: 'HT01',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ht01.tailspintoys.com',
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
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:45
        {
            name: 'Printers',
            server: 'HT01',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '10.20.0.11', port: 25 }],
            remoteIPRanges: [{ first: '10.20.30.0', last: '10.20.30.255' }, { first: '10.20.31.0', last: '10.20.31.63' }],
            fqdn: 'ht01.tailspintoys.com',
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
                connectionTimeout: 300,
                connectionInactivityTimeout: 120,
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
        // topology.yaml:53
        {
            name: 'Default HT01',
            server: 'HT01',
            source: 'declared',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }],
            remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
            fqdn: 'ht01.tailspintoys.com',
            authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer'],
            permissionGroups: ['AnonymousUsers', 'ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
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
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        },
        // topology.yaml:12
        {
            name: 'Default HT02',
            server: 'HT02',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 25 }, { address: '::', port: 25 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ht02.tailspintoys.com',
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
        // topology.yaml:12
        {
            name: 'Client HT02',
            server: 'HT02',
            source: 'setup',
            enabled: true,
            bindings: [{ address: '0.0.0.0', port: 587 }, { address: '::', port: 587 }],
            remoteIPRanges: [
                { first: '0.0.0.0', last: '255.255.255.255' },
                { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' }
            ],
            fqdn: 'ht02.tailspintoys.com',
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
                maxMessageSize: 10485760,
                tarpitInterval: 5,
                authTarpitInterval: 5
            }
        }
    ],
    sendConnectors: [
        // topology.yaml:25
        {
            name: 'To the scanner cloud',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'scans.example', cost: 1 }],
            sourceTransportServers: ['HT01', 'HT02'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: 'in.scans.example', kind: 'fqdn' }, { host: 'in2.scans.example', kind: 'fqdn' }],
            port: 25,
            smartHostAuthMechanism: 'BasicAuthRequireTLS',
            credential: 'scanner-cloud',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: true,
            domainSecureEnabled: false,
            maxMessageSize: 20971520,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:33
        {
            name: 'To the lab',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: 'lab.tailspintoys.com', cost: 1 }],
            sourceTransportServers: ['HT01', 'HT02'],
            isScopedConnector: false,
            dnsRoutingEnabled: false,
            smartHosts: [{ host: '10.20.8.25', kind: 'address' }],
            port: 25,
            smartHostAuthMechanism: 'None',
            forceHELO: false,
            ignoreSTARTTLS: false,
            requireTLS: false,
            domainSecureEnabled: false,
            maxMessageSize: 10485760,
            connectionInactivityTimeOut: 600,
            smtpMaxMessagesPerConnection: 20,
            errorPolicies: ['Default'],
            protocolLoggingLevel: 'None'
        },
        // topology.yaml:37
        {
            name: 'To the Internet',
            source: 'declared',
            enabled: true,
            addressSpaces: [{ space: '*', cost: 10 }],
            sourceTransportServers: ['HT01'],
            isScopedConnector: false,
            dnsRoutingEnabled: true,
            smartHosts: [],
            port: 25,
            smartHostAuthMechanism: 'None',
            fqdn: 'mail.tailspintoys.com',
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
    tlsSendDomainSecureList: [],
    tlsReceiveDomainSecureList: [],
    postmasterAddress: 'postmaster@tailspintoys.com',
    queues: [
        {
            server: 'HT01',
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
            server: 'HT02',
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
    delivery: [{ domain: 'tailspintoys.com', kind: 'maildir', folder: 'tailspintoys.com' }],
    rehearsal: { listen: [], connect: [], clients: [] }
};
