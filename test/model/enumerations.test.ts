import assert from 'node:assert/strict';
import test from 'node:test';
import { settingOf } from '../../src/exchange/cmdlets.ts';
import type { SettingObject } from '../../src/exchange/setting.ts';
import { authMechanisms, permissionGroups, smartHostAuthMechanisms } from '../../src/model/enumerations.ts';

interface Case {
  readonly object: SettingObject;
  readonly key: string;
  readonly words: readonly string[];
}

const cases: readonly Case[] = [
  { object: 'receiveConnector', key: 'authMechanism', words: authMechanisms },
  { object: 'receiveConnector', key: 'permissionGroups', words: permissionGroups },
  { object: 'sendConnector', key: 'smartHostAuthMechanism', words: smartHostAuthMechanisms },
];

for (const { object, key, words } of cases) {
  test(`the words of ${key} are the catalogue's`, () => {
    const known = settingOf(object, key)?.values?.flatMap(({ values }) => values);
    assert.deepEqual([...words].sort(), [...new Set(known)].sort());
  });
}
