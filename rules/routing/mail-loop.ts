import {
  mailRoute,
  ownHops,
  probesOf,
  yaml,
  type Hop,
  type MailRoute,
  type OwnHop,
  type Probe,
  type RuleModule,
  type Server,
} from '../../src/rule-kit.ts';

/** A way on which mail comes back to where it was, with the connectors that hand it on. */
interface Loop {
  readonly servers: readonly Server[];
  readonly handings: readonly OwnHop[];
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Mail for some domain goes round among servers of ours and never leaves.',
  why: `A Send connector hands mail to a server of the same topology, by a smart host or by an MX record, and that server sends
    it back by its own routing, for the domain is not one that it delivers. Each round adds Received headers until the
    message is returned with "554 5.4.14 Hop count exceeded - possible mail loop". Servers inside the organization find
    each other without Send connectors, so a smart host that is one of them is seldom right; between an Edge server and the
    inside, each must send other domains than the other.`,
  sources: [
    'https://learn.microsoft.com/troubleshoot/exchange/mailflow/hop-count-exceeded-possible-mail-loop',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
    'RFC 5321 §6.3',
  ],

  check({ topology, report }) {
    const leading = ownHops(topology);
    if (leading.length === 0) return;
    const route = mailRoute(topology);
    const starts = topology.servers.filter(({ role }) => role.value !== 'edge');
    const edges = topology.servers.filter(({ role }) => role.value === 'edge');
    const probes = new Map<string, Probe>();
    for (const { connector } of leading)
      for (const probe of probesOf(connector)) if (!probes.has(probe.domain)) probes.set(probe.domain, probe);
    const told = new Set<number>();
    for (const probe of probes.values()) {
      const loop = findLoop(route, probe, starts.length > 0 ? starts : edges);
      const blamed = loop?.handings.reduce((a, b) => (b.at.start < a.at.start ? b : a));
      if (!loop || !blamed || told.has(blamed.at.start)) continue;
      told.add(blamed.at.start);
      const names = loop.servers.map(({ name }) => `"${name.value}"`);
      report({
        at: blamed.at,
        message:
          names.length === 1
            ? `Send connector "${blamed.connector.name.value}" hands mail for "${probe.space}" from ${names.join()} to itself.`
            : `Send connector "${blamed.connector.name.value}" hands mail for "${probe.space}" to "${blamed.target.name.value}", and so it goes round among ${names.join(' and ')}.`,
        related: loop.handings
          .filter((one) => one !== blamed)
          .map(({ at, connector }) => ({ at, note: `"${connector.name.value}" hands it on` })),
        help: 'Name the server outside that takes this mail, or accept the domain where it ends.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Outward: { addressSpaces: ["*"], smartHosts: [192.0.2.1], sourceTransportServers: [MBX1] }
          Inward: { server: EDGE1, addressSpaces: [contoso.com], smartHosts: [mbx1.contoso.com] }
          Internet: { server: EDGE1, addressSpaces: ["*"] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Outward: { addressSpaces: ["*"], smartHosts: [192.0.2.1], sourceTransportServers: [MBX1] }
          #                                             ^^^^^^^^^ hands mail for "*.contoso.com" to "EDGE1"
          Inward: { server: EDGE1, addressSpaces: ["*.contoso.com"], smartHosts: [mbx1.contoso.com] }
          Internet: { server: EDGE1, addressSpaces: ["*"] }
      `,
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.2] }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], smartHosts: [mbx2.contoso.com], sourceTransportServers: [MBX1] }
          #                                                       ^^^^^^^^^^^^^^^^ goes round among "MBX1" and "MBX2"
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
      `,
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [MBX1] }
          #                           ^^^^^^^^^^^^ from "MBX1" to itself
        dns:
          fabrikam.com: { mx: [[10, mx.fabrikam.com]] }
          mx.fabrikam.com: { a: [192.0.2.1] }
      `,
    ],
  },
};

/** Follows mail for a domain from every start; ways that came to an end are not followed twice. */
function findLoop(route: MailRoute, { domain }: Probe, starts: readonly Server[]): Loop | undefined {
  const done = new Set<Server>();
  const way: Hop[] = [];
  const visit = (server: Server): Loop | undefined => {
    const back = way.findIndex(({ from }) => from === server);
    if (back >= 0) return loopOf(way.slice(back));
    if (done.has(server)) return undefined;
    for (const hop of route.hops(server, domain)) {
      way.push(hop);
      const loop = visit(hop.to);
      if (loop) return loop;
      way.pop();
    }
    done.add(server);
    return undefined;
  };
  for (const start of starts) {
    way.length = 0;
    const loop = visit(start);
    if (loop) return loop;
  }
  return undefined;
}

/** A round without a declared connector in it is a matter of the accepted domains, which another rule looks at. */
function loopOf(hops: readonly Hop[]): Loop | undefined {
  const handings = hops.flatMap(({ handing }) => handing ?? []);
  return handings.length === 0 ? undefined : { servers: hops.map(({ from }) => from), handings };
}
