import {
  explainTcpBinding,
  parseTcpBinding,
  tcpBindingFaultWords,
  yaml,
  type RuleModule,
} from '../../src/rule-kit.ts';

/** What was probably meant: the same without leading zeros, or with the port of SMTP. */
function meantBy(text: string): string | undefined {
  const decimal = text.replaceAll(/(?<=^|[.:])0+(?=\d)/g, '');
  return [decimal, `${decimal}:25`, `[${decimal}]:25`].find(
    (meant) => meant !== text && parseTcpBinding(meant),
  );
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
        const meant = meantBy(value);
        report({
          at,
          message: `Binding "${value}" of "${name.value}" ${says}.`,
          help: meant === undefined ? help : `Did you mean "${meant}"?`,
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
