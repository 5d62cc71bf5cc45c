import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { cliFolder } from '../support/run-cli.ts';

const cli = cliFolder();
const contoso = readFileSync('examples/contoso/topology.yaml', 'utf8');
const file = cli.write('topology.yaml', contoso);
const relays = cli.write('relays.yaml', contoso.replace('10.0.8.0/24', '0.0.0.0/0'));
const policed = cli.write('policed.yaml', `${contoso}\npolicies: { Nobody relays: { relayOnlyFrom: [] } }\n`);
const unclear = cli.write('unclear.yaml', `${contoso}\npolicies: { Nothing: {} }\n`);
const tested = cli.write(
  'tested.yaml',
  `${contoso}\ntests: { Fine: { server: HUB01, to: [a@fabrikam.com], expect: { end: leaves } }, Wrong: { server: HUB01, to: a@contoso.com, expect: { end: leaves } } }\n`,
);
const scenarios = cli.write(
  'scenarios.yaml',
  'A printer: { client: 10.0.7.5, binding: "10.0.0.11:2526", from: p@contoso.com, to: [a@fabrikam.com] }\nA queue: { server: HUB01, to: a@contoso.com }\n',
);
const northwind = cli.write('northwind.yaml', readFileSync('examples/northwind/topology.yaml', 'utf8'));
const relaying = 'client: 203.0.113.9, server: EDGE01, from: a@b.example, to: x@b.example';
const spoken = cli.write(
  'spoken.yaml',
  `As asked: { ${relaying} }\nAs written: { ${relaying}, dialect: exchange }\n`,
);
const testedInDialect = cli.write(
  'tested-in-dialect.yaml',
  `${contoso}\ntests: { Denied: { ${relaying}, expect: { reply: 550 5.7.1 Relaying } } }\n`,
);
const broken = cli.write('broken.yaml', 'mailtopo: 1\norganization: {\n');
cli.write('mail.pem', readFileSync('examples/contoso/certs/contoso-mail.pem', 'utf8'));

const stranger = [
  '--server',
  'EDGE01',
  '--client',
  '203.0.113.9',
  '--from',
  'a@b.example',
  '--to',
  'x@b.example',
];

interface Case {
  readonly title: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly out?: RegExp;
  readonly err?: RegExp;
}

