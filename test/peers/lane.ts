import type { Ports } from '../../src/dev/start/ports.ts';
import type { Certificates, Shown } from './certificates.ts';
import { startContoso, type RunningContoso } from './contoso.ts';
import { startFabrikam, type FabrikamSetup } from './fabrikam.ts';
import type { RunningPostfix } from './postfix.ts';

/** What all cases share. */
export interface Lane {
  /** Where Debian's packages are unpacked. */
  readonly packages: string;
  readonly certificates: Certificates;
  readonly ports: Ports;
  /** The output folder of compile. */
  readonly output: string;
}

/** A case of the lane; `folder` is its own, and it throws where something does not hold. */
export interface Case {
  readonly title: string;
  readonly run: (lane: Lane, folder: string) => Promise<void>;
}

/** Both sides at work. */
export interface Sides {
  readonly contoso: RunningContoso;
  readonly fabrikam: RunningPostfix;
}

/** How Fabrikam differs from one that does all that Contoso asks for. */
export interface Difference extends Pick<FabrikamSetup, 'root' | 'mainCf'> {
  readonly shows?: Shown;
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
  { packages, certificates, ports, output }: Lane,
  folder: string,
  { shows = 'good', ...rest }: Difference = {},
): Promise<RunningPostfix> {
  const certificate = certificates.fabrikam[shows];
  return startFabrikam({ folder: `${folder}/fabrikam`, packages, ports, output, certificate, ...rest });
}

/** Runs both sides while they are used: Contoso as its own process, as an administrator starts it. */
export function withBothSides(
  lane: Lane,
  folder: string,
  difference: Difference,
  use: (sides: Sides) => Promise<void>,
): Promise<void> {
  return during(fabrikamOf(lane, folder, difference), (fabrikam) =>
    during(startContoso(lane.output, `${folder}/contoso`), (contoso) => use({ contoso, fabrikam })),
  );
}
