import {
  explainTcpBinding,
  parseTcpBinding,
  tcpBindingFaultWords,
  withoutLeadingZeros,
  writeInstead,
  yaml,
  type Fix,
  type Span,
  type RuleModule,
} from '../../src/rule-kit.ts';

/** What was probably meant: the same without leading zeros, or with the port of SMTP. */
function meantBy(text: string, at: Span): { readonly meant: string; readonly fix: Fix } | undefined {
  const { text: decimal, readings } = withoutLeadingZeros(text) ?? { text, readings: 'same' };
  const meant = [decimal, `${decimal}:25`, `[${decimal}]:25`].find(
    (one) => one !== text && parseTcpBinding(one),
  );
  if (meant === undefined) return undefined;
  const isSafe = meant === decimal && readings === 'same';
  return { meant, fix: writeInstead(at, meant, isSafe ? 'safe' : 'unsafe') };
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A binding is not an IP address with a port.',
  why: `A Receive connector listens on addresses with ports, written IPv4:port or [IPv6]:port. A host name cannot be
    listened on, a missing port has no agreed meaning, and numbers with leading zeros are octal to some programs.`,
  sources: ['DOC R7', 'DOC R8', 'EXCH New-ReceiveConnector -Bindings'],

  check({ topology, report }) {
    for (const { name, bindings, written } of topology.receiveConnectors) {
      const list = written.find(({ key }) => key.value === 'bindings');
      if (list && bindings.length === 0) {
        report({
          at: list.node.at,
          message: `Receive connector "${name.value}" has no binding.`,
          help: 'Say where it listens, such as "0.0.0.0:25".',
        });
      }
      for (const { value, at } of bindings) {
        const fault = explainTcpBinding(value);
        if (fault === undefined) continue;
        const { says, help } = tcpBindingFaultWords[fault];
        const meant = meantBy(value, at);
        report({
          at,
          message: `Binding "${value}" of "${name.value}" ${says}.`,
          help: meant === undefined ? help : `Did you mean "${meant.meant}"?`,
          ...(meant === undefined ? {} : { fix: meant.fix }),
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Relay: { bindings: ["10.0.0.11:25", "[2001:db8::11]:25", "[::]:587"], remoteIPRanges: [10.0.8.0/24] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Relay:
            bindings:
              - 10.0.0.11
              # ^^^^^^^^^ has no port
              - 10.0.0.011:25
              # ^^^^^^^^^^^^^ has leading zeros
              - 10.0.0.11:0025
              # ^^^^^^^^^^^^^^ has leading zeros
              - 10.0.0.11:65536
              # ^^^^^^^^^^^^^^^ has a port outside 1 to 65535
              - mbx1.contoso.com:25
              # ^^^^^^^^^^^^^^^^^^^ is no address with a port
              - "2001:db8::11:25"
              # ^^^^^^^^^^^^^^^^^ has no port
            remoteIPRanges: [10.0.8.0/24]
      `,
    ],
  },
};
