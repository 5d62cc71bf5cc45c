import { receiveSetting, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector offers binary MIME and not the chunking that it needs.',
  why: `Binary content cannot be sent with DATA, which ends at a line with a dot; it needs BDAT. So the cmdlets want
    ChunkingEnabled with BinaryMimeEnabled. Both are on by default: whoever turns chunking off turns off the other as well.
    Where the file leaves binaryMimeEnabled at its default, this is a warning.`,
  sources: ['EXCH New-ReceiveConnector -BinaryMimeEnabled', 'RFC 3030 §3'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const chunking = writtenValue(connector, 'chunkingEnabled');
      if (chunking?.value.toLowerCase() !== 'false') continue;
      const binary = receiveSetting(topology, connector, 'binaryMimeEnabled');
      if (binary?.value.toLowerCase() !== 'true') continue;
      const isWritten = binary.source === 'written';
      report({
        at: isWritten ? binary.at : chunking.at,
        message: `Receive connector "${connector.name.value}" offers binary MIME${isWritten ? '' : ' by default'}, but its chunking is off.`,
        related: isWritten ? [{ at: chunking.at, note: 'chunking' }] : [],
        help: isWritten ? 'Set binaryMimeEnabled: false.' : 'Add binaryMimeEnabled: false.',
        severity: isWritten ? 'error' : 'warning',
        ...(isWritten && {
          fix: { description: 'Turn binary MIME off.', edits: [{ at: binary.at, text: 'false' }] },
        }),
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            chunkingEnabled: false
            binaryMimeEnabled: false
          MBX1\\Scanners: { bindings: ["0.0.0.0:2527"], remoteIPRanges: [10.0.9.0/24], binaryMimeEnabled: true }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            chunkingEnabled: false
            binaryMimeEnabled: true
            #                  ^^^^ offers binary MIME, but its chunking is off
          MBX1\\Scanners: { bindings: ["0.0.0.0:2527"], remoteIPRanges: [10.0.9.0/24], chunkingEnabled: false }
          #                                                                                            ^^^^^ offers binary MIME by default
      `,
    ],
  },
};
