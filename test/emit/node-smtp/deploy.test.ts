import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

// What comes out for the examples is a golden file, so the unit is read from there.
const unit = readFileSync(
  new URL('../../../../examples/contoso/out/transport/deploy/mailtopo@.service', import.meta.url),
  'utf8',
);
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

interface Verified {
  readonly status: number | null;
  readonly said: string;
}

/** What systemd says of a unit, with the Node of this machine in it, for systemd looks whether the program is there. */
function verify(text: string): Verified {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-unit-'));
  try {
    const file = join(folder, 'mailtopo@EDGE01.service');
    writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
    const { status, stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', '--recursive-errors=no', file],
      { encoding: 'utf8' },
    );
    return { status, said: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('systemd unit: systemd has nothing to say against it', { skip: !hasSystemd }, () => {
  assert.deepEqual(verify(unit), { status: 0, said: '' });
});

const faults = [
  { title: 'a key that does not exist', from: 'ProtectClock=yes', to: 'ProtectClok=yes' },
  { title: 'a value that is none', from: 'Restart=on-failure', to: 'Restart=sometimes' },
  { title: 'a program that is not there', from: '/usr/bin/node', to: '/usr/bin/no-such-node' },
];

for (const { title, from, to } of faults) {
  test(`systemd unit: ${title} would be found`, { skip: !hasSystemd }, () => {
    assert.ok(unit.includes(from));
    const { status, said } = verify(unit.replace(from, to));
    assert.ok(status !== 0 || said !== '');
  });
}

const promises = [
  { title: 'it drains for as long as systemd waits', line: 'TimeoutStopSec=60' },
  { title: 'reload does not end it', line: 'ExecReload=/bin/kill -HUP $MAINPID' },
  { title: 'it runs as nobody in particular', line: 'User=mailtopo' },
  { title: 'what it writes is for itself alone', line: 'UMask=0077' },
];

for (const { title, line } of promises) {
  test(`systemd unit: ${title}`, () => assert.ok(unit.split('\n').includes(line)));
}
