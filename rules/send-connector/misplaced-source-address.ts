import {
  hasAddress,
  parseIpAddress,
  serversOf,
  writtenValue,
  yaml,
  type IpAddress,
  type RuleModule,
  type Server,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'A Send connector should send from an address that its source servers do not have, or may not choose.',
  why: `Only Edge servers choose the address that they connect from, and it must be on one of their network adapters:
    otherwise Exchange cannot bind it and logs event 2014. Servers inside the organization do not take the parameter.`,
  sources: ['EXCH New-SendConnector -SourceIPAddress'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const source = writtenValue(connector, 'sourceIPAddress');
      const address = source && parseIpAddress(source.value);
      // 0.0.0.0 and :: leave the choice to the server.
      if (!source || !address || address.value === 0n) continue;
      const servers = serversOf(connector);
      const inside = servers.find(({ role }) => role.value !== 'edge');
      const lacking = servers.find((one) => hasAddresses(one) && !isOn(one, address));
      const blamed = inside ?? lacking;
      if (!blamed) continue;
      const { name, role, at } = blamed;
      report({
        at: source.at,
        message: inside
          ? `Send connector "${connector.name.value}" sends from ${source.value}, but "${name.value}" is no Edge server.`
          : `Send connector "${connector.name.value}" sends from ${source.value}, which is no address of "${name.value}".`,
        related: [{ at: inside ? role.at : at, note: `what "${name.value}" is` }],
        help: inside
          ? 'Remove sourceIPAddress.'
          : 'Write an address of the server, or make a connector for each server.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25, 10.0.9.25] } }
        sendConnectors:
          To Fabrikam: { server: EDGE01, addressSpaces: [fabrikam.com], sourceIPAddress: 192.0.2.25 }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        sendConnectors:
          To Fabrikam: { addressSpaces: [fabrikam.com], sourceTransportServers: [HUB01], sourceIPAddress: 0.0.0.0 }
      `,
    ],
    bad: [
      yaml`
        servers:
          HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] }
          EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [HUB01], sourceIPAddress: 10.0.0.11 }
          #                                                                                   ^^^^^^^^^ "HUB01" is no Edge server
          To Fabrikam: { addressSpaces: [fabrikam.com], server: EDGE01, sourceIPAddress: 192.0.2.26 }
          #                                                                              ^^^^^^^^^^ is no address of "EDGE01"
      `,
    ],
  },
};

function hasAddresses({ addresses }: Server): boolean {
  return addresses.length > 0 && addresses.every(({ parsed }) => parsed !== undefined);
}

function isOn({ addresses }: Server, address: IpAddress): boolean {
  return addresses.some(({ parsed }) => parsed !== undefined && hasAddress(parsed, address));
}
