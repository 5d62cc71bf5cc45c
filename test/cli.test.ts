import assert from 'node:assert/strict';
import { spawnSync, type StdioOptions } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { after, test } from 'node:test';

const cli = resolve('dist/bin/mailtopo.js');
const folder = mkdtempSync(join(tmpdir(), 'mailtopo-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function mailtopo(
  args: readonly string[],
  options: { readonly input?: string; readonly env?: object } = {},
): Ran {
  const { input = '', env = {} } = options;
  const ran = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } as NodeJS.ProcessEnv,
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const good = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;
const bad = `${good}sendConnectors:
  To Fabrikam: { addressSpaces: ["*fabrikam.com"], smartHosts: ["relay:25"], sourceTransportServers: [MBX1], maxMessageSize: 25MB }
`;

write('good.yaml', good);
write('bad.yaml', bad);
mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
write('deep/er/topology.yaml', good);
write('deep/topology.yaml', good);

test('lint: a clean file is exit 0, silent on standard output, and summed up on standard error', () => {
  assert.deepEqual(mailtopo(['lint', 'good.yaml']), {
    code: 0,
    out: '',
    err: 'mailtopo: 0 errors, 0 warnings in 1 file\n',
  });
});

test('lint: findings are exit 1, on standard output, plain without a terminal', () => {
  const { code, out, err } = mailtopo(['lint', 'bad.yaml']);
  assert.equal(code, 1);
  assert.match(out, /^bad\.yaml:6:\d+: error: .*\[malformed-address-space\]$/m);
  assert.match(out, /^bad\.yaml:6:\d+: error: .*"relay:25".*\[malformed-smart-host\]$/m);
  assert.match(out, /\^{15}/);
  assert.doesNotMatch(out, /\u001b/);
  assert.match(err, /^mailtopo: 2 errors, 0 warnings.* in 1 file$/m);
});

test('lint: FORCE_COLOR colours, NO_COLOR does not', () => {
  assert.match(mailtopo(['lint', 'bad.yaml'], { env: { FORCE_COLOR: '1' } }).out, /\u001b\[1;31m/);
  assert.doesNotMatch(mailtopo(['lint', 'bad.yaml'], { env: { NO_COLOR: '1' } }).out, /\u001b/);
});

test('lint: standard input under the name given', () => {
  const { code, out } = mailtopo(['lint', '-', '--stdin-filename', 'x.yaml', '--format', 'compact'], {
    input: bad,
  });
  assert.equal(code, 1);
  assert.match(out, /^x\.yaml:6:/);
});

test('lint: globs are expanded, each file once; one that matches nothing is exit 2', () => {
  const { code, err } = mailtopo(['lint', 'deep/**/topology.yaml', 'deep/topology.yaml']);
  assert.equal(code, 0);
  assert.match(err, /in 2 files/);
  const none = mailtopo(['lint', 'nowhere/*.yaml']);
  assert.deepEqual([none.code, none.err], [2, 'mailtopo: no file matches nowhere/*.yaml\n']);
});

test('lint: a name that begins with a dot is met only by a glob that writes the dot', () => {
  for (const below of ['dots/.hidden', 'dots/d']) mkdirSync(join(folder, below), { recursive: true });
  for (const name of ['dots/.hidden/a.yaml', 'dots/.b.yaml', 'dots/c.yaml', 'dots/d/e.yaml'])
    write(name, good);
  const cases: readonly (readonly [glob: string, files: string])[] = [
    ['dots/**/*.yaml', '2 files'],
    ['dots/**', '2 files'],
    ['dots/?.yaml', '1 file'],
    ['dots/.*.yaml', '1 file'],
    ['dots/.hidden/*', '1 file'],
    ['dots/{.hidden,d}/*.yaml', '2 files'],
  ];
  for (const [glob, files] of cases)
    assert.match(mailtopo(['lint', glob]).err, new RegExp(`in ${files}$`, 'm'));
});

test('lint: a link to a file is found by a glob, and one file under two names is one', () => {
  mkdirSync(join(folder, 'links'), { recursive: true });
  symlinkSync('../good.yaml', join(folder, 'links', 'topology.yaml'));
  symlinkSync('..', join(folder, 'links', 'up'));
  symlinkSync('nothing', join(folder, 'links', 'dangling.yaml'));
  assert.match(mailtopo(['lint', 'links/**/*.yaml']).err, /in 1 file$/m);
  assert.match(mailtopo(['lint', 'good.yaml', './good.yaml', join(folder, 'good.yaml')]).err, /in 1 file$/m);
});

test('output that cannot be written is exit 2 and one line', { skip: !existsSync('/dev/full') }, () => {
  const full = openSync('/dev/full', 'w');
  const run = (stdio: StdioOptions): { readonly code: number | null; readonly err: string } => {
    const args = [cli, 'lint', 'bad.yaml'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, stdio, encoding: 'utf8' });
    return { code: status, err: stderr };
  };
  const { code, err } = run(['ignore', full, 'pipe']);
  assert.equal(code, 2);
  assert.match(err, /^mailtopo: cannot write standard output: the disk is full$/m);
  assert.doesNotMatch(err, /^ +at /m);
  assert.equal(run(['ignore', 'ignore', full]).code, 1);
  closeSync(full);
});

test('lint: formats go to files, and only one to standard output', () => {
  const { code, out } = mailtopo(['lint', 'bad.yaml', '--format', 'compact', '--format', 'json=report.json']);
  assert.equal(code, 1);
  assert.equal(out.match(/: error: /g)?.length, 2);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  assert.equal(report.version, 1);
  const { path } = report.diagnostics.find((one: { rule: string }) => one.rule === 'malformed-address-space');
  assert.equal(path, '/sendConnectors/To Fabrikam/addressSpaces/0');
  assert.equal(mailtopo(['lint', 'bad.yaml', '--format', 'json', '--format', 'pretty']).code, 2);
});

test('lint: all formats in one run, and standard output holds one of them and nothing else', () => {
  const formats = ['sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'compact'];
  const flags = formats.flatMap((name) => ['--format', `${name}=all.${name}`]);
  const env = { GITHUB_STEP_SUMMARY: '', GITHUB_WORKSPACE: '', CI_PROJECT_DIR: '' };
  const { code, out } = mailtopo(['lint', 'bad.yaml', ...flags, '--format', 'json'], { env });
  assert.equal(code, 1);
  const count = JSON.parse(out).diagnostics.length;
  const read = (name: string): string => readFileSync(join(folder, `all.${name}`), 'utf8');
  const [run] = JSON.parse(read('sarif')).runs;
  assert.equal(run.results.length, count);
  assert.ok(run.tool.driver.rules.every((rule: { help: { markdown?: string } }) => rule.help.markdown));
  assert.match(run.tool.driver.semanticVersion, /^\d+\.\d+\.\d+/);
  assert.equal(JSON.parse(read('gitlab')).length, count);
  assert.equal(read('github').match(/^::/gm)?.length, count);
  assert.equal(read('junit').match(/<testcase /g)?.length, count);
  assert.equal(read('checkstyle').match(/<error /g)?.length, count);
  assert.equal(read('compact').trimEnd().split('\n').length, count);
});

test('lint: on GitHub, paths count from the root of the repository and the step gets a summary', () => {
  write('summary.md', 'of an earlier step\n');
  const env = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_WORKSPACE: join(folder, '..') };
  const { out } = mailtopo(['lint', 'bad.yaml', '--format', 'github'], { env });
  assert.ok(out.startsWith(`::`));
  assert.ok(out.includes(` file=${basename(folder)}/bad.yaml,line=6,`), out);
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
  assert.match(summary, /^of an earlier step\n### mailtopo: 2 errors/);
  assert.match(summary, /^\| error \| .*rules\/README\.md#malformed-smart-host\) \|$/m);
  const unwritable = { ...env, GITHUB_STEP_SUMMARY: join(folder, 'no', 'such', 'folder') };
  assert.equal(mailtopo(['lint', 'bad.yaml', '--format', 'github'], { env: unwritable }).code, 2);
});

test('lint: more warnings than allowed are exit 1', () => {
  const classful = `${good}receiveConnectors:
  MBX1\\Scanner: { bindings: ["192.0.2.1:2600"], remoteIPRanges: [192.168.1.0], permissionGroups: [AnonymousUsers] }
`;
  write('warn.yaml', classful);
  const counted = mailtopo(['lint', 'warn.yaml', '--format', 'json']);
  assert.equal(counted.code, 0);
  const { warnings } = JSON.parse(counted.out).summary;
  assert.ok(warnings > 0);
  assert.equal(mailtopo(['lint', 'warn.yaml', '--max-warnings', String(warnings)]).code, 0);
  assert.equal(mailtopo(['lint', 'warn.yaml', '--max-warnings', String(warnings - 1)]).code, 1);
});

for (const [name, config] of [
  ['damaged', undefined],
  ['broken', 'export const topology = ('],
] as const) {
  mkdirSync(join(folder, name, 'transport'), { recursive: true });
  write(`${name}/transport/main.js`, "import './topology.js';\n");
  write(`${name}/transport/package.json`, '{ "type": "module" }\n');
  if (config !== undefined) write(`${name}/transport/topology.js`, config);
}

test('what cannot be done is exit 2 and one line on standard error', () => {
  const cases: readonly (readonly [args: readonly string[], line: RegExp])[] = [
    [['lint', 'missing.yaml'], /^mailtopo: cannot read missing\.yaml: no such file or folder\n$/],
    [['lint', 'deep'], /^mailtopo: cannot read deep: it is a folder\n$/],
    [['lint'], /^mailtopo: lint needs a file/],
    [['lint', 'good.yaml', '--format', 'xml'], /there is no format "xml"/],
    [['lint', 'good.yaml', '--max-warnings', 'few'], /"few" is not a whole number/],
    [['explain', 'mixed-source-serverz'], /did you mean "mixed-source-servers"/],
    [['lint', 'good.yaml', '--format', 'json='], /no file stands behind "json="/],
    [['lint', 'good.yaml', '--format', 'json=nowhere/x'], /cannot write nowhere\/x: no such file or folder/],
    [['lint', 'good.yaml', '--format', 'json=deep'], /cannot write deep: it is a folder/],
    [['run', 'deep'], /holds no bundle/],
    [['run', 'damaged/transport'], /name the folder above: damaged\n$/],
    [['run', 'damaged'], /the bundle in damaged is damaged; compile it again/],
    [['run', 'broken'], /the bundle in broken is damaged; compile it again/],
    [['compile', 'good.yaml', '-o', ''], /no folder stands behind -o/],
    [['compile', '-', '-o', 'out'], /compile needs a file/],
    [['init', 'deep'], /cannot write deep: it is a folder/],
    [['init', 'deep', '--force'], /cannot write deep: it is a folder/],
    [['init', 'nowhere/x.yaml'], /cannot write nowhere\/x\.yaml: no such file or folder/],
    [['lint', '\u001b[31mno\nsuch.yaml'], /cannot read <U\+001B>\[31mno<U\+000A>such\.yaml: /],
    [['ln\u001b[31mt'], /unknown command 'ln<U\+001B>\[31mt'/],
    [['init', 'x.yaml', '--exchange-version', '2003'], /there is no Exchange "2003"/],
  ];
  for (const [args, line] of cases) {
    const { code, out, err } = mailtopo(args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, line);
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  }
  assert.equal(mailtopo(['lnt']).code, 2);
  assert.equal(mailtopo([]).code, 2);
});

test('rules, explain and schema print to standard output', () => {
  const rules = JSON.parse(mailtopo(['rules', '--format', 'json']).out).rules as readonly { id: string }[];
  assert.ok(rules.some(({ id }) => id === 'mixed-source-servers'));
  assert.ok(rules.some(({ id }) => id === 'yaml-syntax'));
  assert.match(mailtopo(['rules']).out, /^  mixed-source-servers +error /m);
  assert.match(mailtopo(['rules']).out, /^  open-relay +error +locked /m);
  assert.match(mailtopo(['rules']).out, /^  [a-z-]+ +(error|warning|info) +fix /m);
  assert.match(mailtopo(['explain', 'open-relay']).out, /^Locked: /m);
  const explained = mailtopo(['explain', 'mixed-source-servers']);
  assert.equal(explained.code, 0);
  assert.match(explained.out, /^Wrong:$/m);
  assert.match(
    explained.out,
    /^Found:\n {4}topology\.yaml:\d+:\d+: error: .*\[mixed-source-servers\]\n {8}.* \| /m,
  );
  assert.match(explained.out, /^Right:$/m);
  assert.match(explained.out, /^Sources:$/m);
  assert.doesNotMatch(explained.out, /#\s*\^\^/);
  assert.match(explained.out, /allow mixed-source-servers -- <reason>/);
  assert.equal(typeof JSON.parse(mailtopo(['schema']).out).properties.mailtopo, 'object');
});

test('init writes a topology that lints clean, for every version, and never over a file', () => {
  for (const version of ['2007', '2010', '2013', '2016', '2019', 'SE']) {
    const file = `init-${version}.yaml`;
    assert.equal(mailtopo(['init', file, '--exchange-version', version]).code, 0, version);
    const { code, out } = mailtopo(['lint', file, '--max-warnings', '0']);
    assert.equal(code, 0, out);
  }
  const before = readFileSync(join(folder, 'init-SE.yaml'), 'utf8');
  const refused = mailtopo(['init', 'init-SE.yaml', '--organization', 'Fabrikam']);
  assert.equal(refused.code, 3);
  assert.match(refused.err, /--force/);
  assert.equal(readFileSync(join(folder, 'init-SE.yaml'), 'utf8'), before);
});

test('init: "-" is standard output', () => {
  const { code, out, err } = mailtopo(['init', '-']);
  assert.deepEqual([code, err], [0, '']);
  assert.equal(mailtopo(['lint', '-'], { input: out }).code, 0);
});

test('init: hostile flags stay text', () => {
  const name = 'A "quoted" #{name}: *x, {y}';
  assert.equal(mailtopo(['init', 'odd.yaml', '--organization', name]).code, 0);
  assert.equal(mailtopo(['lint', 'odd.yaml']).code, 0);
  assert.ok(readFileSync(join(folder, 'odd.yaml'), 'utf8').includes(JSON.stringify(name)));
});

test('lint: dates of certificates are judged as of --now', () => {
  mkdirSync(join(folder, 'certs'), { recursive: true });
  const pem = readFileSync('test/golden/certificates-that-fail/certs/expired.pem');
  writeFileSync(join(folder, 'certs', 'mail.pem'), pem);
  write(
    'dated.yaml',
    `${good}certificates:
  mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [MBX1], file: certs/mail.pem }
`,
  );
  const outputs = ['2025-06-01', '2025-12-20', '2026-11-24T12:00Z'].map(
    (now) => mailtopo(['lint', 'dated.yaml', '--now', now, '--format', 'compact']).out,
  );
  assert.equal(outputs[0], '');
  assert.match(outputs[1] ?? '', /expires on 2026-01-01, in 12 days/);
  assert.match(outputs[2] ?? '', /expired on 2026-01-01/);
  const { code, err } = mailtopo(['lint', 'dated.yaml', '--now', 'tomorrow']);
  assert.equal(code, 2);
  assert.match(err, /"tomorrow" is no date/);
});

/** A wildcard without its dot, a misspelt key and a word for a boolean, with comments and odd layout around them. */
const fixable = `${good}# connectors
sendConnectors:
  To Fabrikam:   { addressSpaces: ["*fabrikam.com"],  sourceTransportServers: [MBX1] }   # why
  To Tailspin:
    addressSpaces : [ tailspin.example ]
    requireTsl: yes # once
    sourceTransportServers: [MBX1]
`;
const fixed = fixable
  .replace('"*fabrikam.com"', '"*.fabrikam.com"')
  .replace('requireTsl: yes', 'requireTLS: true');

test('lint --fix: what is safe is fixed, all else stays byte for byte, with mark, line ends, mode and link', () => {
  const bytes = (text: string): Buffer => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`);
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real/fix.yaml'), bytes(fixable));
  chmodSync(join(folder, 'real/fix.yaml'), 0o640);
  symlinkSync('real/fix.yaml', join(folder, 'linked.yaml'));
  const { code, out, err } = mailtopo(['lint', '--fix', 'linked.yaml']);
  assert.deepEqual([code, out], [0, out]);
  assert.match(err, /^mailtopo: fixed 3; left: 0 errors/m);
  assert.deepEqual(readFileSync(join(folder, 'real/fix.yaml')), bytes(fixed));
  assert.equal(statSync(join(folder, 'real/fix.yaml')).mode & 0o7777, 0o640);
  assert.ok(lstatSync(join(folder, 'linked.yaml')).isSymbolicLink());
  assert.deepEqual(readdirSync(join(folder, 'real')), ['fix.yaml']);
});

test('lint --fix --diff: prints what would change, and changes nothing', () => {
  write('diff.yaml', fixable);
  const { code, out, err } = mailtopo(['lint', '--fix', '--diff', 'diff.yaml']);
  assert.equal(code, 1);
  assert.match(out, /^--- a\/diff\.yaml\n\+\+\+ b\/diff\.yaml\n@@ /);
  assert.match(out, /^\+ {4}requireTLS: true # once$/m);
  assert.match(err, /^mailtopo: would fix 3; left: 0 errors/m);
  assert.equal(readFileSync(join(folder, 'diff.yaml'), 'utf8'), fixable);
  write('diff.yaml', fixed);
  assert.deepEqual(mailtopo(['lint', '--fix', '--diff', 'diff.yaml']).out, '');
  assert.equal(mailtopo(['lint', '--diff', 'diff.yaml']).code, 2);
});

test('lint --fix: of standard input the fixed text goes to standard output, and the report to standard error', () => {
  const { code, out, err } = mailtopo(['lint', '--fix', '-'], {
    input: fixable.replace('MBX1] }', 'MBX2] }'),
  });
  assert.deepEqual([code, out], [1, fixed.replace('MBX1] }', 'MBX2] }')]);
  assert.match(err, /"MBX2" is not a declared server/);
});

test('lint --fix: a guess is applied on request', () => {
  write('guess.yaml', fixed.replace('MBX1] }', 'MBX11] }'));
  assert.equal(mailtopo(['lint', '--fix', 'guess.yaml']).code, 1);
  assert.equal(mailtopo(['lint', '--fix', '--unsafe-fixes', 'guess.yaml']).code, 0);
  assert.equal(readFileSync(join(folder, 'guess.yaml'), 'utf8'), fixed);
});

test('lint --fix: what cannot be parsed or is no text stays as it is', () => {
  write('broken.yaml', `${fixable}a: [\n`);
  writeFileSync(join(folder, 'latin.yaml'), Buffer.from(`${good}# \xfc\n`, 'latin1'));
  const before = [readFileSync(join(folder, 'broken.yaml')), readFileSync(join(folder, 'latin.yaml'))];
  assert.equal(mailtopo(['lint', '--fix', 'broken.yaml', 'latin.yaml']).code, 1);
  const after = [readFileSync(join(folder, 'broken.yaml')), readFileSync(join(folder, 'latin.yaml'))];
  assert.deepEqual(after, before);
});
