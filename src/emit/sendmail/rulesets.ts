import type { Agreement } from '../partner/agreement.ts';
import { paragraphs, type Heading } from '../partner/fragment.ts';
import { folderOf, holdsOurMail, quoted, wordFor } from './names.ts';

/**
 * Writes the classes and rulesets that hold mail of the agreement to certificates, with both sides of a rule apart by a tab.
 *
 * `CN:` in the access map can ask for one name, and falls back to the name that an unsigned MX record gave; so the names are
 * looked for in rules. `{cert_altnames}` is filled by FEATURE(check_cert_altnames).
 */
export function afterMailers(agreement: Agreement, heading: Heading): string {
  const { mustEncrypt } = agreement;
  const holds = holdsOurMail(agreement);
  return paragraphs(
    [
      ...heading,
      'dnl Add a line below the MAILER lines of sendmail.mc:',
      `dnl     include(\`${folderOf(agreement)}/after-mailers.mc')dnl`,
      'dnl Rules that you have under the names Local_check_mail and Local_tls_rcpt stay beside these.',
    ],
    ['LOCAL_CONFIG', ...classes(agreement)],
    mustEncrypt ? ['LOCAL_TLS_RCPT', ...callOf(wordFor(agreement, 'rcpt'))] : [],
    ['LOCAL_RULESETS'],
    mustEncrypt ? toUs(agreement) : [],
    holds ? ['SLocal_check_mail', ...callOf(wordFor(agreement, 'sender'))] : [],
    holds ? fromUs(agreement) : [],
  );
}

function classes(agreement: Agreement): readonly string[] {
  const { ourDomains, ourHosts } = agreement;
  const exact = ourDomains.filter((domain) => !domain.startsWith('*.'));
  const below = ourDomains.filter((domain) => domain.startsWith('*.')).map((domain) => domain.slice(2));
  const line = (what: 'domains' | 'below' | 'names', domain: string): string =>
    `C{${wordFor(agreement, what)}}${quoted(domain)}`;
  return [
    'dnl Our domains, without their subdomains.',
    ...exact.map((domain) => line('domains', domain)),
    ...(below.length > 0 ? ['dnl Our domains of which the subdomains alone are meant.'] : []),
    ...below.map((domain) => line('below', domain)),
    'dnl What may be the common name of our certificate.',
    ...[...new Set([...ourHosts.flatMap(withWildcard), ...exact])].map((name) => line('names', name)),
  ];
}

/** Leaves the argument as it was, for the rules of others that follow. */
function callOf(ruleset: string): readonly string[] {
  return [rule('$*', `$: $1 $| $>${ruleset} $1`), rule('$* $| $#$*', '$#$2'), rule('$* $| $*', '$: $1')];
}

function rule(left: string, right: string): string {
  return `R${left}\t${right}`;
}

/** Takes the domain out of an address, and ends the ruleset where it is none of ours. */
function ofOurs(agreement: Agreement, after: (domain: string) => string): readonly string[] {
  const hasBelow = agreement.ourDomains.some((domain) => domain.startsWith('*.'));
  return [
    rule('$*', '$: <?> $>CanonAddr $1'),
    rule('<?> $+ < @ $+ . >', '<?> $1 < @ $2 >'),
    rule(`<?> $+ < @ $={${wordFor(agreement, 'domains')}} >`, after('$2')),
    ...(hasBelow ? [rule(`<?> $+ < @ $+ . $={${wordFor(agreement, 'below')}} >`, after('$2 . $3'))] : []),
    rule('<?> $*', '$@ ok'),
  ];
}

function toUs(agreement: Agreement): readonly string[] {
  const { ourHosts } = agreement;
  const looked = ourHosts.flatMap(withWildcard);
  return [
    'dnl Mail to us: over TLS to a certificate with a name of our hosts, or it waits.',
    `S${wordFor(agreement, 'rcpt')}`,
    ...ofOurs(agreement, () => '$: <$&{verify}> <$&{cn_subject}>'),
    ...(looked.length === 0 ? [rule('<OK> $*', '$@ ok')] : []),
    rule(`<OK> <$={${wordFor(agreement, 'names')}}>`, '$@ ok'),
    ...looked.flatMap((name) => [
      rule('<OK> <$*> $*', `$: <OK> <$1> ${quoted(name)}`),
      rule('<OK> <$*> $={cert_altnames}', '$@ ok'),
    ]),
    rule('$*', '$#error $@ 4.7.0 $: "450 Mail of this domain needs TLS and a certificate with its name"'),
  ];
}

/** What is compared is what Exchange compares: the domain itself. */
function fromUs(agreement: Agreement): readonly string[] {
  return [
    'dnl What claims to come from us shows a certificate with our domain, or waits: once a certificate is renewed, it comes in.',
    `S${wordFor(agreement, 'sender')}`,
    ...ofOurs(agreement, (domain) => `$: <$&{verify}> ${domain} $| <$&{cn_subject}>`),
    rule(`<OK> $* $| <$={${wordFor(agreement, 'names')}}>`, '$@ ok'),
    rule('<OK> $={cert_altnames} $| $*', '$@ ok'),
    rule('<OK> $- . $+ $| $*', '$: <OK> * . $2 $| $3'),
    rule('<OK> $={cert_altnames} $| $*', '$@ ok'),
    rule('$*', '$#error $@ 4.7.0 $: "450 This sender needs TLS and a certificate"'),
  ];
}

/** A certificate for `*.contoso.com` is one for mail.contoso.com. Source: RFC 6125 §6.4.3. */
function withWildcard(host: string): readonly string[] {
  const parent = host.slice(host.indexOf('.') + 1);
  return parent.includes('.') ? [host, `*.${parent}`] : [host];
}
