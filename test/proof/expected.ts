import { decideOnCertificate, decideOnOffer } from '../../runtime/decide/outbound-tls.ts';
import type { Askable } from '../../src/trace-source.ts';
import { rootsOfSender } from '../../src/trace/departure.ts';
import { presentedAs } from '../../src/trace/presented.ts';
import type { RouteStep } from '../../src/trace/route.ts';
import type { RecipientTrace } from '../../src/trace/trace.ts';
import { readPemFile } from '../../src/certificate/pem-files-beside.ts';
import type { Placed } from './topology-of.ts';

/** Where a recipient's mail must end, by the trace. */
export type ExpectedEnd =
  | { readonly kind: 'delivered'; readonly server: string; readonly folder: string }
  | {
      readonly kind: 'arrives';
      readonly at: Placed;
      readonly tls: 'TLS' | 'no TLS';
      readonly greeting: string;
      /** The names of the certificate of ours that a stranger must see. */
      readonly shown?: readonly string[];
    }
  | { readonly kind: 'waits'; readonly reply: string }
  | { readonly kind: 'returned'; readonly reply: string };

/** What the bundle must do for one recipient. */
export interface Expected {
  readonly recipient: string;
  readonly forwardPath: string;
  /** The Receive connectors that take the message on its way inside, one after the other. */
  readonly connectors: readonly string[];
  readonly end: ExpectedEnd;
}

/** Takes out of a trace what can be seen of a running bundle, with strangers as they really are. */
export function expectedOf(
  askable: Askable,
  { recipient, answer, route = [] }: RecipientTrace,
  placed: readonly Placed[],
): Expected | undefined {
  const last = route.at(-1);
  if (last === undefined || answer?.forwardPath === undefined) return undefined;
  const connectors = route.flatMap(({ end }) =>
    end.kind === 'handed on' ? [end.handing.session.connector?.name ?? ''] : [],
  );
  const { forwardPath } = answer;
  return { recipient, forwardPath, connectors, end: endOf(askable, last, placed) };
}

function endOf(askable: Askable, { server, end }: RouteStep, placed: readonly Placed[]): ExpectedEnd {
  switch (end.kind) {
    case 'delivered':
      return {
        kind: 'delivered',
        server: server.name,
        folder: end.hop.delivery?.kind === 'maildir' ? end.hop.delivery.folder : end.hop.domain,
      };
    case 'leaves':
      return departed(askable, end.departure, placed);
    case 'waits': {
      // A trace takes a partner's word for what it shows; here it may show nothing at all.
      const isToStrangers = end.departure !== undefined && end.handing === undefined;
      const isKnown = isToStrangers && end.departure.resolution.kind === 'hosts';
      return isKnown ? departed(askable, end.departure, placed) : { kind: end.kind, reply: end.reply };
    }
    case 'returned':
      return { kind: end.kind, reply: end.reply };
    case 'goes round':
    case 'handed on':
      return { kind: 'returned', reply: 'Hop count exceeded' };
  }
}

function departed(
  { world, certificateIn }: Askable,
  departure: Extract<RouteStep['end'], { kind: 'leaves' }>['departure'],
  placed: readonly Placed[],
): ExpectedEnd {
  const { destinations, resolution, from, shown } = departure;
  const [first] = destinations;
  if (resolution.kind !== 'hosts' || first?.host === undefined)
    return { kind: 'waits', reply: resolution.kind === 'hosts' ? '' : resolution.reply };
  const [address] = first.host.addresses;
  const at = placed.find((one) => one.address === address);
  if (at === undefined) throw new Error(`nobody is at ${address}`);
  const { session } = first;
  const { shows } = at.stranger;
  const offered = shows !== undefined && session.greeting === 'EHLO';
  const onOffer = decideOnOffer(session.tls, offered ? 'STARTTLS offered' : 'STARTTLS not offered');
  const greeting = `${session.greeting} ${session.clientName}`;
  if (onOffer.kind === 'defer') return { kind: 'waits', reply: onOffer.reply };
  if (onOffer.kind === 'send' || shows === undefined) return { kind: 'arrives', at, tls: 'no TLS', greeting };
  if (shown.kind === 'missing') return { kind: 'waits', reply: shown.reply };
  const certificate = certificateIn(shows.name, readPemFile(shows.certificateFile));
  if ('fault' in certificate) throw new Error(certificate.fault);
  const presented = presentedAs(certificate, rootsOfSender(world, from), 'server', world.now);
  const decision = decideOnCertificate(session.tls, presented, world.now);
  if (decision.kind === 'defer') return { kind: 'waits', reply: decision.reply };
  const ours = shown.choice.chosen?.certificate;
  const isRecognized = ours?.issuedBy === 'contoso-root';
  return { kind: 'arrives', at, tls: 'TLS', greeting, ...(ours && isRecognized && { shown: ours.domains }) };
}
