import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import type { Cmdlet } from '../../src/exchange/cmdlet.ts';
import { compareVersions, type VersionFact } from '../../src/exchange/version.ts';

const folder = 'src/exchange/catalogue';
const readJson = (path: string): object => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as object;

const schema = readJson('catalogue.schema.json');
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema(schema);

const cmdletFiles = readdirSync(`${folder}/cmdlets`);

const files: readonly (readonly [path: string, form: string])[] = [
  ...cmdletFiles.map((file) => [`cmdlets/${file}`, ''] as const),
  ['versions.json', '#/$defs/versionsFile'],
  ['setup-connectors.json', '#/$defs/setupFile'],
];

for (const [path, form] of files) {
  test(`catalogue: ${path} has its form`, () => {
    const validate = ajv.getSchema(`urn:mailtopo:catalogue${form}`);
    assert.ok(validate);
    assert.equal(validate(readJson(path)), true, JSON.stringify(validate.errors));
  });
}

test('catalogue: the schema says no to a file that is wrong', () => {
  const validate = ajv.getSchema('urn:mailtopo:catalogue');
  const cmdlet = readJson('cmdlets/Set-TransportConfig.json');
  assert.equal(validate?.({ ...cmdlet, since: '2012' }), false);
  assert.equal(validate?.({ ...cmdlet, parameters: { A: { type: 'Boolean' } } }), false);
  assert.equal(validate?.({ ...cmdlet, more: true }), false);
});

test('catalogue: there are the cmdlets that scripts need, each in the file of its name', () => {
  assert.equal(cmdletFiles.length, 73);
  for (const file of cmdletFiles) assert.equal(`${(readJson(`cmdlets/${file}`) as Cmdlet).name}.json`, file);
});

for (const file of cmdletFiles) {
  test(`catalogue: versions and sets in ${file} agree with each other`, () => {
    const cmdlet = readJson(`cmdlets/${file}`) as Cmdlet;
    const sets = Object.keys(cmdlet.parameterSets);
    assert.deepEqual(
      Object.entries(cmdlet.parameters).flatMap(([name, parameter]) => [
        ...(isInside(parameter, cmdlet) ? [] : [`${name} is in versions that the cmdlet is not in`]),
        ...[...(parameter.sets ?? []), ...(parameter.requiredIn ?? [])]
          .filter((set) => !sets.includes(set))
          .map((set) => `${name} is in a set that is not there: ${set}`),
      ]),
      [],
    );
  });
}

function isInside(inner: VersionFact, outer: VersionFact): boolean {
  const [since, until] = [inner.since ?? '2007', inner.until ?? 'SE'];
  return (
    compareVersions(outer.since ?? '2007', since) <= 0 &&
    compareVersions(since, until) <= 0 &&
    compareVersions(until, outer.until ?? 'SE') <= 0
  );
}
