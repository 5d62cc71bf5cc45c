import type { Certificates, Shown } from './certificates.ts';
import { startContoso, type RunningContoso } from './contoso.ts';
import { startFabrikam, type FabrikamSetup } from './fabrikam.ts';
import type { MailServer, RunningMailServer } from './mail-server.ts';
import { startNameServer, type MxRecords } from './name-server.ts';

/** What all cases of one mail server share. */
export interface Lane {
  readonly server: MailServer;
  /** Where the packages of the mail server and the name server are unpacked. */
  readonly packages: { readonly server: string; readonly nsd: string };
  readonly certificates: Certificates;
  /** The output folder of compile. */
  readonly output: string;
  /** The network that Fabrikam stands in. */
  readonly network: string;
}

/** A case of the lane, for any mail server; `folder` is its own, and it throws where something does not hold. */
export interface Case {
  readonly title: string;
  readonly run: (lane: Lane, folder: string) => Promise<void>;
}

/** Something that is the same for all mail servers, or not. */
export type PerServer<T> = { readonly all: T } | Readonly<Record<MailServer['name'], T>>;

/** Picks what holds for a lane's mail server. */
export function of<T>(one: PerServer<T>, { server }: Lane): T {
  return 'all' in one ? one.all : one[server.name];
}

/** Both sides at work. */
export interface Sides {
  readonly contoso: RunningContoso;
  readonly fabrikam: RunningMailServer;
}

/** How Fabrikam differs from one that does all that Contoso asks for. */
export interface Difference extends Pick<FabrikamSetup, 'habit' | 'doors'> {
  readonly shows?: Shown;
  readonly trusts?: 'nobody that we know';
}

/** Starts something for as long as it is used, and stops it whatever comes. */
export async function during<T extends { stop(): Promise<void> }>(
  starting: Promise<T>,
  use: (started: T) => Promise<void>,
): Promise<void> {
  const started = await starting;
  try {
    await use(started);
  } finally {
    await started.stop();
  }
}

/** Starts Fabrikam for a lane. */
export function fabrikamOf(
  { server, packages, certificates, output, network }: Lane,
  folder: string,
  { shows = 'good', trusts, ...rest }: Difference = {},
): Promise<RunningMailServer> {
  return startFabrikam({
    ...rest,
    server,
    folder,
    packages: packages.server,
    network,
    output,
    certificate: certificates.fabrikam[shows],
    ...(trusts !== undefined && { root: certificates.strangerRoot.certificate }),
  });
}

/** Runs the name server while it is used. */
export function withNames(
  { packages }: Lane,
  folder: string,
  mx: MxRecords,
  use: () => Promise<void>,
): Promise<void> {
  return during(startNameServer(`${folder}/names`, packages.nsd, mx), use);
}

/** Runs both sides while they are used: Contoso as its own process, as an administrator starts it. */
export function withBothSides(
  lane: Lane,
  folder: string,
  difference: Difference,
  use: (sides: Sides) => Promise<void>,
  mx: MxRecords = {},
): Promise<void> {
  return withNames(lane, folder, mx, () =>
    during(fabrikamOf(lane, `${folder}/fabrikam`, difference), (fabrikam) =>
      during(startContoso(lane.output, `${folder}/contoso`), (contoso) => use({ contoso, fabrikam })),
    ),
  );
}
