import { parseTimeSpan, printTimeSpan, receiveSetting, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'An idle connection may live as long as a busy one, or longer.',
  why: `ConnectionTimeout ends every connection, ConnectionInactivityTimeout one on which nothing happens. The cmdlets want the
    second to be less than the first. Both have defaults, so that one alone can break the order: 10 and 5 minutes, on an
    Edge server 5 and 1.`,
  sources: [
    'EXCH New-ReceiveConnector -ConnectionInactivityTimeout',
    'EXCH New-ReceiveConnector -ConnectionTimeout',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const idle = receiveSetting(topology, connector, 'connectionInactivityTimeout');
      const whole = receiveSetting(topology, connector, 'connectionTimeout');
      const [idleSeconds, wholeSeconds] = [idle, whole].map((one) => one && parseTimeSpan(one.value));
      if (!idle || !whole || idleSeconds === undefined || wholeSeconds === undefined) continue;
      if (idleSeconds < wholeSeconds || (idle.source === 'default' && whole.source === 'default')) continue;
      const blamed = idle.source === 'written' ? idle : whole;
      const other = blamed === idle ? whole : idle;
      report({
        at: blamed.at,
        message: `Receive connector "${connector.name.value}" closes idle connections after ${printTimeSpan(idleSeconds)}${idle.source === 'default' ? ' by default' : ''}, and all after ${printTimeSpan(wholeSeconds)}${whole.source === 'default' ? ' by default' : ''}.`,
        related: other.source === 'written' ? [{ at: other.at, note: 'the other limit' }] : [],
        help: `Set connectionInactivityTimeout to less than ${printTimeSpan(wholeSeconds)}.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            connectionTimeout: "00:05:01"
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2527"]
            remoteIPRanges: [10.0.9.0/24]
            connectionTimeout: 1h
            connectionInactivityTimeout: 59m
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            connectionTimeout: "00:02:00"
            #                  ^^^^^^^^^^ closes idle connections after 00:05:00 by default, and all after 00:02:00
          EDGE1\\Fabrikam:
            bindings: ["192.0.2.25:25"]
            remoteIPRanges: [198.51.100.7]
            connectionInactivityTimeout: 5m
            #                            ^^ closes idle connections after 00:05:00, and all after 00:05:00 by default
      `,
    ],
  },
};
