import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import type { Artefact, Emitter } from '../../../src/emit/emitter.ts';
import { emitter as exim } from '../../../src/emit/exim/index.ts';
import { emitter as opensmtpd } from '../../../src/emit/opensmtpd/index.ts';
import { emitter as checklist } from '../../../src/emit/partner/index.ts';
import { emitter as postfix } from '../../../src/emit/postfix/index.ts';
import { emitter as sendmail } from '../../../src/emit/sendmail/index.ts';
import type { Plan, PlannedPartner } from '../../../src/plan/step.ts';
import { readPem } from '../../../src/certificate/read-pem.ts';
import { makeAuthority } from '../../support/certificates.ts';
import { fromFabrikam, sampleLineOf, samplePlan, toFabrikam } from '../../support/sample-plan.ts';

const fabrikam = samplePlan.partners[0] as PlannedPartner;
const certificate = samplePlan.certificates[0] as Plan['certificates'][number];
const emitters = { checklist, postfix, exim, opensmtpd, sendmail };

function runs(mta: NonNullable<PlannedPartner['mta']>, change: Partial<Plan> = {}): Plan {
  return { ...samplePlan, partners: [{ ...fabrikam, mta }], ...change };
}

async function allText(emitter: Emitter, plan: Plan): Promise<string> {
  const artefacts = await emitter.emit(plan, sampleLineOf);
  return artefacts.map((one) => (one.kind === 'text' ? one.text : '')).join('\n');
}

const open: Partial<Plan> = {
  steps: [
    { ...fromFabrikam, requireTLS: false, domainSecureEnabled: false },
    { ...toFabrikam, domainSecureEnabled: false },
  ],
};
const publicly: Partial<Plan> = { certificates: [{ ...certificate, issuedBy: 'public' }] };

