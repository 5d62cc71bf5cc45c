import type { TlsDemand } from '../../runtime/decide/outbound-tls.ts';
import { printable } from '../base/printable.ts';
import type { Paint } from '../report/report.ts';
import { levelWords } from '../trace/departure-story.ts';
import { verdictLine, type PlaceOf } from '../trace/pretty.ts';
import type { SaidLine, SeenHost } from './host.ts';
import type { InboundHint } from './inbound.ts';
import type { DomainProbe, SeenWay } from './probe.ts';
import type { PartnerProbe } from './partner-probe.ts';
import {
  certificateWords,
  identityWords,
  needWords,
  outcomeWords,
  placeWords,
  reachWords,
  staleWords,
  stsWords,
  tlsaWords,
} from './words.ts';

/** A server that says more is shown by what it says first. */
const mostLines = 40;

/** Writes a probe for people. What the network said stands in it as text and nothing else. */
export function prettyProbe(probe: PartnerProbe, placeOf: PlaceOf, paint: Paint): string {
  const outbound = probe.domains.map((one) => domainText(one, placeOf, paint));
  const inbound = probe.inbound.map((one) => hintText(one, placeOf, paint));
  const first = `${paint.strong(printable(probe.partner.name))}, by ${printable(probe.names)}; no mail was sent\n`;
  const asked = inbound.length === 0 ? [] : [`${paint.strong('To us')}\n${inbound.join('')}`];
  return [first, ...outbound, ...asked].join('\n');
}

function domainText(probe: DomainProbe, placeOf: PlaceOf, paint: Paint): string {
  const { domain, reach, way, sts, stale } = probe;
  const colour = reach === 'every host' ? paint.strong : paint.error;
  const head = `${paint.strong('To ' + printable(domain))}: ${colour(printable(reachWords(probe)))}\n`;
  const found = way === undefined ? '' : wayText(way, placeOf, paint);
  const otherwise = stale === undefined ? '' : `  ${paint.error(printable(staleWords(stale)))}\n`;
  return `${head}${found}${otherwise}  ${printable(stsWords(sts, way?.hosts ?? []))}\n`;
}

function wayText(way: SeenWay, placeOf: PlaceOf, paint: Paint): string {
  const { connector, server, identity, hosts, demands } = way;
  const place = placeOf(connector);
  const where = place === undefined ? '' : paint.faint(` [${printable(place)}]`);
  const own = `  Send connector "${printable(connector.name)}" of ${printable(server.name)}${where}\n  ${printable(identityWords(identity))}\n`;
  return own + hosts.map((host, at) => hostText(host, demands[at], paint)).join('');
}

function hostText(host: SeenHost, demand: TlsDemand | undefined, paint: Paint): string {
  if (demand === undefined) throw new Error('a host without a demand');
  const { name, endpoint, connectedTo, chain, said, outcome } = host;
  const instead = connectedTo === endpoint ? '' : `, here ${placeWords(connectedTo)}`;
  const title = `${name === undefined ? '' : `${name} `}${placeWords(endpoint)}${instead}`;
  const colour = outcome.kind === 'refused' ? paint.error : (text: string) => text;
  const lines = [
    ...said.slice(0, mostLines).map((line) => paint.faint(saidText(line))),
    ...(said.length > mostLines ? [paint.faint(`... ${said.length - mostLines} lines more`)] : []),
    `wants ${printable(levelWords(demand))}`,
    ...chain.map((one, at) => printable(`${at === 0 ? 'certificate' : 'above it'} ${certificateWords(one)}`)),
    colour(printable(outcomeWords(host, demand))),
    printable(tlsaWords(host)),
  ];
  return `  ${paint.strong(printable(title))}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function saidText({ by, text }: SaidLine): string {
  return `${by === 'us' ? '>' : '<'} ${printable(text)}`;
}

function hintText(
  { connector, domain, client, verdict }: InboundHint,
  placeOf: PlaceOf,
  paint: Paint,
): string {
  const place = placeOf(connector);
  const where = place === undefined ? '' : paint.faint(` [${printable(place)}]`);
  const judged =
    verdict === undefined
      ? 'its servers showed no certificate that could be judged'
      : `with the certificate that its server showed, from ${client}: ${verdictLine(verdict)}`;
  return (
    `  Receive connector "${printable(connector.name)}" of ${printable(connector.server)}${where}\n` +
    `    mail of ${printable(domain)} ${printable(needWords(connector, domain))}\n    ${printable(judged)}\n`
  );
}
