/** Organizations as they are met in real life, each of them right: a finding about one is a false alarm of ours. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '../rules/index.ts';
import { compile } from '../src/compile.ts';
import { emitters } from '../src/emit/index.ts';
import { exchangeVersions } from '../src/exchange/version.ts';
import { parseSource } from '../src/source/parse-source.ts';
import { bindTopology } from '../src/model/bind-topology.ts';

const folder = 'test/topologies';
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));

for (const { name, text } of cases) {
  test(`${name} is right: no error, no warning, and it compiles`, async () => {
    const { value, diagnostics } = await compile(name, text, {
      rules,
      fileExists: () => false,
      emitters: Object.values(emitters),
      keys: 'left-out',
    });
    const found = diagnostics.filter(({ severity }) => severity !== 'info');
    assert.deepEqual(
      found.map(({ rule, message }) => `${rule}: ${message}`),
      [],
    );
    assert.ok((value?.length ?? 0) > 0);
  });
  test(`${name} says what it shows, and silences no rule`, () => {
    assert.match(text, /^# [A-Z].+[.]\nmailtopo: 1\n/);
    assert.doesNotMatch(text, /mailtopo: allow|^lint:/m);
  });
}

test('there are thirty or more, and every version is among them', () => {
  assert.ok(cases.length >= 30, `${cases.length} topologies`);
  const versions = new Set(
    cases.flatMap(({ name, text }) => {
      const document = parseSource(name, text).value;
      const topology = document && bindTopology(document).value;
      return topology?.servers.map(({ version }) => version.value) ?? [];
    }),
  );
  assert.deepEqual([...versions].sort(), [...exchangeVersions].sort());
});
