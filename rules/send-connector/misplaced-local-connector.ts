import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector is meant to live on one server where that is not possible.',
  why: `Only an Edge server without a subscription has Send connectors of its own, and there the server is the one source.
    All others belong to the organization and name their source servers; EdgeSync would overwrite those of a subscribed
    Edge server.`,
  sources: ['DOC S1', 'EXCH New-SendConnector -SourceTransportServers'],

  check({ topology, report }) {
    for (const { name, server, sourceTransportServersSource, written } of topology.sendConnectors) {
      if (!server) continue;
      const { value, at, target } = server;
      const list = written.find(({ key }) => key.value === 'sourceTransportServers');
      if (list && sourceTransportServersSource === 'written') {
        report({
          at: list.key.at,
          message: `Send connector "${name.value}" lives on "${value}" and names source servers, too.`,
          related: [{ at, note: 'the server that it lives on' }],
          help: 'Remove one of the two.',
        });
      } else if (target && (target.role.value !== 'edge' || target.subscribedTo)) {
        const what = target.role.value === 'edge' ? 'a subscribed Edge server' : 'no Edge server';
        report({
          at,
          message: `Send connector "${name.value}" lives on "${value}", which is ${what}.`,
          related: [
            { at: target.subscribedTo?.at ?? target.role.at, note: `what "${target.name.value}" is` },
          ],
          help: `Write "sourceTransportServers: [${target.name.value}]".`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          EDGE2: { role: edge, fqdn: mx2.contoso.com, addresses: [192.0.2.26] }
        sendConnectors:
          Fabrikam: { addressSpaces: [fabrikam.com], server: EDGE2 }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: mx1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
          EDGE2: { role: edge, fqdn: mx2.contoso.com, addresses: [192.0.2.26] }
        sendConnectors:
          Scanners: { addressSpaces: [scans.example], server: MBX1 }
          #                                                   ^^^^ lives on "MBX1", which is no Edge server
          Internet: { addressSpaces: ["*"], server: EDGE1 }
          #                                         ^^^^^ which is a subscribed Edge server
          Fabrikam: { addressSpaces: [fabrikam.com], server: EDGE2, sourceTransportServers: [EDGE2] }
          #                                                         ^^^^^^^^^^^^^^^^^^^^^^ names source servers, too
      `,
    ],
  },
};
