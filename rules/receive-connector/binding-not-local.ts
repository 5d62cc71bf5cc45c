import { bindsAllAddresses, hasAddress, printIpAddress, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector listens on an address that its server does not have.',
  why: `The Transport service opens every binding when it starts. One on an address that no network adapter of the server
    has can keep the whole service from starting, often long after the change. The addresses 0.0.0.0 and [::] stand for
    all addresses of the server.`,
  sources: ['DOC R7', 'EXCH New-ReceiveConnector -Bindings'],

  check({ topology, report }) {
    for (const { name, server, bindings } of topology.receiveConnectors) {
      const { target } = server;
      // One that cannot be read may be the address that is looked for.
      if (!target || target.addresses.some(({ parsed }) => parsed === undefined)) continue;
      for (const { parsed, at } of bindings) {
        if (!parsed || bindsAllAddresses(parsed)) continue;
        const { address } = parsed;
        if (target.addresses.some((one) => one.parsed && hasAddress(one.parsed, address))) continue;
        const known = target.addresses.map(({ value }) => value).join(', ');
        report({
          at,
          message: `Receive connector "${name.value}" listens on ${printIpAddress(address)}, which is no address of "${target.name.value}".`,
          related: target.addresses.map((one) => ({ at: one.at, note: 'an address that it has' })),
          help:
            known === ''
              ? 'Declare the addresses of the server.'
              : `Listen on ${known}, or on all addresses.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11, "2001:db8::11"] }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["10.0.0.11:25", "[2001:db8:0::11]:25"], remoteIPRanges: [10.0.8.0/24] }
          MBX1\\Clients: { bindings: ["0.0.0.0:2587", "[::]:2587"], remoteIPRanges: [10.0.0.0/8] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["10.0.0.111:25"], remoteIPRanges: [10.0.8.0/24] }
          #                        ^^^^^^^^^^^^^^^ listens on 10.0.0.111, which is no address of "MBX1"
      `,
    ],
  },
};
