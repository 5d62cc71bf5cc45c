import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emitter } from '../../../src/emit/exchange-shell/index.ts';
import { exchangeVersions } from '../../../src/exchange/version.ts';
import { emitScripts, everything, planOf, scriptTexts } from '../../support/exchange-scripts.ts';

const text = everything('2010', 'hub');
const files = await scriptTexts(text);

function script(path: string): string {
  const file = files.get(`exchange/${path}`);
  assert.ok(file, `${path} is not there: ${[...files.keys()].join(' ')}`);
  return file.text;
}

test('there is a folder for each place, in the order of execution, and a runbook', () => {
  const folders = [...new Set([...files.keys()].map((path) => path.split('/').slice(0, -1).join('/')))];
  assert.deepEqual(folders, [
    'exchange',
    'exchange/1-HUB01',
    'exchange/2-EDGE01',
    'exchange/3-EDGE02',
    'exchange/4-organization',
  ]);
});

test('one place needs no folder', async () => {
  const alone = await scriptTexts(`
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016" }
servers:
  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] }
sendConnectors:
  All: { addressSpaces: ["*"] }
`);
  assert.deepEqual(
    [...alone.keys()],
    [
      'README.md',
      '00-preflight.ps1',
      '05-backup.ps1',
      '10-apply.ps1',
      '40-verify.ps1',
      '90-rollback.ps1',
    ].map((name) => `exchange/${name}`),
  );
});

