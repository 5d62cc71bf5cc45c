import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pemFilesBeside } from '../../src/certificate/pem-files-beside.ts';
import { issue } from '../support/certificates.ts';

const scratch = mkdtempSync(join(tmpdir(), 'mailtopo-pem-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const { certificate } = await issue({ domains: ['mail.contoso.com'] });
mkdirSync(join(scratch, 'site', 'certs'), { recursive: true });
writeFileSync(join(scratch, 'outside.pem'), certificate);
writeFileSync(join(scratch, 'site', 'certs', 'mail.pem'), certificate);
writeFileSync(join(scratch, 'site', 'huge.pem'), '');
truncateSync(join(scratch, 'site', 'huge.pem'), 5 * 1024 * 1024);
const fileOf = pemFilesBeside(join(scratch, 'site', 'topology.yaml'));

const cases: readonly (readonly [path: string, expected: string])[] = [
  ['certs/mail.pem', 'read'],
  ['./certs/../certs/mail.pem', 'read'],
  ['certs', 'unreadable: it is a folder'],
  ['huge.pem', 'unreadable: it is larger than 4 MB'],
  ['certs/none.pem', 'missing'],
  ['certs/mail.pem/none.pem', 'missing'],
  ['../outside.pem', 'missing'],
  [join(scratch, 'outside.pem'), 'missing'],
  ['', 'missing'],
];

for (const [path, expected] of cases) {
  test(`"${path.replace(scratch, '')}" beside a topology: ${expected}`, () => {
    const file = fileOf(path);
    assert.equal(file.kind === 'unreadable' ? `${file.kind}: ${file.reason}` : file.kind, expected);
  });
}

test('a file is read once in a run', () => {
  assert.equal(fileOf('certs/mail.pem'), fileOf('certs/mail.pem'));
});
