import { yaml, type RuleModule, type Server } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A Send connector names one source server, although another one could send as well.',
  why: `All mail of the connector waits while its only source server is down for updates, and it stops for good once that
    server is taken away. A second source server costs nothing: Exchange shares mail out between them. Where only one of
    them may reach the Internet, it is right as it is.`,
  sources: ['DOC S10', 'EXCH New-SendConnector -SourceTransportServers'],

  check({ topology, report }) {
    for (const { name, enabled, sourceTransportServers } of topology.sendConnectors) {
      const [only, ...others] = sourceTransportServers;
      if (!only?.target || others.length > 0 || !enabled.value) continue;
      const { target } = only;
      const twin = topology.servers.find((one) => one !== target && isTwin(one, target));
      if (!twin) continue;
      report({
        at: only.at,
        message: `Send connector "${name.value}" sends through "${target.name.value}" alone, although "${twin.name.value}" is of the same kind and site.`,
        related: [{ at: twin.name.at, note: 'the other server' }],
        help: `Add "${twin.name.value}" to sourceTransportServers, if it may send there.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12], site: Munich }
          MBX3: { role: mailbox, fqdn: mbx3.contoso.com, addresses: [10.1.0.11], site: Paris }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1, MBX2] }
          To Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [MBX3] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12], site: Munich }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
          #                                                          ^^^^ sends through "MBX1" alone, although "MBX2"
      `,
    ],
  },
};

function isTwin(one: Server, other: Server): boolean {
  return (
    one.role.value === other.role.value &&
    one.site?.value === other.site?.value &&
    one.subscribedTo?.value === other.subscribedTo?.value &&
    // An Edge server without subscription has connectors of its own alone.
    (one.role.value !== 'edge' || one.subscribedTo !== undefined)
  );
}
