import {
  certificatesIn,
  isSignedBy,
  printDistinguishedName,
  yaml,
  type Certificate,
  type CertificateFacts,
  type RuleContext,
  type RuleModule,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A certificate was not issued by whom the topology says.',
  why: `Whether a partner trusts a certificate follows from the root that its chain ends in. The chain is read from the file:
    the certificate first, then those of intermediate authorities, each signed by the next, and the last one signed by the
    declared authority. An intermediate that is missing there is missing in the handshake as well, and the other side says
    UntrustedRoot. Of a public certificate only what it cannot be is checked, for the public roots are not at hand.`,
  sources: ['DOC R15', 'RFC 5280 §6.1', 'RFC 8446 §4.4.2'],

  check(context) {
    for (const certificate of context.topology.certificates) {
      const [own, ...others] = certificatesIn(context.certificateOf, certificate);
      const fault = own && certificate.file && faultOf(context, certificate, own, others);
      if (!fault) continue;
      const { says, help } = fault;
      context.report({
        at: certificate.issuedBy.at,
        message: `Certificate "${certificate.name.value}" ${says}.`,
        related: [{ at: certificate.file.at, note: 'its file' }],
        help,
      });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
          lab-mail: { issuedBy: selfSigned, domains: [mail.contoso.com], file: certs/self-signed.pem }
          web: { issuedBy: public, domains: [mail.contoso.com], file: certs/issued-below.pem }
        authorities:
          contoso-root: { file: certs/contoso-root.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: fabrikam-root, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
          #                         ^^^^^^^^^^^^^ was signed by "CN=Contoso Root", and no chain in its file leads to "fabrikam-root"
          branch-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/issued-below.pem }
          #                        ^^^^^^^^^^^^ was signed by "CN=Contoso Issuing", and no chain in its file leads to "contoso-root"
          lab-mail: { issuedBy: public, domains: [mail.contoso.com], file: certs/self-signed.pem }
          #                     ^^^^^^ is signed by itself, and so not public
          web: { issuedBy: selfSigned, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
          #                ^^^^^^^^^^ is not signed by itself, but by "CN=Contoso Root"
        authorities:
          contoso-root: { file: certs/contoso-root.pem }
          fabrikam-root: { file: certs/fabrikam-root.pem }
      `,
    ],
  },
};

interface Fault {
  readonly says: string;
  readonly help: string;
}

function faultOf(
  { topology, certificateOf }: RuleContext,
  { issuedBy }: Certificate,
  own: CertificateFacts,
  others: readonly CertificateFacts[],
): Fault | undefined {
  const issuer = `"${printDistinguishedName(own.issuer)}"`;
  if (issuedBy.kind === 'selfSigned') {
    if (own.isSelfSigned) return undefined;
    return { says: `is not signed by itself, but by ${issuer}`, help: 'Name that authority in issuedBy.' };
  }
  if (issuedBy.kind === 'public') {
    const help = 'Name the authority that signed it in issuedBy, or write selfSigned.';
    if (own.isSelfSigned) return { says: 'is signed by itself, and so not public', help };
    const known = topology.authorities.find((one) =>
      leadsTo(own, others, certificatesIn(certificateOf, one)),
    );
    return known && { says: `rests on the authority "${known.name.value}", and so is not public`, help };
  }
  const { target } = issuedBy.authority;
  const roots = target ? certificatesIn(certificateOf, target) : [];
  if (roots.length === 0 || leadsTo(own, others, roots)) return undefined;
  const name = issuedBy.authority.value;
  if (own.isSelfSigned)
    return { says: `is signed by itself, and not by "${name}"`, help: 'Write issuedBy: selfSigned.' };
  return {
    says: `was signed by ${issuer}, and no chain in its file leads to "${name}"`,
    help: 'Add the intermediate certificates to the file, or name the authority that it really rests on.',
  };
}

/** Follows signatures from a certificate over those beside it; each is used once, so the way ends. */
function leadsTo(
  own: CertificateFacts,
  others: readonly CertificateFacts[],
  roots: readonly CertificateFacts[],
): boolean {
  const left = [...others];
  for (let at: CertificateFacts | undefined = own; at !== undefined;) {
    const current: CertificateFacts = at;
    if (roots.some((root) => root.pem === current.pem || isSignedBy(current, root))) return true;
    const next = left.findIndex((one) => isSignedBy(current, one));
    at = next < 0 ? undefined : left.splice(next, 1)[0];
  }
  return false;
}
