import { factsOf, yaml, type PemFile, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'The private key of a certificate is not its own, or cannot be used.',
  why: `Without its key a certificate proves nothing: Exchange reports NoCredentials, and the transport bundle does not start.
    A key that is not there is no fault, for it rightly stays on the machine that uses it. One under a passphrase is a
    warning: the bundle has nobody to ask for it.`,
  sources: ['EXCH Import-ExchangeCertificate', 'RFC 7468 §10', 'RFC 7468 §11'],

  check({ topology, certificateOf, report }) {
    for (const certificate of topology.certificates) {
      const { name, privateKey, file } = certificate;
      if (!privateKey) continue;
      const own = factsOf(certificateOf, certificate)?.publicKey.fingerprint;
      const fault = faultOf(certificateOf(privateKey.value), own);
      if (fault === undefined) continue;
      report({
        at: privateKey.at,
        ...(fault === 'is under a passphrase' && { severity: 'warning' as const }),
        message: `Private key "${privateKey.value}" of certificate "${name.value}" ${fault}.`,
        related: file && fault === notIts ? [{ at: file.at, note: 'the certificate' }] : [],
        help:
          fault === 'is under a passphrase'
            ? 'Give the bundle the key without a passphrase, readable for its account alone.'
            : 'Put the key there that the certificate was requested with, in PEM.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail:
            { issuedBy: public, domains: [mail.contoso.com], file: certs/contoso-mail.pem, privateKey: keys/elsewhere.key }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail:
            { issuedBy: public, domains: [mail.contoso.com], file: certs/contoso-mail.pem, privateKey: keys/other.key }
            #                                                                                          ^^^^^^^^^^^^^^ does not belong to the certificate
          branch-mail:
            { issuedBy: public, domains: [mail.contoso.com], file: certs/contoso-mail.pem, privateKey: certs/expired.pem }
            #                                                                                          ^^^^^^^^^^^^^^^^^ holds no private key in PEM
      `,
    ],
  },
};

const notIts = 'does not belong to the certificate';

function faultOf(file: PemFile, own: string | undefined): string | undefined {
  if (file.kind === 'missing') return undefined;
  if (file.kind === 'unreadable') return `cannot be read, for ${file.reason}`;
  const [key, ...others] = file.privateKeys;
  if (key === undefined) return 'holds no private key in PEM';
  if (others.length > 0) return 'holds several private keys';
  switch (key.kind) {
    case 'encrypted':
      return 'is under a passphrase';
    case 'malformed':
      return 'cannot be read as a key';
    case 'plain':
      return own === undefined || own === key.fingerprint ? undefined : notIts;
  }
}
