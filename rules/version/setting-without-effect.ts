import {
  compareVersions,
  holdsIn,
  writtenSettings,
  yaml,
  type ExchangeVersion,
  type RuleModule,
  type Severity,
} from '../../src/rule-kit.ts';

/** Parameters that later versions still take, for the servers of 2010 beside them. */
const until2010: ReadonlyMap<string, Severity> = new Map([
  ['maxAcknowledgementDelay', 'info'],
  ['maxDumpsterSizePerDatabase', 'warning'],
  ['maxDumpsterTime', 'warning'],
  ['shadowHeartbeatRetryCount', 'warning'],
  ['shadowHeartbeatTimeoutInterval', 'warning'],
]);

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A parameter is written that does nothing in this version.',
  why: `Exchange 2013 replaced delayed acknowledgement, the transport dumpster and the heartbeats of 2010 with others. The
    cmdlets still take the old parameters, for servers of 2010 beside the new ones, and nothing says that they do nothing
    without such servers. For MaxAcknowledgementDelay, which only some connectors write, this is an info.`,
  sources: [
    'EXCH New-ReceiveConnector -MaxAcknowledgementDelay',
    'EXCH Set-TransportConfig -MaxDumpsterTime',
    'EXCH Set-TransportConfig -ShadowHeartbeatRetryCount',
  ],

  check({ topology, report }) {
    const isOld = (version: ExchangeVersion): boolean => compareVersions(version, '2010') <= 0;
    if (topology.servers.some(({ version }) => isOld(version.value))) return;
    for (const { owner, setting, written, versions } of writtenSettings(topology)) {
      const severity = until2010.get(setting.key);
      const version = versions.find(({ value }) => holdsIn(value, setting));
      if (!severity || !version || isOld(version.value)) continue;
      report({
        at: written.key.at,
        message: `"${setting.key}" of ${owner} does nothing in Exchange ${version.value}.`,
        related: [{ at: version.at, note: 'the version' }],
        help: `Remove ${setting.key}.`,
        severity,
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          HUB1: { role: hub, exchangeVersion: "2010", fqdn: hub1.contoso.com, addresses: [10.0.0.12] }
        transportConfig: { maxDumpsterTime: 7d }
        receiveConnectors:
          HUB1\\Gateway: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], maxAcknowledgementDelay: 0s }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        transportConfig: { maxDumpsterTime: 7d }
        #                  ^^^^^^^^^^^^^^^ does nothing in Exchange 2016
        receiveConnectors:
          MBX1\\Gateway: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], maxAcknowledgementDelay: 0s }
          #                                                                     ^^^^^^^^^^^^^^^^^^^^^^^ does nothing in Exchange 2016
      `,
    ],
  },
};
