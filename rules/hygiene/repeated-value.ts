import {
  canonicalText,
  dropItem,
  settingOf,
  yaml,
  type Located,
  type LocatedList,
  type RuleModule,
  type SettingObject,
  type Topology,
  type WrittenParameter,
} from '../../src/rule-kit.ts';

/** A list whose values should differ, and whose it is. */
interface List {
  readonly what: string;
  readonly values: readonly Located<string>[];
  /** The list in the file, where it is one list. */
  readonly list?: LocatedList;
}

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A list holds one value twice.',
  why: `The second one says nothing, and Exchange refuses to add to a list what is in it already. Often another value was
    meant. Ranges and bindings count as equal when they mean the same, however they are written.`,
  sources: ['EXCH Set-ReceiveConnector -RemoteIPRanges', 'EXCH Set-SendConnector -SmartHosts'],

  check({ topology, report }) {
    for (const { what, values, list } of listsOf(topology)) {
      const known = new Map<string, Located<string>>();
      for (const value of values) {
        const key = canonicalText(value.value);
        const earlier = known.get(key);
        if (!earlier) known.set(key, value);
        // Of an alias both stand in one place.
        else if (earlier.at.start !== value.at.start) {
          const says = earlier.value === value.value ? 'already' : `already, as "${earlier.value}"`;
          const fix = list && dropItem(list, value.at);
          report({
            at: value.at,
            message: `"${value.value}" is among ${what} ${says}.`,
            related: [{ at: earlier.at, note: 'the first one' }],
            help: 'Remove one of the two.',
            ...(fix ? { fix } : {}),
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        partners:
          fabrikam: { domains: [fabrikam.com, fabrikam.net], addresses: [198.51.100.7, 198.51.100.0/24] }
        sendConnectors:
          Fabrikam: { addressSpaces: ["SMTP:fabrikam.com;1", "SMTP:fabrikam.net;1"], sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, Contoso.com: internalRelay }
          #                                              ^^^^^^^^^^^ among the accepted domains already, as "contoso.com"
        partners:
          fabrikam: { domains: [fabrikam.com, Fabrikam.com] }
          #                                   ^^^^^^^^^^^^ among the domains of partner "fabrikam" already
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:26", "0.0.0.0:26"]
            #                        ^^^^^^^^^^^^ among the bindings of "Relay" already
            remoteIPRanges: [10.0.8.0/24, 10.0.8.7, 10.0.8.0-10.0.8.255]
            #                                       ^^^^^^^^^^^^^^^^^^^ among the remoteIPRanges of "Relay" already, as "10.0.8.0/24"
            permissionGroups: [AnonymousUsers, anonymousUsers]
            #                                  ^^^^^^^^^^^^^^ as "AnonymousUsers"
      `,
    ],
  },
};

function* listsOf(topology: Topology): Generator<List> {
  const { organization, servers, partners, networks, certificates, sendConnectors, receiveConnectors } =
    topology;
  yield { what: 'the accepted domains', values: organization.acceptedDomains.map(({ domain }) => domain) };
  for (const { name, addresses } of servers)
    yield { what: `the addresses of server "${name.value}"`, values: addresses };
  for (const { name, domains, addresses } of partners) {
    yield { what: `the domains of partner "${name.value}"`, values: domains };
    yield { what: `the addresses of partner "${name.value}"`, values: addresses };
  }
  for (const { name, addresses } of networks)
    yield { what: `the addresses of network "${name.value}"`, values: addresses };
  for (const { name, domains, installedOn } of certificates) {
    yield { what: `the names of certificate "${name.value}"`, values: domains };
    yield { what: `the servers of certificate "${name.value}"`, values: installedOn };
  }
  for (const { name, written } of sendConnectors)
    yield* writtenLists('sendConnector', `"${name.value}"`, written);
  for (const { name, written, extendedRights } of receiveConnectors) {
    yield* writtenLists('receiveConnector', `"${name.value}"`, written);
    for (const { principal, rights } of extendedRights)
      yield { what: `the rights of "${principal.value}" on "${name.value}"`, values: rights };
  }
  yield* writtenLists('transportConfig', '"transportConfig"', topology.transportConfig.written);
}

function* writtenLists(
  object: SettingObject,
  owner: string,
  written: readonly WrittenParameter[],
): Generator<List> {
  for (const { key, node } of written) {
    if (node.kind !== 'list' || !settingOf(object, key.value)?.list) continue;
    const values = node.items.flatMap((item) =>
      item.kind === 'scalar' && item.value !== null ? [{ value: item.text, at: item.at }] : [],
    );
    yield { what: `the ${key.value} of ${owner}`, values, list: node };
  }
}
