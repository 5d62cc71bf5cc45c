import type { TlsDecision, TlsDemand } from '../../runtime/decide/outbound-tls.ts';
import type { Departure, Destination } from './departure.ts';
import { certificateLines } from './session-story.ts';
import type { Line } from './story.ts';

/** Tells how mail leaves through a Send connector. */
export function departureLines(departure: Departure): readonly Line[] {
  const { destinations, connector, partner } = departure;
  const sessions = new Map(destinations.map((one) => [JSON.stringify(one.session), one]));
  return [
    { kind: 'fact', text: `leaves ${departure.from.name} ${wayOf(departure)}`, about: connector },
    ...[...sessions.values()].flatMap((one) => tlsLines(one, sessions.size > 1)),
    ...shownLines(departure),
    ...(partner ? partnerLines(partner) : []),
  ];
}

function wayOf({ connector, domain, destinations, unknownName, resolution }: Departure): string {
  const by = connector.dnsRoutingEnabled
    ? `by the MX of ${domain}`
    : `to ${connector.smartHosts.length === 1 ? 'the smart host' : 'one of the smart hosts'} ${connector.smartHosts.map(({ host }) => host).join(', ')}`;
  if (unknownName !== undefined)
    return `${by}, which dns does not tell: there is no entry for ${unknownName}`;
  if (resolution.kind !== 'hosts') return `${by}: ${resolution.reply}`;
  const hosts = destinations.flatMap(({ host }) => {
    if (host === undefined) return [];
    const addresses = host.addresses.join(', ');
    return [host.name === undefined ? addresses : `${host.name} (${addresses})`];
  });
  const port = connector.port === 25 ? '' : `, port ${connector.port}`;
  return by.endsWith(hosts.join(', ')) ? `${by}${port}` : `${by}: ${hosts.join(', then ')}${port}`;
}

function tlsLines({ session, smartHost, otherwise }: Destination, isOneOfSeveral: boolean): readonly Line[] {
  const which = isOneOfSeveral && smartHost !== undefined ? `${smartHost}: ` : '';
  const head: Line = {
    kind: 'fact',
    text: `${which}${session.greeting} ${session.clientName}; ${levelWords(session.tls)}`,
  };
  return [
    head,
    ...otherwise.map(({ when, then }): Line => ({
      kind: 'not',
      text: `where ${when}: ${decisionWords(then)}`,
    })),
  ];
}

/** Says in words how much TLS a delivery needs. */
export function levelWords({ level, expectedNames, roots }: TlsDemand): string {
  const names = expectedNames.join(' and ');
  const root = roots === 'authorities' ? "the partner's own root" : 'a trusted root';
  switch (level) {
    case 'none':
      return 'no TLS, for the connector ignores STARTTLS';
    case 'opportunistic':
      return 'TLS where it is offered, with any certificate';
    case 'encrypted':
      return 'TLS, with any certificate';
    case 'validated':
      return 'TLS, with a certificate that ends in a trusted root';
    case 'domain-validated':
      return `TLS, with a certificate that ends in ${root} and bears the name ${names}`;
    case 'domain-secure':
      return `mutual TLS by Domain Security, with a certificate that ends in ${root} and bears the name ${names}`;
  }
}

function decisionWords(decision: TlsDecision): string {
  switch (decision.kind) {
    case 'send':
      return 'sent all the same';
    case 'start TLS':
      return 'TLS begins';
    case 'defer':
      return `waits, ${decision.reply}`;
  }
}

function shownLines({ shown, destinations }: Departure): readonly Line[] {
  if (destinations.every(({ session }) => session.tls.level === 'none')) return [];
  switch (shown.kind) {
    case 'certificate': {
      const about = shown.choice.chosen?.certificate;
      return [
        {
          kind: 'fact',
          text: `the certificate "${shown.name}" is shown where one is asked for`,
          ...(about && { about }),
        },
        ...certificateLines(shown.choice),
      ];
    }
    case 'none':
      return [
        { kind: 'fact', text: 'no certificate is shown where one is asked for' },
        ...certificateLines(shown.choice),
      ];
    case 'missing':
      return [
        { kind: 'bad', text: 'tlsCertificateName names no certificate that is here' },
        ...certificateLines(shown.choice),
      ];
  }
}

function partnerLines({
  partner,
  judgement,
  trustsOurs,
}: NonNullable<Departure['partner']>): readonly Line[] {
  const lines: Line[] = [];
  if (judgement?.kind === 'send')
    lines.push({
      kind: 'fact',
      text: `the certificate that ${partner.name} declares will do`,
      about: partner,
    });
  if (judgement?.kind === 'defer')
    lines.push({
      kind: 'bad',
      text: `the certificate that ${partner.name} declares will not do`,
      about: partner,
    });
  if (trustsOurs !== undefined)
    lines.push({
      kind: trustsOurs === 'has our root' ? 'fact' : 'not',
      text: `${partner.name} ${trustsOurs}`,
    });
  return lines;
}
