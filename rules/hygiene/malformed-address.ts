import {
  addressFault,
  endpointFault,
  ipv4Fault,
  ipv6Fault,
  ownAddressFault,
  rangeFault,
  yaml,
  type FaultWords,
  type Located,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

/** A place where an address belongs, and why what stands there is none. */
interface Place {
  readonly text: Located<string>;
  readonly what: string;
  readonly explain: (text: string) => FaultWords | undefined;
}

function* placesOf(topology: Topology): Generator<Place> {
  for (const { name, addresses } of topology.servers)
    for (const text of addresses)
      yield { text, what: `an address of server "${name.value}"`, explain: ownAddressFault };
  for (const { name, addresses } of topology.partners)
    for (const text of addresses)
      yield { text, what: `an address of partner "${name.value}"`, explain: rangeFault };
  for (const { name, addresses } of topology.networks)
    for (const text of addresses)
      yield { text, what: `an address of network "${name.value}"`, explain: rangeFault };
  for (const { name, a, aaaa } of topology.dns) {
    for (const text of a) yield { text, what: `an A record of "${name.value}"`, explain: ipv4Fault };
    for (const text of aaaa) yield { text, what: `an AAAA record of "${name.value}"`, explain: ipv6Fault };
  }
  for (const one of topology.delivery)
    if (one.kind === 'smtp')
      yield {
        text: one.endpoint,
        what: `where mail for "${one.domain.value}" goes`,
        explain: endpointFault,
      };
  const { listen, connect, clients } = topology.rehearsal;
  for (const text of listen.flatMap(({ binding, local }) => [binding, local]))
    yield { text, what: 'an endpoint under "listen"', explain: endpointFault };
  for (const text of connect.flatMap(({ remote, local }) => [remote, local]))
    yield { text, what: 'an endpoint under "connect"', explain: endpointFault };
  for (const text of clients.flatMap(({ local, address }) => [local, address]))
    yield { text, what: 'an address under "clients"', explain: addressFault };
}

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'An address of a server, a partner, a network, a DNS fact, a delivery or the rehearsal cannot be read.',
  why: `Addresses say who may connect, where a connector listens and where mail goes. A server has single addresses; a
    partner may have networks and ranges. A misread one lets strangers in or keeps partners out.`,
  sources: ['DOC R7', 'DOC R10', 'RFC 4291 §2.2'],

  check({ topology, report }) {
    for (const { text, what, explain } of placesOf(topology)) {
      const fault = explain(text.value);
      if (fault === undefined) continue;
      report({ at: text.at, message: `"${text.value}", ${what}, ${fault.says}.`, help: fault.help });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11, "2001:db8::11"] }
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24, 198.51.101.1-198.51.101.20] }
        networks:
          lb: { kind: loadBalancer, addresses: [10.0.0.40-10.0.0.41] }
        dns:
          mail.fabrikam.com: { a: [198.51.100.10], aaaa: ["2001:db8:1::10"] }
        delivery:
          contoso.com: { smtp: "10.0.0.40:2525" }
        rehearsal:
          listen: { "10.0.0.11:25": 127.0.0.1:2525 }
          clients: { 127.0.0.1: 198.51.100.10 }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.0/24, 0.0.0.0] }
          #                                                          ^^^^^^^^^^^ an address of server "MBX1", is a range
          #                                                                       ^^^^^^^ stands for all addresses
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: [mail.fabrikam.com] }
          #                                                ^^^^^^^^^^^^^^^^^ is a host name
        networks:
          lb: { kind: loadBalancer, addresses: [10.0.0.400] }
          #                                     ^^^^^^^^^^ an address of network "lb"
        dns:
          mail.fabrikam.com: { a: ["2001:db8:1::10"] }
          #                        ^^^^^^^^^^^^^^^^ is no IPv4 address
        delivery:
          contoso.com: { smtp: 10.0.0.40 }
          #                    ^^^^^^^^^ has no port
        rehearsal:
          clients: { 127.0.0.1: 198.51.100.300 }
          #                     ^^^^^^^^^^^^^^ is no address
      `,
    ],
  },
};
