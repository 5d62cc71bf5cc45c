import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliFolder } from '../support/run-cli.ts';

const { folder, run, write } = cliFolder();

const text = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [192.168.1.0]
    permissionGroups: [AnonymousUsers]
`;
const entry = '    remoteIPRanges:';
const comment = '    # mailtopo: allow classful-remote-ip-range -- checked with the network team, 2026';
const allowed = text.replace(entry, `${comment}\n${entry}`);
const reason = '  checked with the network team, 2026 ';

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

test('lint --add-suppressions: what is found is allowed, and lint is clean', () => {
  write('topology.yaml', text);
  const { code, out, err } = run(['lint', '--add-suppressions', '--reason', reason, 'topology.yaml']);
  assert.deepEqual(
    [code, out, err],
    [0, '', 'mailtopo: suppressed 1; left: 0 errors, 0 warnings in 1 file\n'],
  );
  assert.equal(textOf('topology.yaml'), allowed);
  assert.deepEqual(run(['lint', '--max-warnings', '0', 'topology.yaml']).code, 0);
});

test('lint --add-suppressions --diff: shows it, and writes nothing', () => {
  write('diff.yaml', text);
  const { code, out } = run(['lint', '--add-suppressions', '--reason', reason, '--diff', 'diff.yaml']);
  assert.equal(code, 1);
  assert.ok(out.includes(`\n+${comment}\n`));
  assert.equal(textOf('diff.yaml'), text);
});

test('lint --add-suppressions: of standard input the new text goes to standard output', () => {
  const { code, out } = run(['lint', '--add-suppressions', '--reason', reason, '-'], text);
  assert.deepEqual([code, out], [0, allowed]);
});

test('lint --add-suppressions: what a locked rule or a built-in check finds is left and named', () => {
  write('locked.yaml', `${text}# password: hunter2secret\nnonsense: 1\n`);
  const { code, out, err } = run(['lint', '--add-suppressions', '--reason', reason, 'locked.yaml']);
  assert.equal(code, 1);
  assert.match(out, /\[secret-in-file\]/);
  assert.match(err, /^mailtopo: cannot be suppressed: schema, secret-in-file$/m);
  assert.ok(textOf('locked.yaml').includes(comment));
});

test('lint --add-suppressions: a file with a fault of syntax is left alone', () => {
  write('broken.yaml', 'a: [');
  const { code, out } = run(['lint', '--add-suppressions', '--reason', reason, 'broken.yaml']);
  assert.equal(code, 1);
  assert.match(out, /\[yaml-syntax\]/);
  assert.equal(textOf('broken.yaml'), 'a: [');
});

test('lint --add-suppressions --baseline: what the baseline has is not suppressed', () => {
  write('known.yaml', text);
  run(['lint', '--baseline', 'baseline.json', '--update-baseline', 'known.yaml']);
  const args = [
    'lint',
    '--baseline',
    'baseline.json',
    '--add-suppressions',
    '--reason',
    reason,
    'known.yaml',
  ];
  assert.equal(run(args).code, 0);
  assert.equal(textOf('known.yaml'), text);
});

const refused: readonly (readonly [title: string, args: readonly string[]])[] = [
  ['no reason', ['--add-suppressions']],
  ['an empty reason', ['--add-suppressions', '--reason', ' ']],
  ['a reason of two lines', ['--add-suppressions', '--reason', 'a\nrelay: open']],
  ['a reason with a carriage return', ['--add-suppressions', '--reason', 'a\rb']],
  ['a reason with a comment sign', ['--add-suppressions', '--reason', 'see #12']],
  ['a reason that steers a terminal', ['--add-suppressions', '--reason', 'a\u001b[31mb']],
  ['a reason that turns the direction of text', ['--add-suppressions', '--reason', 'a\u202eb']],
  ['a reason that is a finding itself', ['--add-suppressions', '--reason', 'password: hunter2secret']],
  ['a reason for nothing', ['--reason', 'a']],
  ['fixing as well', ['--add-suppressions', '--reason', 'a', '--fix']],
  [
    'a baseline to write as well',
    ['--add-suppressions', '--reason', 'a', '--baseline', 'b', '--update-baseline'],
  ],
];

for (const [title, args] of refused) {
  test(`lint --add-suppressions: ${title} is exit 2, one line, and changes nothing`, () => {
    write('refused.yaml', text);
    const { code, out, err } = run(['lint', ...args, 'refused.yaml']);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^mailtopo: [^\n]+\n$/);
    assert.equal(textOf('refused.yaml'), text);
  });
}
