/** What preflight finds before apply would stop halfway: connectors that Exchange refuses beside those that are there. */
import assert from 'node:assert/strict';
import { planOf } from '../support/exchange-scripts.ts';
import type { Host } from './engine.ts';
import { inFolder, type Check } from './lane.ts';
import { placesIn } from './place.ts';
import { drop, makeWorld, runScript, runText } from './world.ts';

interface Case {
  readonly title: string;
  /** What the topology says of the connector `Ours`. */
  readonly ours: string;
  /** What somebody has done before. */
  readonly before?: string;
  /** What a finding says; there is none where it is left out. */
  readonly found?: RegExp;
}

const other =
  "New-ReceiveConnector -Name 'Other' -Server 'HUB01' -Usage Custom -Bindings '10.0.0.11:2526' -TransportRole HubTransport";

const cases: readonly Case[] = [
  {
    title: 'no transportRole on a port of Front End Transport',
    ours: 'bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24]',
    found:
      /Ours: Default Frontend HUB01 of FrontendTransport has a common port, and the topology has no transportRole/,
  },
  {
    title: 'the transportRole of Front End Transport on its port',
    ours: 'bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24], transportRole: FrontendTransport',
  },
  {
    title: 'another transportRole on a port of Front End Transport',
    ours: 'bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24], transportRole: HubTransport',
    found: /Ours: Default Frontend HUB01 has a common port and another transport role/,
  },
  {
    title: 'no transportRole, where the connector is there with the right one',
    ours: 'bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24]',
    before:
      "New-ReceiveConnector -Name 'Ours' -Server 'HUB01' -Usage Custom -Bindings '10.0.0.11:25' -RemoteIPRanges '10.0.8.0/24' -TransportRole FrontendTransport -ErrorAction Stop",
  },
  {
    title: 'no transportRole on a port that nobody has',
    ours: 'bindings: ["10.0.0.11:2527"], remoteIPRanges: [10.0.8.0/24]',
  },
  {
    title: 'X-ANONYMOUSTLS hidden on a server that does not allow it',
    ours: 'bindings: ["10.0.0.11:2527"], remoteIPRanges: [10.0.8.1], transportRole: HubTransport, suppressXAnonymousTls: true',
    found: /Ours hides X-ANONYMOUSTLS.* UseDowngradedExchangeServerAuth is true on HUB01/,
  },
  {
    title: 'X-ANONYMOUSTLS hidden on a server that allows it',
    ours: 'bindings: ["10.0.0.11:2527"], remoteIPRanges: [10.0.8.1], transportRole: HubTransport, suppressXAnonymousTls: true',
    before: "Set-TransportService -Identity 'HUB01' -UseDowngradedExchangeServerAuth $true -ErrorAction Stop",
  },
  {
    title: 'the same binding and remote addresses',
    ours: 'bindings: ["10.0.0.11:2526"], remoteIPRanges: [10.0.8.0-10.0.8.255], transportRole: HubTransport',
    before: `${other} -RemoteIPRanges '10.0.8.0/24' -ErrorAction Stop`,
    found: /Ours: Other has a common binding and the same remote addresses/,
  },
  {
    title: 'remote addresses that cross',
    ours: 'bindings: ["10.0.0.11:2526"], remoteIPRanges: [10.0.8.0-10.0.8.50], transportRole: HubTransport',
    before: `${other} -RemoteIPRanges '10.0.8.40-10.0.8.60' -ErrorAction Stop`,
    found: /Ours: 10\.0\.8\.0-10\.0\.8\.50 shares only part of 10\.0\.8\.40-10\.0\.8\.60 with Other/,
  },
  {
    title: 'remote addresses inside those of another one',
    ours: 'bindings: ["10.0.0.11:2526"], remoteIPRanges: [10.0.8.0-10.0.8.50], transportRole: HubTransport',
    before: `${other} -RemoteIPRanges '10.0.8.0/24' -ErrorAction Stop`,
  },
];

/** Checks each case; gives how many there were. */
export async function checkPreflight(host: Host, check: Check): Promise<number> {
  for (const { title, ours, before, found } of cases) {
    const text = `
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016" }
servers:
  HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
receiveConnectors:
  Ours: { server: HUB01, ${ours}, permissionGroups: [AnonymousUsers] }
`;
    await inFolder(async (folder) => {
      const [place] = await placesIn(planOf(text), text, folder, title);
      assert.ok(place);
      const world = await makeWorld(host, place, text);
      if (before !== undefined) assert.equal((await runText(world, place, before)).failure, null);
      const ran = await runScript(world, place, '00-preflight.ps1');
      check(`preflight: ${title}`, () => {
        assert.equal(ran.exit, found === undefined ? 0 : 1, ran.lines.join('\n'));
        assert.equal(ran.failure, null);
        if (found !== undefined) assert.match(ran.lines.join('\n'), found);
      });
      await drop(world);
    });
  }
  return cases.length;
}
