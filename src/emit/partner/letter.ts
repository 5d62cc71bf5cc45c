import { onOneLine } from '../readable-text.ts';
import type { Agreement } from './agreement.ts';
import { shownRoots, type LetterFacts } from './letter-certificates.ts';
import { fromUs } from './letter-from-us.ts';
import { joined, paragraph, title, verbatim } from './letter-layout.ts';
import { toUs } from './letter-to-us.ts';

/** Writes the letter to a partner, in plain words and plain text: what each side shows and requires, and how it is tested. */
export function letterFor(agreement: Agreement, facts: LetterFacts): string {
  const { entrances, exits, isMutual, mustEncrypt } = agreement;
  const us = onOneLine(agreement.organization);
  const you = onOneLine(agreement.partner.name);
  return joined([
    title(`Mail between ${you} and ${us}`),
    paragraph(`To the people who look after mail at ${you}:`),
    paragraph(purpose(agreement, us)),
    paragraph('README.md beside this letter is the same as a checklist.', settingsWords(agreement)),
    ...(entrances.length > 0 ? toUs(agreement, facts) : []),
    ...(exits.length > 0 ? fromUs(agreement, facts) : []),
    ...(isMutual || mustEncrypt ? roots(agreement, facts) : []),
    ...(entrances.length + exits.length > 0 ? test(agreement) : []),
    title('What to tell each other'),
    paragraph(
      'Tell us before an address, a name, a domain or a certificate of yours changes, above all before a certificate runs out;',
      'we do the same. Mail that is held back for too long goes back to its sender: with us, as a rule, after two days.',
    ),
  ]);
}

function purpose({ isMutual, mustEncrypt, entrances, exits }: Agreement, us: string): string {
  if (entrances.length + exits.length === 0)
    return `${us} has made no settings of its own for mail with you: it goes as it does with anybody.`;
  if (isMutual)
    return `${us} wants mail between us to travel over TLS alone, and each side to show a certificate that proves who it is. This letter says what you see of us, what we ask of you, and how both of us find out that it works.`;
  if (mustEncrypt)
    return `${us} takes your mail over TLS alone. This letter says what you see of us, what we ask of you, and how both of us find out that it works.`;
  return `${us} has made settings of its own for mail with you. This letter says what you see of us, and how both of us find out that it works.`;
}

function settingsWords({ partner, entrances, exits }: Agreement): string {
  const { mta } = partner;
  if (mta === undefined || mta === 'other' || entrances.length + exits.length === 0) return '';
  return `The folder ${mta} holds the settings for your mail system.`;
}

function roots(agreement: Agreement, { certificateOf }: LetterFacts): readonly string[] {
  return [title('Whom each side trusts'), ...shownRoots(agreement, certificateOf)];
}

function test({
  entrances,
  exits,
  isMutual,
  ourRoots,
  trustsPublicRoots,
  partnerDomains,
}: Agreement): readonly string[] {
  const [first] = entrances.flatMap(({ connector: { fqdn }, endpoints }) =>
    endpoints.flatMap(({ address, port }) =>
      isPlain(fqdn) && isPlain(address) ? [{ fqdn, place: endpointText(address, port) }] : [],
    ),
  );
  const anchor = trustsPublicRoots || ourRoots[0] === undefined ? '' : ` -CAfile ${ourRoots[0].path}`;
  const own = isMutual ? ' -cert your-chain.pem -key your.key' : '';
  return [
    title('How to test'),
    ...(first === undefined
      ? []
      : [
          paragraph('From one of your mail servers, in this folder:'),
          verbatim(
            `openssl s_client -starttls smtp -connect ${first.place} -servername ${first.fqdn} -verify_hostname ${first.fqdn}${anchor}${own}`,
          ),
          paragraph(
            '"Verify return code: 0 (ok)" means that you trust our certificate. "No client certificate CA names sent" is not a fault. Type QUIT to leave.',
          ),
          paragraph(
            `Then send a message from an address in ${partnerDomains.join(' or ')} and look for the reply in your log.`,
          ),
        ]),
    ...(exits.length === 0
      ? []
      : [
          paragraph(
            'We test the other way: our "mailtopo probe" connects to your servers, starts TLS, looks at your certificate and leaves; it sends no mail.',
          ),
        ]),
  ];
}

/** The line is copied into a shell. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(text);
}

function endpointText(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
