import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { readSourceFile } from '../../src/output/source-file.ts';
import { issue, makeAuthority } from '../support/certificates.ts';
import { sampleLineOf } from '../support/sample-plan.ts';
import { sourceFile, temporaryFolder } from '../support/output-folder.ts';

const authority = await makeAuthority('Contoso Root');
const leaf = await issue({ authority, domains: ['mail.contoso.com'] });
const chain = leaf.certificate + authority.certificate;

const cases: readonly {
  readonly title: string;
  readonly content: string | Uint8Array;
  readonly copied: string;
}[] = [
  { title: 'a chain as it is', content: chain, copied: chain },
  {
    title: 'certificates without the private key beside them',
    content: leaf.privateKey + chain,
    copied: chain,
  },
  { title: 'no remarks around them', content: `subject=CN\n${chain}\nend\n`, copied: chain },
  { title: 'LF for CR LF', content: chain.replaceAll('\n', '\r\n'), copied: chain },
  { title: 'DER as PEM', content: new X509Certificate(leaf.certificate).raw, copied: leaf.certificate },
];

for (const { title, content, copied } of cases) {
  test(`a certificate file gives ${title}`, (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, 'a.pem'), content);
    const read = readSourceFile(sourceFile('x', 'a.pem') as never, { folder, lineOf: sampleLineOf });
    assert.equal(Buffer.from(read ?? []).toString(), copied);
  });
}

test('a key file gives all that is in it', (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'a.key'), leaf.privateKey);
  const read = readSourceFile(sourceFile('x', 'a.key', true) as never, { folder, lineOf: sampleLineOf });
  assert.equal(Buffer.from(read ?? []).toString(), leaf.privateKey);
});
