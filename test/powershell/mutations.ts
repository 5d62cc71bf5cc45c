/** A check that cannot fail is none: each kind of fault that this lane is for is put into scripts, and has to be found. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything, planOf } from '../support/exchange-scripts.ts';
import { checkBackToDrift, checkDrifts, driftsOf } from './drift.ts';
import type { Host } from './engine.ts';
import { checkApplyFaults, checkReadFaults, checkRollbackFaults } from './faults.ts';
import { inFolder, tally, type Check } from './lane.ts';
import { checkScripts } from './parsed.ts';
import { placesIn, type Place } from './place.ts';
import { checkOrder } from './runs.ts';

interface Mutation {
  readonly what: string;
  readonly script: string;
  /** The folder that the place's ends with. */
  readonly at: 'HUB01' | 'organization';
  readonly from: RegExp;
  readonly to: string;
  /** What a title of the check that finds it says. */
  readonly found: RegExp;
  /** The check that finds it; the order of all scripts where it is left out. */
  readonly by?: 'drift' | 'back' | 'fault' | 'read fault' | 'rollback fault';
  /** Whether the fault shows in a remote shell alone. */
  readonly isRemoteOnly?: true;
}

const apply = '10-apply.ps1';
const verify = '40-verify.ps1';
const rollback = '90-rollback.ps1';
const compare = /if \(\$is -cne \$shall\) \{\r\n {12}Write-Host/;

const mutations: readonly Mutation[] = [
  {
    what: 'a value is left out',
    script: apply,
    at: 'HUB01',
    from: /^ *'TarpitInterval' = .*\r\n/m,
    to: '',
    found: /reaches the state/,
  },
  {
    what: 'a value is another one',
    script: apply,
    at: 'HUB01',
    from: /'36MB'/,
    to: "'35MB'",
    found: /reaches the state/,
  },
  {
    what: 'everything is set again',
    script: apply,
    at: 'HUB01',
    from: compare,
    to: 'if ($true) {\r\n            Write-Host',
    found: /10-apply\.ps1 BackupFolder/,
  },
  {
    what: 'entries of others are dropped',
    script: apply,
    at: 'organization',
    from: /@\(\$listed \+ \$missing\)/g,
    to: '$missing',
    found: /reaches the state/,
  },
  {
    what: '-WhatIf does it',
    script: apply,
    at: 'organization',
    from: /\$PSCmdlet\.ShouldProcess\([^\r\n]*?'New-SendConnector'\)/g,
    to: '$true',
    found: /WhatIf/,
    isRemoteOnly: true,
  },
  {
    what: 'another connector is touched',
    script: apply,
    at: 'HUB01',
    from: /Set-StrictMode -Version 2\.0\r\n/,
    to: "Set-StrictMode -Version 2.0\r\nif (-not $WhatIfPreference) { Set-ReceiveConnector -Identity 'HUB01\\Stranger' -Comment 'x' -ErrorAction Stop }\r\n",
    found: /touches nothing else/,
  },
  {
    what: 'the preflight changes something',
    script: '00-preflight.ps1',
    at: 'HUB01',
    from: /Set-StrictMode -Version 2\.0\r\n/,
    to: "Set-StrictMode -Version 2.0\r\nSet-TransportConfig -MaxSendSize '1MB' -ErrorAction Stop\r\n",
    found: /00-preflight/,
  },
  {
    what: 'verify is always content',
    script: verify,
    at: 'HUB01',
    from: /if \(\$findings -gt 0\) \{ exit 1 \}/,
    to: '',
    found: /verify finds it/,
    by: 'drift',
  },
  {
    what: 'verify does not look at a value',
    script: verify,
    at: 'HUB01',
    from: /^ *'Banner' = .*\r\n/m,
    to: '',
    found: /Banner: verify finds it/,
    by: 'drift',
  },
  {
    what: 'a value is not compared',
    script: apply,
    at: 'HUB01',
    from: /if \(\$is -cne \$shall\) \{/,
    to: "if ($property -ne 'RemoteIPRanges' -and $is -cne $shall) {",
    found: /RemoteIPRanges: apply takes it back/,
    by: 'drift',
  },
  {
    what: 'rollback does not remove',
    script: rollback,
    at: 'HUB01',
    from: /Remove-ReceiveConnector -Identity[^\r\n]*/,
    to: '$null = $null',
    found: /restores the former state/,
  },
  {
    what: 'rollback forgets a value',
    script: rollback,
    at: 'HUB01',
    from: /Where-Object \{ \$Values\.ContainsKey\(\$_\) \}/,
    to: "Where-Object { $Values.ContainsKey($_) -and $_ -ne 'Banner' }",
    found: /Banner: rollback restores it/,
    by: 'back',
  },
  {
    what: 'backup notes nothing',
    script: '05-backup.ps1',
    at: 'HUB01',
    from: /\$values\[\$property\] = ConvertTo-Saved[^\r\n]*\}/,
    to: '}',
    found: /rollback restores it/,
    by: 'back',
  },
  {
    what: 'a failed write goes on',
    script: apply,
    at: 'HUB01',
    from: /(Set-ReceiveConnector[^\r\n]*) -ErrorAction Stop/g,
    to: '$1',
    found: /stops there/,
    by: 'fault',
    isRemoteOnly: true,
  },
  {
    what: 'a failed read is absence',
    script: apply,
    at: 'HUB01',
    from: /(Get-ReceiveConnector -Server 'HUB01') -ErrorAction Stop/g,
    to: '$1 -ErrorAction SilentlyContinue',
    found: /nothing is made/,
    by: 'read fault',
  },
  {
    what: 'verify takes a failed read for nothing',
    script: verify,
    at: 'organization',
    from: /-ErrorAction Stop/g,
    to: '-ErrorAction SilentlyContinue',
    found: /verify is not content/,
    by: 'read fault',
  },
  {
    what: 'a failed removal goes on',
    script: rollback,
    at: 'HUB01',
    from: /-ErrorAction Stop/g,
    to: '-ErrorAction SilentlyContinue',
    found: /it stops there/,
    by: 'rollback fault',
  },
  {
    what: 'a pipeline inside another one',
    script: apply,
    at: 'organization',
    from: /\$connector = Get-TheOne[^\r\n]*/,
    to: 'Get-SendConnector -ErrorAction Stop | ForEach-Object { $null = Get-TransportConfig -ErrorAction Stop }\r\n$&',
    found: /apply does all/,
    isRemoteOnly: true,
  },
  {
    what: 'a member that does not survive the way',
    script: apply,
    at: 'HUB01',
    from: /\$differing = Get-Difference[^\r\n]*/,
    to: '$null = $connector.TarpitInterval.TotalSeconds\r\n    $&',
    found: /apply does all/,
    isRemoteOnly: true,
  },
];

/** Checks that each fault is found, and that the scripts without it are clean; gives how many. */
export async function checkMutations(host: Host, check: Check): Promise<number> {
  const text = everything('2016', 'mailbox');
  await inFolder(async (folder) => {
    const places = await placesIn(planOf(text), text, folder, 'mutation');
    for (const mutation of mutations) {
      const place = places.find(({ at }) => at.title === mutation.at);
      assert.ok(place);
      const failures = await found(host, place, text, mutation);
      check(`mutation: ${mutation.what}`, () =>
        assert.ok(
          failures.some((title) => mutation.found.test(title)),
          `found: ${failures.join('; ')}`,
        ),
      );
      if (mutation.isRemoteOnly !== true) continue;
      const local = await found(host, { ...place, isRemote: false }, text, mutation);
      check(`mutation: ${mutation.what}: it takes the proxy to see it`, () =>
        assert.deepEqual(
          local.filter((title) => mutation.found.test(title)),
          [],
        ),
      );
    }
  });
  return mutations.length + (await checkTextMutations(host, check));
}

let round = 0;

async function found(
  host: Host,
  place: Place,
  text: string,
  { script, from, to, by }: Mutation,
): Promise<readonly string[]> {
  const path = join(place.folder, script);
  const whole = readFileSync(path, 'utf8');
  const changed = whole.replace(from, to);
  assert.notEqual(changed, whole, `${script} has nothing to change`);
  const quiet = tally(() => {});
  round += 1;
  try {
    if (by === undefined) writeFileSync(path, changed);
    // A folder of its own for each: a backup belongs to one run.
    const applied = await checkOrder(host, { ...place, backups: `round-${round}` }, text, quiet.check);
    if (applied === undefined || by === undefined) return quiet.failures;
    writeFileSync(path, changed);
    const drifts = (await driftsOf(applied)).filter(({ title }) => /Banner|RemoteIPRanges/.test(title));
    if (by === 'drift') await checkDrifts(applied, drifts, quiet.check);
    if (by === 'back') await checkBackToDrift(applied, drifts, quiet.check);
    if (by === 'fault') await checkApplyFaults(applied, 'all kinds', quiet.check);
    if (by === 'read fault') await checkReadFaults(applied, 'all kinds', quiet.check);
    if (by === 'rollback fault') await checkRollbackFaults(applied, 'all kinds', quiet.check);
    await applied.forget();
    return quiet.failures;
  } finally {
    writeFileSync(path, whole);
  }
}

const textMutations: readonly (readonly [what: string, from: RegExp, to: string, found: RegExp])[] = [
  ['curly quotes are not doubled', /\u2019\u2019/g, '\u2019', /parses|shape|every text/],
  ['a parameter that does not exist', /'AuthMechanism' =/g, "'AuthenticationMechanism' =", /that exist/],
  ['a command that does not exist', /Get-TransportConfig/g, 'Get-TransportSettings', /that exist/],
  ['an argument by position', /Write-Host -Object/g, 'Write-Host', /that exist/],
  ['an error that does not stop', /(Get-SendConnector) -ErrorAction Stop/g, '$1', /that exist/],
  ['a method of a later .NET', /\[string\]::IsNullOrEmpty/g, '[string]::IsNullOrWhiteSpace', /that exist/],
  [
    'an operator of 3.0',
    /\$exactProperties -contains \$Property/g,
    '$Property -in $exactProperties',
    /no more than PowerShell 2/,
  ],
  ['another value', /'20MB'/g, "'21MB'", /MaxMessageSize/],
  [
    'a list that is one text',
    /@\('SMTP:\*\.scans\.example;10', 'scans\.example'\)|@\('SMTP:\*\.scans\.example;10', 'SMTP:scans\.example;1'\)/g,
    "'SMTP:scans.example;1'",
    /AddressSpaces/,
  ],
  ['line feeds alone', /\r\n/g, '\n', /CR LF/],
];

async function checkTextMutations(host: Host, check: Check): Promise<number> {
  const text = everything('2016', 'mailbox');
  const plan = planOf(text);
  const clean = tally((words) => console.log(words));
  await checkScripts(host, plan, text, 'without mutation', clean.check);
  check('scripts without mutation are clean', () => assert.deepEqual(clean.failures, []));
  for (const [what, from, to, title] of textMutations) {
    const quiet = tally(() => {});
    await checkScripts(host, plan, text, 'mutation', quiet.check, (script) => script.replaceAll(from, to));
    check(`mutation: ${what}`, () =>
      assert.ok(
        quiet.failures.some((one) => title.test(one)),
        `found: ${quiet.failures.slice(0, 5).join('; ')}`,
      ),
    );
  }
  return textMutations.length;
}
