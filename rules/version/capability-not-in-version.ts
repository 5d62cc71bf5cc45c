import { holdsIn, sameName, versionOf, yaml, type RuleModule, type VersionFact } from '../../src/rule-kit.ts';

/** The capabilities that the reference has a use for, and the versions that they are for. */
const known: ReadonlyMap<
  string,
  { readonly fact: VersionFact; readonly words: string; readonly other: string }
> = new Map([
  [
    'AcceptCloudServicesMail',
    { fact: { since: '2013' }, words: 'from 2013 on', other: 'AcceptOorgProtocol' },
  ],
  [
    'AcceptOorgProtocol',
    { fact: { since: '2010', until: '2010' }, words: 'of 2010', other: 'AcceptCloudServicesMail' },
  ],
]);

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A capability that a Receive connector gives to a domain is one of another Exchange version.',
  why: `In hybrid deployments a domain that proves its certificate gets capabilities: AcceptCloudServicesMail from Exchange 2013
    on, AcceptOorgProtocol in 2010. The wrong one lets mail from the cloud in as mail of strangers. Capabilities that the
    reference does not name are left alone.`,
  sources: ['EXCH New-ReceiveConnector -TlsDomainCapabilities'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const node = connector.written.find(({ key }) => key.value === 'tlsDomainCapabilities')?.node;
      const version = versionOf(topology, connector);
      for (const item of node?.kind === 'list' ? node.items : node ? [node] : []) {
        if (item.kind !== 'scalar') continue;
        for (const word of item.text.slice(item.text.indexOf(':') + 1).split(',')) {
          const [name, capability] = [...known].find(([one]) => sameName(one, word.trim())) ?? [];
          if (!capability || holdsIn(version, capability.fact)) continue;
          report({
            at: item.at,
            message: `Receive connector "${connector.name.value}" gives "${name}", a capability ${capability.words}, and its server has Exchange ${version}.`,
            help: `Write ${capability.other}.`,
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Cloud:
            bindings: ["0.0.0.0:26"]
            remoteIPRanges: [198.51.100.0/24]
            tlsDomainCapabilities: ["mail.protection.outlook.com:AcceptCloudServicesMail"]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Cloud:
            bindings: ["0.0.0.0:26"]
            remoteIPRanges: [198.51.100.0/24]
            tlsDomainCapabilities: ["mail.protection.outlook.com:AcceptOorgProtocol"]
            #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a capability of 2010
      `,
    ],
  },
};
