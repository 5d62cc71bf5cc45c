import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cliFolder } from '../support/run-cli.ts';

const cli = cliFolder();
const file = cli.write('topology.yaml', readFileSync('examples/contoso/topology.yaml', 'utf8'));
const broken = cli.write('broken.yaml', 'mailtopo: 1\norganization: {\n');
// Nobody listens on port 1; all else is read from the topology.
const here = ['--resolver', 'dns', '--connect', '127.0.0.1:1', '--timeout', '5'];

const cases: readonly {
  readonly title: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly out?: RegExp;
  readonly err?: RegExp;
}[] = [
  {
    title: 'a host that is not there',
    args: [file, 'fabrikam', ...here],
    code: 1,
    out: /^To fabrikam\.com: mail does not go: 421 4\.2\.1 Unable to connect: ECONNREFUSED$/m,
  },
  {
    title: 'JSON',
    args: [file, 'Fabrikam', ...here, '--format', 'json'],
    code: 1,
    out: /^\{\n {2}"version": 1,\n {2}"partner": "fabrikam",/,
  },
  {
    title: 'a partner nobody declared',
    args: [file, 'fabrika', ...here],
    code: 2,
    err: /there is no partner "fabrika"; did you mean "fabrikam"\?/,
  },
  { title: 'a file that cannot be read', args: ['nowhere.yaml', 'fabrikam'], code: 2, err: /nowhere\.yaml/ },
  { title: 'a file with a fault of syntax', args: [broken, 'fabrikam'], code: 1, err: /yaml-syntax/ },
  { title: 'no such format', args: [file, 'fabrikam', '--format', 'xml'], code: 2, err: /pretty or json/ },
];

for (const { title, args, code, out, err } of cases) {
  test(`mailtopo probe: ${title}`, () => {
    const ran = cli.run(['probe', ...args]);
    if (out !== undefined) assert.match(ran.out, out);
    if (err !== undefined) assert.match(ran.err, err);
    assert.equal(ran.code, code, ran.out + ran.err);
  });
}
