import {
  compareVersions,
  parseExactByteSize,
  printByteSize,
  writtenValue,
  yaml,
  type Located,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

/** Less than this holds hardly a signature; it is also the least that a Receive connector takes. Unit: bytes. */
const smallestMessage = 65536;
/** The header of one message that came over a few hosts. Unit: bytes. */
const smallestHeader = 1024;

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A size limit is a small number without a unit, which is bytes and stops nearly all mail.',
  why: `The consoles of Exchange ask for kilobytes, and Set-TransportConfig took kilobytes until 2010; elsewhere a number alone is
    bytes. A limit of 10240 that was copied from there is 10 KB, and every message with an attachment comes back. Whoever means
    so few bytes writes the unit.`,
  sources: [
    'EXCH New-SendConnector -MaxMessageSize',
    'EXCH Set-TransportConfig -MaxSendSize',
    'EXCH New-ReceiveConnector -MaxHeaderSize',
  ],

  check({ topology, report }) {
    for (const { owner, key, size, least } of sizesOf(topology)) {
      const bytes = /^\d+$/.test(size.value.trim()) ? parseExactByteSize(size.value.trim()) : undefined;
      if (bytes === undefined || bytes === 0 || bytes >= least) continue;
      const meant = printByteSize(bytes * 1024);
      report({
        at: size.at,
        message: `"${key}" of ${owner} is ${size.value} bytes, for it has no unit.`,
        help: `Write ${meant} if you mean kilobytes, else ${bytes}B.`,
        fix: { description: `Write ${meant}.`, safety: 'unsafe', edits: [{ at: size.at, text: meant }] },
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        transportConfig: { maxSendSize: 10MB, maxReceiveSize: 10485760 }
        sendConnectors:
          Pagers: { addressSpaces: [pager.example], maxMessageSize: 4KB }
          Closed: { addressSpaces: [closed.example], maxMessageSize: 0 }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.7], maxHeaderSize: 65536 }
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        transportConfig: { maxSendSize: 10240 }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        transportConfig: { maxSendSize: 10240 }
        #                               ^^^^^ "maxSendSize" of the organization is 10240 bytes
        sendConnectors:
          Internet: { addressSpaces: ["*"], maxMessageSize: 25600 }
          #                                                 ^^^^^ "maxMessageSize" of Send connector "Internet" is 25600 bytes
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.7], maxHeaderSize: 64 }
          #                                                                                    ^^ "maxHeaderSize" of Receive connector "Relay" is 64 bytes
      `,
    ],
  },
};

interface SizeLimit {
  readonly owner: string;
  readonly key: string;
  readonly size: Located<string>;
  readonly least: number;
}

/** Lists the written limits for which a number alone is bytes. */
function sizesOf({
  organization,
  sendConnectors,
  receiveConnectors,
  transportConfig,
}: Topology): SizeLimit[] {
  const found: SizeLimit[] = [];
  const add = (owner: string, key: string, size: Located<string> | undefined, least: number): void => {
    if (size) found.push({ owner, key, size, least });
  };
  // There a number alone is kilobytes until 2010, of which size-without-unit speaks.
  if (compareVersions(organization.exchangeVersion.value, '2010') > 0) {
    for (const key of ['maxSendSize', 'maxReceiveSize'])
      add('the organization', key, writtenValue(transportConfig, key), smallestMessage);
  }
  for (const connector of sendConnectors) {
    const size = writtenValue(connector, 'maxMessageSize');
    add(`Send connector "${connector.name.value}"`, 'maxMessageSize', size, smallestMessage);
  }
  for (const connector of receiveConnectors) {
    const size = writtenValue(connector, 'maxHeaderSize');
    add(`Receive connector "${connector.name.value}"`, 'maxHeaderSize', size, smallestHeader);
  }
  return found;
}
