import { markdownCode, markdownText } from '../readable-text.ts';
import type { Agreement } from './agreement.ts';

/** Writes the partner's checklist: what to set, in the words of any mail system. */
export function readmeFor(agreement: Agreement, version: string): string {
  const { partner, organization, entrances, exits } = agreement;
  const we = markdownText(organization);
  const sections = [
    `# Mail between ${markdownText(partner.name)} and ${we}`,
    `What ${markdownText(partner.name)} sets on its side. Tick each box, then tell ${we} to test the connection.`,
    ...(entrances.length === 0 ? [] : [sendingToUs(agreement)]),
    ...(exits.length === 0 ? [] : [receivingFromUs(agreement)]),
    ...(agreement.isMutual ? [yourCertificate(agreement)] : []),
    ...(agreement.mustEncrypt || agreement.isMutual ? [ourCertificate(agreement)] : []),
    tls(agreement, version),
    ...(entrances.length + exits.length === 0
      ? [`The topology declares no connector with this partner: mail goes as it does with anybody.`]
      : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function box(text: string): string {
  return `- [ ] ${text}`;
}

function codes(texts: readonly string[]): string {
  return texts.map(markdownCode).join(', ');
}

function sendingToUs({ entrances, ourDomains, remoteIPRanges, mustEncrypt }: Agreement): string {
  const where = entrances.map(({ connector, endpoints }) => {
    const places = endpoints.map(({ address, port }) =>
      address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
    );
    return `${codes(places)}, which calls itself ${markdownCode(connector.fqdn)}`;
  });
  const ranges = [...new Set(remoteIPRanges.map(({ text }) => text))];
  return [
    '## You send to us',
    '',
    box(`Mail for ${codes(ourDomains)} reaches ${where.join('; ')}.`),
    box(`Your servers connect from ${codes(ranges)}; tell us before that changes.`),
    ...(mustEncrypt
      ? [box('Your servers use STARTTLS for these domains, and keep mail in the queue where they cannot.')]
      : []),
  ].join('\n');
}

function receivingFromUs({ exits, ourAddresses, partnerDomains, wideSpaces }: Agreement): string {
  const names = [...new Set(exits.flatMap((exit) => exit.names))];
  const smartHosts = [
    ...new Set(exits.flatMap(({ connector }) => connector.smartHosts.map(({ host }) => host))),
  ];
  const byDns = exits.some(({ connector }) => connector.dnsRoutingEnabled);
  return [
    '## You receive from us',
    '',
    box(
      `Our servers call themselves ${codes(names)} and connect from ${codes(ourAddresses)}, or from what stands before them.`,
    ),
    ...(byDns
      ? [box(`The MX records of ${codes(partnerDomains)} name the servers that take our mail.`)]
      : []),
    ...(wideSpaces.length > 0
      ? [
          box(
            `Mail for ${codes(wideSpaces)} comes the same way. With us, \`*.\` stands for the domain itself and all below it; in most other systems for what is below it alone, so that you may need two entries.`,
          ),
        ]
      : []),
    ...(smartHosts.length > 0 ? [box(`These take our mail: ${codes(smartHosts)}.`)] : []),
    box('Your servers offer STARTTLS to ours; no firewall between us takes it out of their answer to EHLO.'),
  ].join('\n');
}

function yourCertificate({ partner, partnerDomains }: Agreement): string {
  const issuer = partner.issuedBy === undefined ? undefined : issuerWords(partner.issuedBy);
  return [
    '## Your certificate',
    '',
    'Domain Security is mutual TLS: each side shows a certificate, and the other looks for the *domain* in it.',
    '',
    box(`Its subject alternative names hold ${codes(partnerDomains)}, not only the names of your servers.`),
    box('Its extended key usage, where it has one, allows server and client authentication.'),
    ...(issuer === undefined
      ? []
      : [box(`It is ${issuer}, and your servers send the intermediate certificates with it.`)]),
    box(
      'Your servers show it when they receive from us **and when they send to us**; many systems need a setting of their own for the second.',
    ),
    box(
      `What you send to us has an address in ${codes(partnerDomains)} as its envelope sender (MAIL FROM): that domain is compared with the certificate.`,
    ),
  ].join('\n');
}

function issuerWords(issuedBy: string): string {
  if (issuedBy === 'public') return 'issued by a public authority';
  if (issuedBy === 'selfSigned') return 'the self-signed one that you gave us';
  return `issued below the root that we know as ${markdownCode(issuedBy)}`;
}

function ourCertificate({ ourRoots, trustsPublicRoots, ourHosts }: Agreement): string {
  const roots = ourRoots.map(({ name, path, sourceFile }) =>
    box(
      sourceFile === undefined
        ? `Your servers trust our root ${markdownCode(name)}, which we send you.`
        : `Your servers trust our root ${markdownCode(name)}: ${markdownCode(path)}. Compare its fingerprint with us by another way than mail.`,
    ),
  );
  return [
    '## Our certificate',
    '',
    ...roots,
    ...(trustsPublicRoots ? [box('Your servers trust the public authorities.')] : []),
    ...(ourHosts.length > 0 ? [box(`They look for ${codes(ourHosts)} in our certificate.`)] : []),
  ].join('\n');
}

function tls({ isMutual }: Agreement, version: string): string {
  const old = version === '2007' || version === '2010';
  return [
    '## TLS',
    '',
    box(
      old
        ? `Your servers and ours share a version of TLS: Exchange ${version} on an old Windows speaks TLS 1.0 at most, and we tell you where ours does.`
        : 'Your servers speak TLS 1.2.',
    ),
    ...(isMutual
      ? [
          box(
            'When your servers ask for our certificate, they list few authorities or none: Windows ends the session where the list is longer than some 12 KB, as a whole bundle of public roots is.',
          ),
        ]
      : []),
  ].join('\n');
}
