import assert from 'node:assert/strict';
import { basename, join, normalize } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  fileNamesFor,
  safeFileName,
  safeRelativePath,
  staysInFolder,
} from '../../src/emit/safe-file-name.ts';

const names: readonly (readonly [name: string, expected: string])[] = [
  ['contoso-mail', 'contoso-mail'],
  ['mail.contoso.com', 'mail.contoso.com'],
  ['To Fabrikam', 'To-Fabrikam'],
  ['Zürich', 'Zurich'],
  ['株式会社', '_'],
  ['..', '_'],
  ['.', '_'],
  ['', '_'],
  ['../../etc/passwd', '_etc-passwd'],
  ['/etc/passwd', '_etc-passwd'],
  ['C:\\Windows\\win.ini', 'C-Windows-win.ini'],
  ['HUB01\\Printers', 'HUB01-Printers'],
  ['-rf', '_rf'],
  ['.htaccess', '_htaccess'],
  ['con', '_con'],
  ['NUL.pem', '_NUL.pem'],
  ['com¹', '_com1'],
  ['console', 'console'],
  ['trailing. . ', 'trailing'],
  ['a\u0000b\nc', 'a-b-c'],
  ['*.contoso.com', '_contoso.com'],
];
for (const [name, expected] of names) {
  test(`the file name of ${JSON.stringify(name)} is ${expected}`, () => {
    assert.equal(safeFileName(name), expected);
  });
}

const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('con', 'CON', 'aux.txt', '..', '.', '/', 'a', 'A', 'a-2', 'ä', '-', ' '),
);

test('any name becomes one visible file in its folder', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const made = safeFileName(name);
      assert.match(made, /^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
      assert.ok(made.length <= 81);
      assert.doesNotMatch(made, /\.$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      assert.equal(normalize(join('/folder', made)), `/folder/${basename(made)}`);
    }),
  );
});

test('different names get different files, also where case does not count', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName), (all) => {
      const made = fileNamesFor(all);
      assert.deepEqual([...made.keys()], all);
      assert.equal(new Set([...made.values()].map((name) => name.toLowerCase())).size, all.length);
    }),
  );
});

test('any path stays in its folder', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyName, fc.constantFrom('/', '\\', '../', '..\\'))), (parts) => {
      const made = safeRelativePath(parts.join(''));
      assert.ok(normalize(join('/folder', made)).startsWith('/folder/'));
    }),
  );
});

const paths: readonly (readonly [path: string, stays: boolean])[] = [
  ['certs/contoso.pem', true],
  ['./contoso.pem', true],
  ['certs/../contoso.pem', true],
  ['certs\\contoso.pem', true],
  ['..contoso.pem', true],
  ['../contoso.pem', false],
  ['certs/../../contoso.pem', false],
  ['..\\contoso.pem', false],
  ['certs\\..\\../contoso.pem', false],
  ['/etc/passwd', false],
  ['\\\\server\\share\\x.pem', false],
  ['C:x.pem', false],
  ['', false],
  ['a\0b', false],
];
for (const [path, stays] of paths) {
  test(`${JSON.stringify(path)} ${stays ? 'stays in' : 'leaves'} the folder`, () => {
    assert.equal(staysInFolder(path), stays);
  });
}
