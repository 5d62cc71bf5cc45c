import {
  compareVersions,
  defaultOf,
  isUnlimited,
  parseExactByteSize,
  printByteSize,
  writtenValue,
  yaml,
  type Located,
  type RuleContext,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A limit of a connector is more than a limit of the organization lets anything be.',
  why: `Every message is also held to the limits of Set-TransportConfig. A connector that allows more announces in SIZE what is
    refused later, and whoever reads it believes in a limit that does not apply. Sizes are compared with the larger of
    MaxSendSize and MaxReceiveSize, where the file writes one of them.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/message-size-limits',
    'EXCH Set-TransportConfig -MaxReceiveSize',
    'EXCH Set-TransportConfig -MaxRecipientEnvelopeLimit',
  ],

  check(context) {
    checkSizes(context);
    checkRecipients(context);
  },

  examples: {
    good: [
      yaml`
        transportConfig: { maxSendSize: 20MB, maxReceiveSize: 25MB, maxRecipientEnvelopeLimit: 500 }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], maxMessageSize: 25MB }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], maxRecipientsPerMessage: 500 }
      `,
      yaml`
        transportConfig: { maxReceiveSize: unlimited }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], maxMessageSize: unlimited }
          Internet: { addressSpaces: ["*"], maxMessageSize: 2GB }
      `,
    ],
    bad: [
      yaml`
        transportConfig: { maxSendSize: 20MB, maxReceiveSize: 25MB, maxRecipientEnvelopeLimit: 500 }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], maxMessageSize: 35MB }
          #                                                          ^^^^ allows 35MB, and the organization 25MB
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], maxRecipientsPerMessage: 5000 }
          #                                                                                            ^^^^ allows 5000 recipients, and the organization 500
      `,
    ],
  },
};

function checkSizes({ topology, report }: RuleContext): void {
  const limits = ['maxSendSize', 'maxReceiveSize'].map((key) => sizeOfOrganization(topology, key));
  const written = limits.flatMap(({ at }) => at ?? []);
  if (written.length === 0 || limits.some(({ bytes }) => bytes === undefined)) return;
  const most = Math.max(...limits.map(({ bytes }) => bytes ?? 0));
  for (const connector of [...topology.sendConnectors, ...topology.receiveConnectors]) {
    const size = writtenValue(connector, 'maxMessageSize');
    const bytes = size && parseExactByteSize(size.value);
    if (!size || bytes === undefined || bytes <= most) continue;
    report({
      at: size.at,
      message: `"${connector.name.value}" allows ${size.value}, and the organization ${printByteSize(most)}.`,
      related: written.map((at) => ({ at, note: 'a limit of the organization' })),
      help: `Write ${printByteSize(most)} or less, or raise the limits of the organization.`,
    });
  }
}

/** The size that applies, and where it is written; no size where it is unlimited or cannot be read. Unit: bytes. */
function sizeOfOrganization(
  { transportConfig, organization }: Topology,
  key: string,
): { readonly bytes: number | undefined; readonly at?: Located<string>['at'] } {
  const version = organization.exchangeVersion.value;
  const written = writtenValue(transportConfig, key);
  const text = written?.value ?? String(defaultOf({ object: 'transportConfig', key, version }));
  if (isUnlimited(text)) return { bytes: undefined };
  // In 2007 and 2010 a number alone is kilobytes here.
  const isKilobytes = /^\d+$/.test(text.trim()) && compareVersions(version, '2010') <= 0;
  const bytes = parseExactByteSize(isKilobytes ? `${text.trim()}KB` : text);
  return written ? { bytes, at: written.at } : { bytes };
}

function checkRecipients({ topology, report }: RuleContext): void {
  const limit = writtenValue(topology.transportConfig, 'maxRecipientEnvelopeLimit');
  const most = countOf(limit?.value);
  if (!limit || most === undefined) return;
  for (const connector of topology.receiveConnectors) {
    const own = writtenValue(connector, 'maxRecipientsPerMessage');
    const count = countOf(own?.value);
    if (!own || count === undefined || count <= most) continue;
    report({
      at: own.at,
      message: `"${connector.name.value}" allows ${count} recipients, and the organization ${most}.`,
      related: [{ at: limit.at, note: 'the limit of the organization' }],
      help: `Write ${most} or less, or raise maxRecipientEnvelopeLimit.`,
    });
  }
}

function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
