import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issued } from '../support/certificates.ts';
import type { Entrance } from './messages.ts';
import {
  startMailServer,
  type Doors,
  type Habit,
  type MailServer,
  type RunningMailServer,
} from './mail-server.ts';

/** How Fabrikam's mail server is set up. */
export interface FabrikamSetup {
  readonly server: MailServer;
  readonly folder: string;
  readonly packages: string;
  readonly network: string;
  /** The output folder of compile: its files for this partner become part of the configuration as they are. */
  readonly output: string;
  /** What it shows as server and as client. */
  readonly certificate: Issued;
  /** The root that it trusts, where it is not the one in the output folder. */
  readonly root?: string;
  readonly doors?: Doors;
  readonly habit?: Habit;
}

/** Fabrikam's first mail server, which its MX records prefer, and its second. */
export const first: Doors = { mx: '198.51.100.10', inside: '198.51.100.20' };
export const second: Doors = { mx: '198.51.100.12', inside: '198.51.100.22' };

function filesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const),
  );
}

function etcOf({
  server,
  output,
  certificate,
  root,
  habit,
  doors = first,
}: FabrikamSetup): ReadonlyMap<string, string> {
  const folder = join(output, 'partners', 'fabrikam');
  const parts = filesIn(join(folder, server.name));
  const roots = root ?? [...filesIn(join(folder, 'roots')).values()].join('');
  const files = server.configure({ doors, parts, roots, certificate });
  return habit === undefined ? files : server.habits[habit](files);
}

/** Starts Fabrikam's mail server, as the partner's files in the output folder set it up. */
export function startFabrikam(setup: FabrikamSetup): Promise<RunningMailServer> {
  const { server, folder, packages, network, doors = first } = setup;
  return startMailServer({ server, folder, packages, network, doors, files: etcOf(setup) });
}

/** How one of Fabrikam's people hands mail to its server. */
export function insideFabrikam({ doors }: RunningMailServer): Entrance {
  return { host: doors.inside, port: 25, localAddress: '198.51.101.9' };
}