test('an accepted domain that a Receive connector names is made before it, and goes after it', async () => {
  const named = await scriptTexts(`
mailtopo: 1
organization:
  name: Contoso
  exchangeVersion: "2010"
  acceptedDomains: { contoso.com: authoritative, other.example: internalRelay }
servers:
  HUB01: { role: hub, fqdn: hub01.contoso.com, addresses: [10.0.0.11], site: Munich }
  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
receiveConnectors:
  Named: { server: EDGE01, bindings: ["192.0.2.25:2525"], remoteIPRanges: [198.51.100.7], defaultDomain: contoso.com }
`);
  const lines = named.get('exchange/README.md')?.text.split('\n') ?? [];
  const order = lines.flatMap((line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? []);
  const at = (script: string): number => order.indexOf(script);
  assert.ok(at('2-organization/08-domains.ps1') > at('2-organization/05-backup.ps1'), order.join(' '));
  assert.ok(at('1-EDGE01/10-apply.ps1') > at('2-organization/08-domains.ps1'), order.join(' '));
  assert.ok(at('2-organization/95-rollback-domains.ps1') > at('1-EDGE01/90-rollback.ps1'), order.join(' '));
  const early = named.get('exchange/2-organization/08-domains.ps1')?.text ?? '';
  assert.match(early, /New-AcceptedDomain -Name 'contoso\.com'/);
  assert.doesNotMatch(early, /other\.example/);
  assert.match(early, /Start-EdgeSynchronization -Server 'HUB01' -TargetServer 'EDGE01'/);
  assert.doesNotMatch(
    named.get('exchange/2-organization/90-rollback.ps1')?.text ?? '',
    /Accepted domain contoso\.com/i,
  );
  assert.match(
    named.get('exchange/1-EDGE01/10-apply.ps1')?.text ?? '',
    /'DefaultDomain' = \(Get-AcceptedDomainName -Domain 'contoso\.com'\)/,
  );
});

const holds: readonly { readonly title: string; readonly path: string; readonly line: string }[] = [
  {
    title: 'a connector inside names its server',
    path: '1-HUB01/10-apply.ps1',
    line: "$null = New-ReceiveConnector -Name 'It‘‘s $x' -Server 'HUB01' -Usage 'Custom' @wanted -Confirm:$false -ErrorAction Stop",
  },
  {
    title: 'an Edge server has its connectors to itself',
    path: '2-EDGE01/10-apply.ps1',
    line: "$null = New-ReceiveConnector -Name 'From Fabrikam' -Usage 'Custom' @wanted -Confirm:$false -ErrorAction Stop",
  },
  {
    title: 'R19 with the parameter that exists',
    path: '2-EDGE01/10-apply.ps1',
    line: "'AuthMechanism' = @('Tls')",
  },
  {
    title: 'New-ReceiveConnector does not take bare line feeds, so they come afterwards',
    path: '1-HUB01/10-apply.ps1',
    line: "$wanted['BareLinefeedRejectionEnabled'] = $true",
  },
  {
    title: 'R20 as a merge',
    path: '4-organization/10-apply.ps1',
    line: 'Set-TransportConfig -TLSReceiveDomainSecureList @($listed + $missing) -Confirm:$false -ErrorAction Stop',
  },
  {
    title: 'a size with its unit',
    path: '4-organization/10-apply.ps1',
    line: "'MaxSendSize' = '30MB'",
  },
  {
    title: 'the look ahead says that it is for the server itself, as it looks at its name and adapters',
    path: '1-HUB01/00-preflight.ps1',
    line: '# Run it in the Exchange Management Shell (Exchange 2010) on HUB01.',
  },
  {
    title: 'the look ahead misses a certificate that apply would stop at',
    path: '2-EDGE01/00-preflight.ps1',
    line: "Test-CertificateFile -Name 'root-contoso-root.pem'",
  },
  {
    title: 'the look ahead misses the command that it asks for Edge subscriptions',
    path: '4-organization/00-preflight.ps1',
    line: "Test-ShellCommand -Name 'Get-EdgeSubscription' -Parameters @()",
  },
  {
    title: 'the look ahead misses a parameter that the role of the caller lacks',
    path: '4-organization/00-preflight.ps1',
    line: "Test-ShellCommand -Name 'Set-TransportConfig' -Parameters @('MaxSendSize', 'TLSReceiveDomainSecureList', 'TLSSendDomainSecureList')",
  },
  {
    title: 'the look ahead resolves smart hosts',
    path: '4-organization/00-preflight.ps1',
    line: "Test-SmartHost -Of 'O’’Brien''s $(exit) `n ‘‘relay’’ 📧' -Name 'in.scans.example'",
  },
  {
    title: 'a credential comes in by a parameter',
    path: '4-organization/10-apply.ps1',
    line: '[System.Management.Automation.PSCredential]$ScannerCloudCredential,',
  },
  {
    title: 'a default certificate is replaced only when asked',
    path: '2-EDGE01/10-apply.ps1',
    line: 'Enable-ExchangeCertificate -Thumbprint ([string]$certificate.Thumbprint) -Services $missing -Force:$ReplaceDefaultSmtpCertificate -Confirm:$false -ErrorAction Stop',
  },
  {
    title: 'synchronization starts inside the site',
    path: '4-organization/20-synchronize.ps1',
    line: "Start-EdgeSynchronization -Server 'HUB01' -TargetServer 'EDGE01' -Confirm:$false -ErrorAction Stop",
  },
  {
    title: 'a restart names its service',
    path: '2-EDGE01/30-restart.ps1',
    line: "Restart-Service -Name 'MSExchangeTransport' -ErrorAction Stop",
  },
];

for (const { title, path, line } of holds) {
  test(`${path}: ${title}`, () => {
    assert.ok(
      script(path)
        .split('\n')
        .some((one) => one.trim() === line),
      `no line is ${line}`,
    );
  });
}

test('the script of a subscribed Edge server has none of the commands that a subscription disables', () => {
  for (const [path, file] of files) {
    if (!path.startsWith('exchange/2-EDGE01/')) continue;
    assert.doesNotMatch(
      file.text,
      /(New|Set|Remove)-(SendConnector|AcceptedDomain|RemoteDomain)|Set-TransportConfig/,
    );
  }
});

const paths = [...files.keys()].filter((path) => path.endsWith('.ps1'));

for (const path of paths) {
  test(`${path} keeps the rules for scripts`, () => {
    const file = files.get(path);
    assert.ok(file);
    assert.equal(file.encoding, 'utf-8-bom-crlf');
    assert.ok(file.text.startsWith('#requires -Version 2.0\n'));
    assert.doesNotMatch(file.text, /`$/m, 'no line is continued by a grave accent');
    assert.doesNotMatch(file.text, /\r|\ufeff/);
    assert.doesNotMatch(file.text, /AuthenticationMechanism/);
    for (const line of file.text.split('\n')) {
      const changing =
        /(?<![\w'-])(New|Set|Add|Remove|Enable|Import|Start)-(?:\w*Connector|Transport\w+|Accepted\w+|AD\w+|Exchange\w+|Edge\w+) /.test(
          line,
        );
      if (!changing || line.trimStart().startsWith('#')) continue;
      assert.match(line, /-Confirm:\$false -ErrorAction Stop$/, line);
    }
  });

  test(`${path}: every line of the source map is of a line that is there`, () => {
    const file = files.get(path);
    assert.ok(file?.lines);
    const lines = file.text.split('\n');
    for (const { line, what } of file.lines) {
      const there = lines[line - 1];
      assert.ok(there !== undefined && there !== '', `${path}:${line} ${what}`);
      if (/^(New|Set|Add|Enable|Import|Start|Restart)-/.test(what)) assert.ok(there.includes(what), there);
    }
  });
}

test('a script cites the line of the topology and the steps of the document', () => {
  const line = text.split('\n').findIndex((one) => one.startsWith('  From Fabrikam:')) + 1;
  assert.ok(
    script('2-EDGE01/10-apply.ps1').includes(`# topology.yaml:${line}; DOC R3-R10, R14-R15, R16, R19\n`),
  );
});

test('certificates are copied beside the scripts, private keys never', async () => {
  const copied = (await emitScripts(text)).filter((one) => one.kind === 'source-file');
  assert.deepEqual(
    copied.map(({ path, sourceFile, secret }) => [path, sourceFile, secret]),
    [
      ['exchange/1-HUB01/certificates/contoso-mail.pem', 'contoso-mail.pem', false],
      ['exchange/2-EDGE01/certificates/root-contoso-root.pem', 'contoso-root.pem', false],
      ['exchange/2-EDGE01/certificates/contoso-mail.pem', 'contoso-mail.pem', false],
    ],
  );
});

const requests: readonly (readonly [string, string])[] = [
  ['2007', '-KeySize 2048 -PrivateKeyExportable $true -Path $path -Confirm'],
  ['2010', '-KeySize 2048 -PrivateKeyExportable $true -Confirm'],
  ['2013', '-KeySize 2048 -PrivateKeyExportable $true @file -Confirm'],
  ['2019', '-KeySize 2048 -PrivateKeyExportable $true @file -Confirm'],
  ['SE', '-KeySize 2048 -PrivateKeyExportable $true -Confirm'],
];

for (const [version, ending] of requests) {
  test(`certificates are requested as ${version} does it, on the first server that has them`, async () => {
    const scripts = await scriptTexts(everything(version, version < '2013' ? 'hub' : 'mailbox'));
    const request = scripts.get('exchange/2-EDGE01/02-request.ps1')?.text ?? '';
    assert.ok(
      request.includes(
        `-GenerateRequest -SubjectName 'CN=mail.contoso.com' -DomainName @('mail.contoso.com', 'contoso.com') -FriendlyName 'contoso-mail' ${ending}`,
      ),
    );
    assert.equal(scripts.get('exchange/1-HUB01/02-request.ps1'), undefined);
  });
}

for (const version of exchangeVersions) {
  test(`certificates are imported as ${version} does it`, async () => {
    const scripts = await scriptTexts(everything(version, version < '2013' ? 'hub' : 'mailbox'));
    const apply = scripts.get('exchange/1-HUB01/10-apply.ps1')?.text ?? '';
    const expected =
      version === '2007'
        ? '$null = Import-ExchangeCertificate -Path ($PSCmdlet.GetUnresolvedProviderPathFromPSPath($ContosoMailFile)) '
        : "$null = Import-ExchangeCertificate -Server 'HUB01' -FileData ([System.IO.File]::ReadAllBytes($PSCmdlet.GetUnresolvedProviderPathFromPSPath($ContosoMailFile))) ";
    assert.ok(apply.includes(expected));
  });
}

const notExpressible: readonly (readonly [string, string, string])[] = [
  [
    'a parameter that Microsoft reserves',
    'sendConnectors:\n  A: { addressSpaces: ["*"], requireOorg: true }',
    'The scripts leave "requireOorg" alone, for Microsoft reserves it.',
  ],
  [
    'the usage client on an Edge server',
    'receiveConnectors:\n  A: { server: EDGE01, usage: client, remoteIPRanges: [10.0.0.0/8] }',
    '"A" has the usage client, which an Edge server does not have.',
  ],
  [
    'a file elsewhere',
    'authorities:\n  A: { file: ../../a.pem, trustedOn: [EDGE01] }',
    '"../../a.pem" lies outside the folder of the topology.',
  ],
];

for (const [title, part, message] of notExpressible) {
  test(`scripts cannot express ${title}`, () => {
    const plan = planOf(`
mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016" }
servers:
  EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] }
${part}
`);
    assert.deepEqual(
      emitter.unsupported(plan).map((one) => one.message),
      [message],
    );
  });
}

test('scripts cannot express a control character, nor half a surrogate pair', () => {
  const plan = planOf(text);
  for (const name of ['a\u0007b', 'a\ud83d']) {
    const steps = plan.steps.map((step) => (step.kind === 'send-connector' ? { ...step, name } : step));
    const messages = new Set(emitter.unsupported({ ...plan, steps }).map((one) => one.message));
    assert.deepEqual(
      [...messages],
      [`The text ${JSON.stringify(name)} has a character that a script cannot carry.`],
    );
  }
});

test('everything can be expressed in every version', () => {
  for (const version of exchangeVersions) {
    assert.deepEqual(
      emitter.unsupported(planOf(everything(version, version < '2013' ? 'hub' : 'mailbox'))),
      [],
    );
  }
});

test('the same plan gives the same bytes', async () => {
  assert.deepEqual(await emitScripts(text), await emitScripts(text));
});

test('the runbook speaks of a parameter only where a script has it', async () => {
  const of2007 = (await scriptTexts(everything('2007', 'hub'))).get('exchange/README.md')?.text ?? '';
  assert.match(of2007, /Answer No on a server that takes part in EdgeSync/);
  assert.doesNotMatch(of2007, /ReplaceDefaultSmtpCertificate/);
  assert.match(files.get('exchange/README.md')?.text ?? '', /`-ReplaceDefaultSmtpCertificate` says Yes/);
});

test('names in the runbook stay text', () => {
  const runbook = files.get('exchange/README.md')?.text ?? '';
  assert.ok(runbook.includes("O’Brien's $\\(exit\\) \\`n ‘relay’ 📧"));
});

test('each place says in one line what is brought about there', () => {
  assert.deepEqual(
    [...files.values()].flatMap(({ summary }) => summary ?? []),
    [
      'HUB01: 1 certificate, 1 Receive connector, 2 extended rights, 1 restart',
      'EDGE01: 2 roots, 1 certificate, 1 Receive connector, 1 restart',
      'EDGE02: 1 certificate, 2 accepted domains, 1 Send connector',
      'organization: 4 list entries, 1 transport setting, 2 accepted domains, 2 Send connectors, 1 Edge synchronization',
    ],
  );
});
