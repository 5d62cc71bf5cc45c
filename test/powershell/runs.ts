import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { exchangeVersions } from '../../src/exchange/version.ts';
import type { Host } from './engine.ts';
import { fakeModule } from './fake-module.ts';
import type { Check } from './main.ts';
import { withScripts, type Written } from './scripts.ts';

interface Run {
  readonly failure: string | null;
  readonly exit: number;
  readonly calls: readonly string[];
  /** What verify and the look ahead tell. */
  readonly findings?: readonly string[];
}

interface Named {
  readonly Name: string;
  readonly [property: string]: unknown;
}

interface Outcome {
  readonly runs: { readonly [name: string]: Run };
  readonly states: { readonly [name: string]: unknown };
  readonly state: {
    readonly send: readonly Named[];
    readonly receive: readonly Named[];
    readonly config: { readonly [property: string]: unknown };
    readonly permissions: readonly { readonly User: string; readonly ExtendedRights: readonly string[] }[];
  };
}

/** Runs the scripts of each place of each version against a fake Exchange: nothing, all of it, and nothing again. */
export async function checkRuns(host: Host, check: Check): Promise<void> {
  for (const version of exchangeVersions) {
    await withScripts(version, (written) => {
      const folders = written.scripts
        .filter((path) => path.endsWith('10-apply.ps1'))
        .map((path) => dirname(path));
      for (const folder of folders) {
        const title = `${version} ${relative(join(written.folder, 'exchange'), folder)}`;
        const outcome = run(host, written, folder);
        checkOrder(outcome, title, check);
        if (folder.endsWith('organization')) checkOrganization(outcome, title, check);
        if (folder.endsWith('HUB01')) checkInside(outcome, title, check);
      }
    });
  }
}

function run(host: Host, { version, plan, folder: root, key }: Written, folder: string): Outcome {
  const server = /\d-(.*)$/.exec(folder)?.[1] ?? '';
  const module = join(root, 'FakeExchange.psm1');
  writeFileSync(module, `\ufeff${fakeModule(version, server, plan)}`);
  const seed = server === 'EDGE02' ? ['-Seed', key] : [];
  const result = host([
    ...['run', module, join('test', 'powershell', 'driver.ps1')],
    ...['-Folder', folder, '-Key', key, ...seed],
  ]) as { readonly terminating: unknown; readonly streams: { readonly output: readonly Outcome[] } };
  const [outcome] = result.streams.output;
  assert.ok(outcome, `the driver ended with ${JSON.stringify(result.terminating)}`);
  return outcome;
}

function checkOrder({ runs, states, state }: Outcome, title: string, check: Check): void {
  const expect = (name: string, holds: (run: Run) => void): void => {
    check(`${title}: ${name}`, () => {
      const found = runs[name];
      assert.ok(found, 'it was not run');
      holds(found);
    });
  };
  const changesNothing = (exit: number) => (found: Run) =>
    assert.deepEqual(
      { failure: found.failure, exit: found.exit, calls: found.calls },
      { failure: null, exit, calls: [] },
    );
  expect('preflight', ({ failure, calls, exit }) => {
    assert.deepEqual([failure, calls], [null, []]);
    // This computer is none of the servers, so there is something to find; a fault of the script itself would be 2.
    assert.ok(exit === 0 || exit === 1, String(exit));
  });
  expect('what if', changesNothing(0));
  expect('failed read', ({ failure, calls }) => {
    assert.match(failure ?? '', /does not answer/);
    assert.deepEqual(
      calls.filter((call) => call !== 'X509Store.Add'),
      [],
    );
  });
  expect('preflight with a stranger', ({ findings = [] }) => {
    const conflicts = findings.filter((text) => text.includes('Stranger has a common binding'));
    assert.equal(conflicts.length > 0, state.receive.length > 0, findings.join('\n'));
  });
  expect('without backup', changesNothing(3));
  expect('backup', changesNothing(0));
  expect('rollback what if', changesNothing(0));
  expect('rollback', ({ failure, exit, calls }) => {
    assert.deepEqual([failure, exit], [null, 0]);
    assert.ok(calls.some((call) => call.startsWith('Remove-')));
  });
  check(`${title}: rollback leaves things as they were`, () =>
    assert.deepEqual(states['rolled back'], states['before']),
  );
  expect('rollback again', changesNothing(0));
  expect('rollback to drift', ({ failure, exit, calls }) => {
    assert.deepEqual([failure, exit], [null, 0]);
    assert.ok(calls.length > 0);
  });
  check(`${title}: rollback brings former values back`, () =>
    assert.deepEqual(states['drifted again'], states['drifted']),
  );
  expect('first', ({ failure, calls }) => {
    assert.equal(failure, null);
    assert.ok(calls.some((call) => call.startsWith('New-')));
  });
  expect('verified', changesNothing(0));
  expect('second', changesNothing(0));
  expect('found drift', changesNothing(1));
  expect('found drift', ({ findings = [] }) => assert.ok(findings.length > 0));
  expect('mended', ({ failure, calls }) => {
    assert.equal(failure, null);
    assert.ok(calls.length > 0 && calls.every((call) => call.startsWith('Set-')), calls.join());
  });
  expect('verified again', changesNothing(0));
}

function checkOrganization({ runs, state }: Outcome, title: string, check: Check): void {
  check(`${title}: other people's objects and entries stay`, () => {
    const theirs = state.send.find(({ Name }) => Name === "Somebody else's");
    assert.deepEqual(theirs?.['AddressSpaces'], ['SMTP:other.example;1']);
    const list = ['tailspin.com', 'fabrikam.com', 'fabrikam.net'];
    assert.deepEqual(state.config['TLSReceiveDomainSecureList'], list);
    assert.deepEqual(state.config['TLSSendDomainSecureList'], list);
  });
  check(`${title}: hostile names and texts arrive as they are`, () => {
    const ours = state.send.find(
      ({ Name }) => Name === "O\u2019Brien's $(exit) `n \u2018relay\u2019 \u{1f4e7}",
    );
    assert.equal(ours?.['Comment'], "it\u2019s; $(Remove-Item) #> 'x'");
  });
  check(`${title}: synchronization is started, and only when asked`, () => {
    assert.deepEqual(runs['20-synchronize.ps1']?.calls, ['Start-EdgeSynchronization']);
    assert.deepEqual(runs['20-synchronize.ps1 what if']?.calls, []);
  });
}

function checkInside({ runs, state }: Outcome, title: string, check: Check): void {
  check(`${title}: values arrive as they are`, () => {
    const [ours] = state.receive;
    assert.equal(ours?.Name, 'It\u2018s $x');
    assert.equal(ours['Banner'], "220 it\u2019s 'here'");
    assert.equal(ours['ProtocolLoggingLevel'], 'Verbose');
  });
  check(`${title}: rights are granted once`, () => {
    assert.deepEqual(
      state.permissions.map(({ User, ExtendedRights }) => [User, ...ExtendedRights]),
      [
        ['NT AUTHORITY\\ANONYMOUS LOGON', 'ms-Exch-SMTP-Accept-Any-Recipient'],
        ['CONTOSO\\O\u2019Brien', 'ms-Exch-Bypass-Anti-Spam'],
      ],
    );
  });
  check(`${title}: a restart is done, and only when asked`, () => {
    assert.ok(runs['30-restart.ps1']?.calls.every((call) => call === 'Restart-Service'));
    assert.ok((runs['30-restart.ps1']?.calls.length ?? 0) > 0);
    assert.deepEqual(runs['30-restart.ps1 what if']?.calls, []);
  });
}
