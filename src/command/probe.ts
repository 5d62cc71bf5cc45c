import { Failure } from '../base/failure.ts';
import { identityBeside } from '../certificate/identity-beside.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { inboundHints } from '../probe/inbound.ts';
import { jsonProbe } from '../probe/json.ts';
import { prettyProbe } from '../probe/pretty.ts';
import { probePartner } from '../probe/probe.ts';
import type { ProbeFiles } from '../probe/probing-tls.ts';
import { endpointOf, impatient, namesFor, partnerNamed, serverOf } from '../probe/request.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import type { Askable } from '../trace-source.ts';
import { readAskable } from './askable.ts';
import { paintFor } from './terminal.ts';

export interface ProbeArguments {
  readonly server?: string;
  readonly resolver?: string;
  readonly connect?: string;
  /** Unit: seconds. */
  readonly timeout: number;
  /** False where no certificate shall be shown. */
  readonly clientCertificate: boolean;
  readonly format: string;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** `mailtopo probe FILE PARTNER`: tests the connection to a partner's real servers. Source: DOC S13. */
export async function probe(
  path: string,
  name: string,
  args: ProbeArguments,
  streams: Streams,
): Promise<ExitCode> {
  const { format, timeout } = args;
  if (format !== 'pretty' && format !== 'json')
    throw new Failure('usage', 'a probe is printed as pretty or json');
  if (timeout < 1 || timeout > 600) throw new Failure('usage', '--timeout is between 1 and 600 seconds');
  const connect = args.connect === undefined ? undefined : endpointOf('--connect', args.connect);
  const askable = await readAskable(path, args.now ?? Date.now(), streams);
  if (askable === undefined) return exitCode.findings;
  const { world } = askable;
  const partner = partnerNamed(world, name);
  const names = namesFor(world, args.resolver, timeout * 1000);
  const domains = await probePartner(partner, {
    world,
    from: serverOf(world, args.server),
    names,
    files: filesBeside(askable, args.clientCertificate),
    clock: impatient(timeout * 1000, world.now),
    ...(connect && { connect }),
  });
  const inbound = await inboundHints(world, partner, domains, (certificates) => {
    const read = { kind: 'read', certificates, privateKeys: [], malformedCertificates: 0 } as const;
    const client = askable.certificateIn('the certificate that was seen', read);
    return 'fault' in client ? undefined : client;
  });
  const found = { partner, names: names.who, domains, inbound };
  streams.out(
    format === 'json'
      ? jsonProbe(found)
      : prettyProbe(found, askable.placeOf, paintFor(process.stdout, process.env)),
  );
  return domains.every(({ reach }) => reach === 'every host') ? exitCode.clean : exitCode.findings;
}

function filesBeside({ plan, topology }: Askable, showsCertificate: boolean): ProbeFiles {
  const read = pemFilesBeside(topology.file);
  return {
    rootOf({ name }) {
      const file = plan.authorities.find((one) => one.name === name)?.file;
      const pem = file === undefined ? undefined : read(file);
      return pem?.kind === 'read' ? pem.certificates[0]?.pem : undefined;
    },
    identityOf({ name }) {
      if (!showsCertificate) return '--no-client-certificate says so';
      const planned = plan.certificates.find((one) => one.name === name);
      if (planned === undefined) return "it is the server's own, made by setup";
      return identityBeside(topology.file, planned);
    },
  };
}
