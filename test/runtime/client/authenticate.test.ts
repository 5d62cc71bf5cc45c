import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { passwordOf } from '../../../runtime/client/authenticate.ts';
import { SessionRefused } from '../../../runtime/client/open-session.ts';
import { temporaryFolder } from '../../support/spool.ts';

const file = join(temporaryFolder(), 'password');
writeFileSync(file, 'from the file\n');
process.env.MAILTOPO_TEST_PASSWORD = 'from the environment';

const cases = [
  { from: { env: 'MAILTOPO_TEST_PASSWORD' }, password: 'from the environment' },
  { from: { file }, password: 'from the file' },
  { from: { env: 'MAILTOPO_TEST_NONE' }, refusal: 'the environment variable MAILTOPO_TEST_NONE is not set' },
  { from: { file: `${file}.none` }, refusal: `the file ${file}.none cannot be read` },
];

for (const { from, password, refusal } of cases) {
  test(`password: ${password ?? refusal?.replace(file, 'file') ?? ''}`, async () => {
    const found = passwordOf({ name: 'scanner', username: 'contoso', passwordFrom: from })();
    if (password !== undefined) assert.equal(await found, password);
    else
      await assert.rejects(
        found,
        new SessionRefused('this side', `454 4.7.0 No password for credential "scanner": ${refusal}`),
      );
  });
}
