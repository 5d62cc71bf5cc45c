import { filedCertificates, printDay, yaml, type RuleModule } from '../../src/rule-kit.ts';

/** Unit: days. The time to renew at an authority, tell partners, and install; our choice. */
const notice = 30;

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A certificate expires within thirty days.',
  why: `A new certificate has to be ordered, installed on every server behind the name, and, where a partner pins it or its
    root, be known there first. Mail to those who validate stops on the day that it expires. The day is today's, or that
    of "--now".`,
  sources: ['RFC 5280 §4.1.2.5', 'EXCH event 12017'],

  check({ topology, certificateOf, now, report }) {
    if (now === undefined) return;
    for (const { facts, at, called } of filedCertificates(topology, certificateOf)) {
      const { notBefore, notAfter } = facts;
      const days = Math.floor((notAfter - now) / (24 * 60 * 60 * 1000));
      if (now > notAfter || now < notBefore || days >= notice) continue;
      const left = days === 1 ? 'in 1 day' : `in ${days} days`;
      report({
        at,
        message: `${called} expires on ${printDay(notAfter)}, ${left}.`,
        help: 'Renew it, and install the new one on every server that has it.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/expiring.pem }
          #                                                                          ^^^^^^^^^^^^^^^^^^ expires on 2026-12-10, in 16 days
      `,
    ],
  },
};
