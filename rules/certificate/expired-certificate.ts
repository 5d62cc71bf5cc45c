import { filedCertificates, printDay, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A certificate has expired, or is not valid yet.',
  why: `Whoever looks at the dates refuses such a certificate: partners with Domain Security, servers that validate the chain,
    and the transport bundle, which does not start with it. Exchange goes on to offer it and logs events 12015 to 12018.
    The day is today's, or that of "--now", so that a run can be repeated.`,
  sources: ['RFC 5280 §4.1.2.5', 'EXCH event 12016'],

  check({ topology, certificateOf, now, report }) {
    if (now === undefined) return;
    for (const { facts, at, called } of filedCertificates(topology, certificateOf)) {
      const { notBefore, notAfter } = facts;
      const isOver = now > notAfter;
      if (!isOver && now >= notBefore) continue;
      const what = isOver ? `expired on ${printDay(notAfter)}` : `is not valid before ${printDay(notBefore)}`;
      report({
        at,
        message: `${called} ${what}.`,
        help: isOver ? 'Renew it, and put the new one here.' : 'Use the one that is valid now until then.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
        authorities:
          contoso-root: { file: certs/contoso-root.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/expired.pem }
          #                                                                          ^^^^^^^^^^^^^^^^^ expired on 2026-01-01
          contoso-next: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/not-yet-valid.pem }
          #                                                                          ^^^^^^^^^^^^^^^^^^^^^^^ is not valid before 2027-02-01
      `,
    ],
  },
};