const cases: readonly Case[] = [
  {
    title: 'the verdict stands first',
    args: ['trace', file, ...stranger],
    code: 0,
    out: /^rejected: 550 5\.7\.1 Unable to relay\n/,
  },
  {
    title: 'in the dialect of the standards',
    args: ['trace', file, ...stranger, '--dialect', 'rfc'],
    code: 0,
    out: /^rejected: 550 5\.7\.1 Relaying denied\n/,
  },
  {
    title: 'no such dialect',
    args: ['trace', file, ...stranger, '--dialect', 'sendmail'],
    code: 2,
    err: /--dialect: "sendmail" is none of exchange, rfc/,
  },
  { title: 'as expected', args: ['trace', file, ...stranger, '--expect', 'rejected'], code: 0 },
  { title: 'not as expected', args: ['trace', file, ...stranger, '--expect', 'accepted'], code: 1 },
  {
    title: 'no such expectation',
    args: ['trace', file, ...stranger, '--expect', 'maybe'],
    code: 2,
    err: /--expect is accepted or rejected/,
  },
  {
    title: 'no such format',
    args: ['trace', file, ...stranger, '--format', 'junit'],
    code: 2,
    err: /pretty, json or sarif/,
  },
  {
    title: 'a part that is wrong, by its option',
    args: ['trace', file, '--client', '10.0.0.5', '--server', 'HUB1'],
    code: 2,
    err: /--server: there is no server "HUB1"; did you mean "HUB01"\?/,
  },
  {
    title: 'no server said where two would take the client',
    args: ['trace', northwind, '--client', 'contoso'],
    code: 2,
    err: /--server: it is not said which server the client connects to; it may be one of EDGE1, EDGE2\n/,
  },
  {
    title: 'no server said where one alone takes the client',
    args: ['trace', file, '--client', 'fabrikam'],
    code: 0,
    out: /\n {2}EDGE01 is asked, for no other server has a connector of the topology for 198\.51\.100\.0 at port 25\n/,
  },
  {
    title: 'an address of no server',
    args: ['trace', file, '--client', '10.0.0.5', '--binding', '10.0.0.12:25'],
    code: 2,
    err: /--server: it is not said which server has 10\.0\.0\.12:25; the servers are HUB01, EDGE01\n/,
  },
  {
    title: 'a command in an address',
    args: ['trace', file, '--server', 'HUB01', '--to', 'a@b\r\nQUIT'],
    code: 2,
    err: /--to: it holds a control character/,
  },
  {
    title: 'a certificate in a file',
    args: ['trace', file, ...stranger, '--client-certificate', 'mail.pem'],
    code: 0,
    out: /with TLS and the certificate "mail\.pem"/,
  },
  {
    title: 'no such certificate',
    args: ['trace', file, ...stranger, '--client-certificate', 'none.pem'],
    code: 2,
    err: /--client-certificate: "none\.pem" is no partner, no server, no certificate and no file/,
  },
  {
    title: 'a file without one',
    args: ['trace', file, ...stranger, '--client-certificate', scenarios],
    code: 2,
    err: /holds no certificate in PEM/,
  },
  {
    title: 'scenarios in a file',
    args: ['trace', file, '--scenarios', scenarios],
    code: 0,
    out: /^== A printer\naccepted\n[^]*\n== A queue\naccepted\n/,
  },
  {
    title: 'scenarios in a dialect, where they do not say it themselves',
    args: ['trace', file, '--scenarios', spoken, '--dialect', 'rfc'],
    code: 0,
    out: /^== As asked\nrejected: 550 5\.7\.1 Relaying denied\n[^]*\n== As written\nrejected: 550 5\.7\.1 Unable to relay\n/,
  },
  {
    title: 'no scenarios in it',
    args: ['trace', file, '--scenarios', broken],
    code: 2,
    err: /broken\.yaml is no map of scenarios/,
  },
  {
    title: 'a topology that cannot be read',
    args: ['trace', broken, ...stranger],
    code: 1,
    err: /broken\.yaml:.*yaml-syntax/,
  },
  {
    title: 'a topology with an error is traced all the same',
    args: [
      'trace',
      relays,
      '--binding',
      '10.0.0.11:2526',
      '--client',
      '203.0.113.9',
      '--from',
      'a@b.example',
      '--to',
      'x@b.example',
    ],
    code: 0,
    out: /^accepted\n/,
    err: /lint finds .* error/,
  },
  { title: 'verify: all holds', args: ['verify', file], code: 0, out: /6 hold, 0 violated/ },
  { title: 'verify: an open relay', args: ['verify', relays], code: 1, out: /^violated {2}no open relay/ },
  {
    title: 'verify: a policy',
    args: ['verify', policed],
    code: 1,
    out: /violated {2}policy "Nobody relays": 36 classes\n {10}"Printers" on HUB01 lets relay, too: 10\.0\.7\.1-10\.0\.7\.20, 10\.0\.8\.0-10\.0\.8\.255\n/,
  },
  {
    title: 'verify: a policy about nothing',
    args: ['verify', unclear],
    code: 1,
    err: /Policy "Nothing" is about nothing/,
  },
  {
    title: 'verify as JUnit',
    args: ['verify', policed, '--format', 'junit'],
    code: 1,
    out: /<testsuites name="mailtopo" tests="7" failures="1"/,
  },
  {
    title: 'verify as JSON',
    args: ['verify', file, '--format', 'json'],
    code: 0,
    out: /"property": "no open relay",\n\s+"holds": true,\n\s+"examined": 36/,
  },
  {
    title: 'test: one fails',
    args: ['test', tested],
    code: 1,
    out: /^ok {6}Fine\nfailed {2}Wrong\n {8}end is delivered, not leaves\n/,
  },
  {
    title: 'test as JUnit',
    args: ['test', tested, '--format', 'junit'],
    code: 1,
    out: /tests="2" failures="1"/,
  },
  {
    title: 'test: in the other dialect',
    args: ['test', testedInDialect],
    code: 1,
    out: /^failed {2}Denied\n/,
  },
  {
    title: 'test: in the dialect that is meant',
    args: ['test', testedInDialect, '--dialect', 'rfc'],
    code: 0,
  },
  {
    title: 'test: no such dialect',
    args: ['test', testedInDialect, '--dialect', 'sendmail'],
    code: 2,
    err: /--dialect is exchange or rfc, not sendmail/,
  },
  { title: 'test: there are none', args: ['test', file], code: 2, err: /states no tests/ },
  { title: 'diff: nothing', args: ['diff', file, file], code: 0, out: /^$/ },
  {
    title: 'diff: something',
    args: ['diff', file, relays],
    code: 1,
    out: /^\+ .* may now relay to anywhere/m,
  },
  { title: 'diff: a file that cannot be read is no difference', args: ['diff', file, broken], code: 2 },
  {
    title: 'diff in markdown',
    args: ['diff', file, relays, '--format', 'markdown'],
    code: 1,
    out: /^### What `relays\.yaml` does otherwise than `topology\.yaml`\n\n\*\*Opens\*\*/,
  },
];

for (const { title, args, code, out, err } of cases) {
  test(`${args[0]}: ${title}`, () => {
    const ran = cli.run(args);
    assert.equal(ran.code, code, ran.out + ran.err);
    if (out !== undefined) assert.match(ran.out, out);
    if (err !== undefined) assert.match(ran.err, err);
  });
}

const schemaFile = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
const { $schema: _, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false });
const valid = ajv.compile({ ...schema, $id: id });

interface Log {
  readonly runs: readonly [{ readonly results: readonly [Result] }];
}
interface Result {
  readonly message: { readonly text: string };
  readonly codeFlows: readonly [{ readonly threadFlows: readonly [{ readonly locations: readonly Step[] }] }];
}
interface Step {
  readonly location: { readonly physicalLocation?: object };
}

for (const args of [
  ['trace', file, ...stranger, '--format', 'sarif'],
  ['verify', policed, '--format', 'sarif'],
]) {
  test(`${args[0]}: as SARIF the way is a flow`, () => {
    const log: Log = JSON.parse(cli.run(args).out);
    assert.ok(valid(log), ajv.errorsText(valid.errors));
    const [{ codeFlows, message }] = log.runs[0].results;
    const steps = codeFlows[0].threadFlows[0].locations;
    assert.match(
      message.text,
      args[0] === 'trace' ? /^The message is rejected: 550/ : /^Violated: policy "Nobody relays": /,
    );
    assert.ok(steps.length > 5 && steps.some(({ location }) => location.physicalLocation !== undefined));
  });
}