const cases: readonly {
  readonly title: string;
  readonly emitter: keyof typeof emitters;
  readonly plan: Plan;
  readonly says?: readonly RegExp[];
  readonly silent?: readonly RegExp[];
}[] = [
  {
    title: 'the checklist names addresses, names, domains and roots',
    emitter: 'checklist',
    plan: samplePlan,
    says: [
      /reaches `192\.0\.2\.25:25`, which calls itself `mail\.contoso\.com`/,
      /connect from `198\.51\.100\.0\/24`, `198\.51\.101\.1-198\.51\.101\.20`/,
      /call themselves `mail\.contoso\.com` and connect from `192\.0\.2\.25`,/,
      /hold `fabrikam\.com`, `fabrikam\.net`, not only the names/,
      /trust our root `contoso-root`: `roots\/contoso-root\.pem`/,
      /\*\*and when they send to us\*\*/,
    ],
    silent: [/10\.0\.9\.25/],
  },
  {
    title: 'the checklist asks for no certificate where nothing is mutual',
    emitter: 'checklist',
    plan: runs('other', open),
    says: [/offer STARTTLS/],
    silent: [/Your certificate/, /Our certificate/, /12 KB/],
  },
  {
    title: 'the letter tells what is shown, asked for and answered, and how it is tested',
    emitter: 'checklist',
    plan: samplePlan,
    says: [
      /^ {2}- 192\.0\.2\.25, port 25, which calls itself mail\.contoso\.com$/m,
      /^ {4}\(MAIL FROM\): fabrikam\.com, fabrikam\.net\. The name of a mail server is$/m,
      /^ {2}- for mail\.contoso\.com, contoso\.com; issued below our root "contoso-root"$/m,
      /^ {4}454 4\.7\.5 Certificate validation failure\n {8}There was no certificate/m,
      /^ {4}openssl s_client -starttls smtp -connect 192\.0\.2\.25:25 .* -CAfile roots\/contoso-root\.pem -cert /m,
      /^The folder postfix holds the settings|The folder postfix$/m,
    ],
    silent: [/SHA-256/],
  },
  {
    title: 'an address space with a wildcard stands for the domain itself, too',
    emitter: 'checklist',
    plan: runs('other', {
      steps: [{ ...toFabrikam, addressSpaces: [{ type: 'SMTP', space: '*.fabrikam.com', cost: 1 }] }],
    }),
    says: [
      /^- \[ \] Mail for `\*\.fabrikam\.com` comes the same way\./m,
      /^Mail for \*\.fabrikam\.com goes the same way\./m,
    ],
  },
  {
    title: 'an address space without a wildcard needs no word',
    emitter: 'checklist',
    plan: runs('other'),
    silent: [/the same way/],
  },
  {
    title: 'the letter asks for no certificate where nothing is mutual',
    emitter: 'checklist',
    plan: runs('other', open),
    says: [/^ {2}- Nothing; STARTTLS is offered\.$/m],
    silent: [/454 4\.7\.5/, /-key/, /The folder/],
  },
  {
    title: 'the letter says where a partner means nothing to our connectors',
    emitter: 'checklist',
    plan: runs('other', { steps: [] }),
    says: [/has made no settings of its own for mail with you/],
    silent: [/How to test/, /openssl/],
  },
  {
    title: 'all addresses of a server stand for 0.0.0.0',
    emitter: 'checklist',
    plan: runs('other', {
      steps: [{ ...fromFabrikam, bindings: [{ address: '0.0.0.0', port: 2525 }] }],
    }),
    says: [/`192\.0\.2\.25:2525`, `10\.0\.9\.25:2525`/],
  },
  {
    title: 'a certificate that signs itself is the root',
    emitter: 'checklist',
    plan: runs('other', { certificates: [{ ...certificate, issuedBy: 'selfSigned' }] }),
    says: [/trust our root `contoso-mail`: `roots\/contoso-mail\.pem`/],
  },
  {
    title: 'a public certificate needs public authorities',
    emitter: 'checklist',
    plan: runs('other', publicly),
    says: [/trust the public authorities/],
    silent: [/trust our root/],
  },
  {
    title: 'Postfix shows a certificate as a client and asks for ours',
    emitter: 'postfix',
    plan: runs('postfix'),
    says: [
      /^smtp_tls_chain_files = /m,
      /^smtpd_tls_ask_ccert = yes$/m,
      /^smtpd_tls_CAfile = \/etc\/postfix\/contoso\/roots\.pem$/m,
      /^contoso\.com secure match=mail\.contoso\.com tafile=\/etc\/postfix\/contoso\/roots\.pem$/m,
      /^smtpd_restriction_classes = contoso_certificate$/m,
      /^contoso_certificate = reject_plaintext_session, permit_tls_all_clientcerts,\n {4}check_sender_access static:\{450 4\.7\.0 /m,
      /^contoso\.com contoso_certificate$/m,
      /^# whose it is: all whom our roots have signed for may say that they are us\.$/m,
    ],
    silent: [/^smtpd_tls_req_ccert/m, /^smtpd_tls_security_level = encrypt/m],
  },
  {
    title: 'Postfix holds nobody to a certificate that we need not show',
    emitter: 'postfix',
    plan: runs('postfix', { steps: [fromFabrikam, { ...toFabrikam, domainSecureEnabled: false }] }),
    says: [/^contoso\.com reject_plaintext_session$/m],
    silent: [/restriction_classes/, /permit_tls_all_clientcerts/],
  },
  {
    title: 'Postfix sends no list of public authorities',
    emitter: 'postfix',
    plan: runs('postfix', publicly),
    says: [/^smtpd_tls_CApath = \/etc\/ssl\/certs$/m, /^contoso\.com secure match=mail\.contoso\.com$/m],
    silent: [/^smtpd_tls_CAfile/m, /permit_tls_all_clientcerts/],
  },
  {
    title: 'Postfix takes subdomains of ours for subdomains alone',
    emitter: 'postfix',
    plan: runs('postfix', { acceptedDomains: [{ domain: '*.contoso.com', type: 'authoritative' }] }),
    says: [/^\.contoso\.com secure /m, /^contoso\.com contoso_certificate$/m],
    silent: [/^contoso\.com secure /m],
  },
  {
    title: 'Postfix needs nothing where TLS is as one likes',
    emitter: 'postfix',
    plan: runs('postfix', open),
    silent: [/^smtp_tls/m, /ask_ccert/],
  },
  {
    title: 'Exim shows a certificate as a client in a transport of its own',
    emitter: 'exim',
    plan: runs('exim'),
    says: [
      /^contoso_smtp:\n {2}driver = smtp\n {2}hosts_require_tls = \*\n/m,
      /^ {2}tls_certificate = \/etc\/exim4\/contoso\/own-chain\.pem$/m,
      /^tls_try_verify_hosts = <; 192\.0\.2\.25$/m,
      /^ {2}defer\n {4}message = 4\.7\.0 .*\n {4}senders = \*@\+contoso_domains\n {4}! verify = certificate$/m,
      /forany\{\$\{certextract\{subj_altname,dns,>:\}\{\$tls_in_peercert\}\}\}\\\n +\{inlisti\{\$item\}\{mail\.contoso\.com : contoso\.com\}\}\}$/m,
    ],
  },
  {
    title: 'Exim sends no list of public authorities: a folder is not sent',
    emitter: 'exim',
    plan: runs('exim', publicly),
    says: [/^tls_verify_certificates = \/etc\/ssl\/certs$/m],
    silent: [/roots\.pem/],
  },
  {
    title: 'OpenSMTPD relays over TLS and keeps other senders out of the verifying listener',
    emitter: 'opensmtpd',
    plan: runs('opensmtpd'),
    says: [
      /^action "to_contoso" relay tls pki contoso_own$/m,
      /not whose it is, and compares it with no sender/,
      /"from src" or "from auth"/,
      /^# listen on 192\.0\.2\.1 tls-require verify pki contoso_own ca contoso_roots$/m,
    ],
  },
  {
    title: 'Sendmail shows a certificate both ways and holds both ways to ours',
    emitter: 'sendmail',
    plan: runs('sendmail'),
    says: [
      /^define\(`confCLIENT_CERT', `\/etc\/mail\/contoso\/own\.pem'\)dnl$/m,
      /^define\(`confSERVER_KEY', `\/etc\/mail\/contoso\/own\.key'\)dnl$/m,
      /^FEATURE\(`check_cert_altnames'\)dnl$/m,
      // Without a folder Sendmail does not offer STARTTLS at all.
      /^define\(`confCACERT_PATH', `\/etc\/mail\/contoso'\)dnl$/m,
      /^C\{contoso_domains\}`contoso\.com'$/m,
      /^R<OK> <\$\*> \$\*\t\$: <OK> <\$1> `mail\.contoso\.com'$/m,
      /^TLS_Clt:192\.0\.2\.25\tTEMP\+VERIFY:112$/m,
    ],
    silent: [/^CERT(Issuer|Subject):/im, /^TLS_Rcpt:/m, /etc\/ssl/, /_below/],
  },
  {
    title: 'Sendmail takes public authorities out of a folder, which is not sent',
    emitter: 'sendmail',
    plan: runs('sendmail', publicly),
    says: [/^define\(`confCACERT_PATH', `\/etc\/ssl\/certs'\)dnl$/m],
    silent: [/files of \.\.\/roots/],
  },
  {
    title: 'Sendmail takes subdomains of ours for subdomains alone',
    emitter: 'sendmail',
    plan: runs('sendmail', { acceptedDomains: [{ domain: '*.contoso.com', type: 'authoritative' }] }),
    says: [/^C\{contoso_below\}`contoso\.com'$/m, /^R<\?> \$\+ < @ \$\+ \. \$=\{contoso_below\} >/m],
    silent: [/^C\{contoso_domains\}/m],
  },
  {
    title: 'Sendmail holds nobody to a certificate that we need not show',
    emitter: 'sendmail',
    plan: runs('sendmail', { steps: [fromFabrikam, { ...toFabrikam, domainSecureEnabled: false }] }),
    says: [/^LOCAL_TLS_RCPT$/m],
    silent: [/^SLocal_check_mail$/m, /TLS_Clt/],
  },
  {
    title: 'Sendmail needs nothing but a certificate where TLS is as one likes',
    emitter: 'sendmail',
    plan: runs('sendmail', open),
    says: [/confSERVER_CERT/],
    silent: [/confCLIENT_CERT/, /LOCAL_/, /FEATURE/],
  },
  {
    title: 'Sendmail finds an IPv6 address in eight groups',
    emitter: 'sendmail',
    plan: runs('sendmail', {
      servers: samplePlan.servers.map((server) => ({ ...server, addresses: ['2001:db8::25'] })),
    }),
    says: [/^TLS_Clt:IPv6:2001:db8:0:0:0:0:0:25\t/m],
  },
  {
    title: 'a domain that is a word of m4 stays a domain',
    emitter: 'sendmail',
    plan: runs('sendmail', { acceptedDomains: [{ domain: 'divert.example', type: 'authoritative' }] }),
    says: [/^C\{contoso_domains\}`divert\.example'$/m],
    silent: [/^C\{\w+\}divert/m],
  },
];

for (const { title, emitter, plan, says = [], silent = [] } of cases) {
  test(`partner: ${title}`, async () => {
    const text = await allText(emitters[emitter], plan);
    for (const one of says) assert.match(text, one);
    for (const one of silent) assert.doesNotMatch(text, one);
  });
}

test('partner: a mail system has fragments for its own partners alone', async () => {
  const paths = async (emitter: Emitter, plan: Plan): Promise<readonly string[]> =>
    (await emitter.emit(plan, sampleLineOf)).map(({ path }: Artefact) => path);
  assert.deepEqual(await paths(exim, runs('postfix')), []);
  assert.deepEqual(await paths(postfix, runs('sendmail')), []);
  assert.deepEqual(await paths(checklist, runs('sendmail')), [
    'partners/fabrikam/README.md',
    'partners/fabrikam/letter.txt',
    'partners/fabrikam/roots/contoso-root.pem',
  ]);
  assert.deepEqual(await paths(postfix, runs('postfix')), [
    'partners/fabrikam/postfix/main.cf.part',
    'partners/fabrikam/postfix/tls_policy',
    'partners/fabrikam/postfix/sender_access',
  ]);
});

const evil = 'x"; }\nsmtpd_relay_restrictions = permit\n<script>alert(1)</script>`$(reboot)`';
const hostile: Partial<Plan> = {
  file: evil,
  organization: evil,
  acceptedDomains: [
    { domain: evil, type: 'authoritative' },
    { domain: 'contoso.com', type: 'authoritative' },
  ],
  servers: samplePlan.servers.map((server) => ({ ...server, fqdn: evil, addresses: [evil, '192.0.2.25'] })),
  certificates: [{ ...certificate, name: evil, issuedBy: 'selfSigned' }],
  steps: [
    { ...fromFabrikam, partner: evil, fqdn: evil },
    { ...toFabrikam, partner: evil, fqdn: evil },
  ],
};
const ownExpansions =
  /! condition = \$\{if forany\{\$\{certextract\{subj_altname,dns,>:\}\{\$tls_in_peercert\}\}\}|\{inlisti\{\$item\}/;
for (const mta of ['postfix', 'exim', 'opensmtpd'] as const) {
  test(`partner: hostile names do not reach the configuration of ${mta}`, async () => {
    const plan = runs(mta, {
      ...hostile,
      partners: [{ ...fabrikam, mta, name: evil, domains: [evil, 'fabrikam.com'] }],
    });
    const artefacts = [...(await emitters[mta].emit(plan, sampleLineOf))];
    assert.ok(artefacts.length > 0);
    for (const artefact of artefacts) {
      assert.match(artefact.path, /^partners\/[A-Za-z0-9_.-]+\/\w+\/[\w.]+$/);
      const lines = artefact.kind === 'text' ? artefact.text.split('\n') : [];
      const live = lines.filter((line) => !/^\s*(#|$)/.test(line));
      for (const line of live)
        assert.doesNotMatch(line.replace(ownExpansions, ''), /[$`()]|<script|restrictions = permit/);
    }
  });
}

test('partner: hostile names do not reach the configuration of sendmail', async () => {
  const plan = runs('sendmail', {
    ...hostile,
    partners: [{ ...fabrikam, mta: 'sendmail', name: evil, domains: [evil, 'fabrikam.com'] }],
  });
  const text = await allText(sendmail, plan);
  const live = text.split('\n').filter((line) => !/^(dnl|#)/.test(line));
  assert.ok(live.includes("C{x_smtpd_relay_re_domains}`contoso.com'"), live.join('\n'));
  for (const line of live) assert.doesNotMatch(line, /reboot|<script|restrictions = permit|"; }/);
});

test('partner: the letter tells dates and fingerprint of a file that is there', async () => {
  const { certificate: pem } = await makeAuthority('contoso root');
  const read = readPem(pem);
  const artefacts = await checklist.emit(
    { ...samplePlan, authorities: samplePlan.authorities.map((one) => ({ ...one, file: 'root.pem' })) },
    sampleLineOf,
    (path) => (path === 'root.pem' ? read : { kind: 'missing' }),
  );
  const letter = artefacts.find(({ path }) => path.endsWith('letter.txt'));
  assert.ok(letter?.kind === 'text');
  assert.ok(letter.text.includes(new X509Certificate(pem).fingerprint256));
  assert.match(letter.text, /the file roots\/contoso-root\.pem;\s+valid\s+from\s+\d{4}-\d\d-\d\d/);
});

test('partner: hostile names stay text in the checklist', async () => {
  const plan = runs('other', { ...hostile, partners: [{ ...fabrikam, name: evil }] });
  const text = await allText(checklist, plan);
  const letter = text.slice(text.indexOf('\nMail between '));
  assert.doesNotMatch(letter, /openssl/, 'a name that is none goes into no command');
  const outsideCode = text.slice(0, -letter.length).replaceAll(/(`+)[^\n]*?\1/g, '');
  assert.doesNotMatch(outsideCode, /<script>/);
  assert.doesNotMatch(text, /^smtpd_relay/m);
});
