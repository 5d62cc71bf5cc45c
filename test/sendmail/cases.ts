import type { Plan, PlannedPartner } from '../../src/plan/step.ts';
import { samplePlan } from '../support/sample-plan.ts';

const fabrikam = samplePlan.partners[0] as PlannedPartner;
/** Contoso, with a domain that is a word of m4 and one of which the subdomains alone are meant. */
export const plan: Plan = {
  ...samplePlan,
  partners: [{ ...fabrikam, mta: 'sendmail' }],
  acceptedDomains: ['contoso.com', 'divert.example', '*.below.example'].map((domain) => ({
    domain,
    type: 'authoritative',
  })),
};

const verified = '.D{verify}OK';
const without = '.D{verify}NO';
const untrusted = '.D{verify}FAIL';
const plaintext = '.D{verify}NONE';
const bits = '.D{cipher_bits}256';
const ours = '.C{cert_altnames}mail.contoso.com contoso.com';
const others = '.C{cert_altnames}mail.elsewhere.example elsewhere.example';
const fromOurs = '.D{client_addr}192.0.2.25';
const mail = (address: string): string => `Local_check_mail <${address}>`;
const rcpt = (address: string): string => `tls_rcpt ${address}`;
const passes = /returns: (ok|OK)$/i;
const waits = /returns: \$# error \$@ 4 \. 7 \. 0 /;
const goesOn = /returns: (?!\$# error)/;

/** What a ruleset is asked, after what a session would have set, and what it answers. */
export interface Case {
  readonly title: string;
  readonly given: readonly string[];
  readonly question: string;
  readonly answer: RegExp;
}

/** All that the rulesets are asked. */
export const cases: readonly Case[] = [
  {
    title: 'mail to us goes to our host',
    given: [verified, ours],
    question: rcpt('b@contoso.com'),
    answer: passes,
  },
  {
    title: 'mail to us goes to our host with a certificate for all hosts',
    given: [verified, '.C{cert_altnames}*.contoso.com'],
    question: rcpt('b@contoso.com'),
    answer: passes,
  },
  {
    title: 'mail to us goes to our host by the common name',
    given: [verified, '.D{cn_subject}mail.contoso.com'],
    question: rcpt('b@contoso.com'),
    answer: passes,
  },
  {
    title: 'mail to us waits without TLS',
    given: [plaintext],
    question: rcpt('b@contoso.com'),
    answer: waits,
  },
  {
    title: 'mail to us waits for a trusted certificate',
    given: [untrusted, ours],
    question: rcpt('b@contoso.com'),
    answer: waits,
  },
  {
    title: 'mail to us waits where the certificate is that of another host, whatever MX says',
    given: [
      verified,
      others,
      '.D{server_name}mail.elsewhere.example',
      '.D{cn_subject}mail.elsewhere.example',
    ],
    question: rcpt('b@contoso.com'),
    answer: waits,
  },
  {
    title: 'a domain that is a word of m4 is one of ours',
    given: [plaintext],
    question: rcpt('b@divert.example'),
    answer: waits,
  },
  {
    title: 'a subdomain of ours is not ours',
    given: [plaintext],
    question: rcpt('b@sub.contoso.com'),
    answer: goesOn,
  },
  {
    title: 'where the subdomains are ours, they are',
    given: [plaintext],
    question: rcpt('b@sub.below.example'),
    answer: waits,
  },
  {
    title: 'where the subdomains are ours, the domain is not',
    given: [plaintext],
    question: rcpt('b@below.example'),
    answer: goesOn,
  },
  {
    title: 'mail to others goes on',
    given: [plaintext],
    question: rcpt('x@elsewhere.example'),
    answer: goesOn,
  },
  { title: 'our mail comes in', given: [verified, ours], question: mail('a@contoso.com'), answer: goesOn },
  {
    title: 'our mail comes in with a certificate for all subdomains',
    given: [verified, '.C{cert_altnames}*.below.example'],
    question: mail('a@sub.below.example'),
    answer: goesOn,
  },
  { title: 'our mail waits without TLS', given: [plaintext], question: mail('a@Contoso.COM'), answer: waits },
  {
    title: 'our mail waits without a certificate',
    given: [without],
    question: mail('a@contoso.com'),
    answer: waits,
  },
  {
    title: 'our mail waits where the certificate is that of another',
    given: [verified, others],
    question: mail('a@contoso.com'),
    answer: waits,
  },
  {
    title: 'mail of others comes in',
    given: [plaintext],
    question: mail('x@elsewhere.example'),
    answer: goesOn,
  },
  { title: 'a DSN has no sender to ask for', given: [plaintext], question: mail(''), answer: goesOn },
  {
    title: 'what comes from our address shows a certificate',
    given: [fromOurs, bits],
    question: 'Together,tls_client NO $| MAIL',
    answer: /returns: \$# error \$@ 4 \. 7 \. 0 .*authenticat/,
  },
  {
    title: 'what comes from our address with a certificate comes in',
    given: [fromOurs, bits],
    question: 'Together,tls_client OK $| MAIL',
    answer: passes,
  },
  {
    title: 'what comes from another address need not',
    given: ['.D{client_addr}203.0.113.9', bits],
    question: 'Together,tls_client NO $| MAIL',
    answer: passes,
  },
];
