import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliFolder } from '../support/run-cli.ts';

const { folder, run, write } = cliFolder();

const good = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;
const printers = `receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [192.168.1.0]
    permissionGroups: [AnonymousUsers]
`;
const scanners = printers.replace('Printers', 'Scanners').replace('192.168.1.0', '192.168.2.0');

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function lint(...args: readonly string[]): ReturnType<typeof run> {
  return run(['lint', '--max-warnings', '0', '--format', 'compact', '--baseline', 'baseline.json', ...args]);
}

function begin(text: string): void {
  write('topology.yaml', text);
  rmSync(join(folder, 'baseline.json'), { force: true });
  assert.equal(lint('--update-baseline', 'topology.yaml').code, 0);
}

test('lint --update-baseline: writes what is found, readable and in order, and nothing else into the folder', () => {
  begin(good + printers);
  const { version, findings } = JSON.parse(textOf('baseline.json')) as {
    readonly version: number;
    readonly findings: readonly Record<string, string>[];
  };
  assert.equal(version, 1);
  assert.deepEqual(
    findings.map(({ rule, file, path }) => [rule, file, path]),
    [['classful-remote-ip-range', 'topology.yaml', '/receiveConnectors/Printers/remoteIPRanges']],
  );
  assert.match(findings[0]?.['message'] ?? '', /192\.168\.1\.0/);
  assert.deepEqual(readdirSync(folder).sort(), ['baseline.json', 'topology.yaml']);
});

test('lint --baseline: what is listed there is neither reported nor counted', () => {
  begin(good + printers);
  assert.deepEqual(lint('topology.yaml'), {
    code: 0,
    out: '',
    err: 'mailtopo: 0 errors, 0 warnings in 1 file\n',
  });
});

test('lint --baseline: a block that moves brings nothing new', () => {
  begin(good + printers);
  write('topology.yaml', `# moved\n${printers}\n${good}`);
  assert.equal(lint('topology.yaml').code, 0);
});

test('lint --baseline: one is mended and another of its rule comes: that one is reported, the old one told', () => {
  begin(good + printers);
  write('topology.yaml', good + scanners);
  const { code, out, err } = lint('topology.yaml');
  assert.equal(code, 1);
  assert.match(out, /192\.168\.2\.0.*\[classful-remote-ip-range\]/);
  assert.match(err, /^mailtopo: 1 finding of baseline\.json no longer there; --update-baseline removes it$/m);
  assert.match(
    err,
    /^ {2}gone: topology\.yaml \/receiveConnectors\/Printers\/remoteIPRanges \[classful-remote-ip-range\]$/m,
  );
  assert.match(
    lint('--update-baseline', 'topology.yaml').err,
    /^mailtopo: baseline\.json holds 1 finding, before 1$/m,
  );
  assert.doesNotMatch(textOf('baseline.json'), /Printers/);
});

test('lint --update-baseline: entries of files that are not looked at stay, of files that are gone do not', () => {
  mkdirSync(join(folder, 'deep'), { recursive: true });
  begin(good + printers);
  write('deep/a.yaml', good + scanners);
  write('b.yaml', good + scanners);
  lint('--update-baseline', 'deep/a.yaml', 'b.yaml');
  assert.deepEqual(textOf('baseline.json').match(/"file": .*/g), [
    '"file": "b.yaml",',
    '"file": "deep/a.yaml",',
    '"file": "topology.yaml",',
  ]);
  assert.equal(lint('topology.yaml').err, 'mailtopo: 0 errors, 0 warnings in 1 file\n');
  rmSync(join(folder, 'b.yaml'));
  assert.match(lint('deep/a.yaml').err, /gone: b\.yaml/);
  lint('--update-baseline', 'deep/a.yaml');
  assert.doesNotMatch(textOf('baseline.json'), /b\.yaml/);
  rmSync(join(folder, 'deep'), { recursive: true });
});

test('lint --update-baseline: a file that cannot be read as YAML keeps its entries, and counts', () => {
  begin(good + printers);
  const before = textOf('baseline.json');
  write('topology.yaml', 'a: [');
  const { code, out } = lint('--update-baseline', 'topology.yaml');
  assert.equal(code, 1);
  assert.match(out, /\[yaml-syntax\]/);
  assert.equal(textOf('baseline.json'), before);
});

test('lint --update-baseline: the same findings leave the file untouched', () => {
  begin(good + printers);
  const before = statSync(join(folder, 'baseline.json'));
  assert.equal(lint('--update-baseline', 'topology.yaml').code, 0);
  assert.equal(statSync(join(folder, 'baseline.json')).ino, before.ino);
});

const secret = `${good}# password: hunter2secret\n`;

test('lint --baseline: what a locked rule finds always counts', () => {
  write('topology.yaml', secret);
  rmSync(join(folder, 'baseline.json'), { force: true });
  const { code, out } = lint('--update-baseline', 'topology.yaml');
  assert.equal(code, 1);
  assert.match(out, /\[secret-in-file\]/);
  assert.equal(textOf('baseline.json'), '{\n  "version": 1,\n  "findings": []\n}\n');
});

test('lint --baseline with --fix: only what is left and not listed counts', () => {
  begin(good + printers);
  assert.equal(lint('--fix', 'topology.yaml').code, 0);
});

const faulty: readonly (readonly [title: string, text: string])[] = [
  ['no JSON', '<<<<<<< HEAD\n'],
  ['another shape', '{"version":1,"findings":[{"rule":"x"}]}'],
];

for (const [title, text] of faulty) {
  test(`lint --baseline: a broken file is exit 2 and one line: ${title}`, () => {
    write('topology.yaml', good);
    write('baseline.json', text);
    for (const more of [[], ['--update-baseline']]) {
      const { code, out, err } = lint(...more, 'topology.yaml');
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^mailtopo: cannot read the baseline baseline\.json: [^\n]+\n$/);
    }
    assert.equal(textOf('baseline.json'), text);
  });
}

test('lint --baseline: a missing file, and flags that do not go together, are exit 2', () => {
  rmSync(join(folder, 'baseline.json'), { force: true });
  assert.match(
    lint('topology.yaml').err,
    /^mailtopo: there is no baseline baseline\.json; --update-baseline writes it\n$/,
  );
  assert.equal(run(['lint', '--update-baseline', 'topology.yaml']).code, 2);
  assert.equal(lint('--update-baseline', '--fix', 'topology.yaml').code, 2);
});

test('compile --baseline: listed warnings do not count, listed errors do', () => {
  begin(good + printers);
  const compile = (): ReturnType<typeof run> =>
    run(['compile', 'topology.yaml', '-o', 'out', '--max-warnings', '0', '--baseline', 'baseline.json']);
  assert.equal(compile().code, 0);
  begin((good + printers).replace('192.168.1.0', '192.168.1.999'));
  const { code, out } = compile();
  assert.equal(code, 1);
  assert.match(out, /192\.168\.1\.999.*\[malformed-remote-ip-range\]/);
});
