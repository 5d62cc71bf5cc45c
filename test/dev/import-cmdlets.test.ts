import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DigestCmdlet, DigestParameter } from '../../src/dev/cmdlet-digest.ts';
import { convertCmdlet, rangeOfVersions } from '../../src/dev/import-cmdlets.ts';
import type { Parameter } from '../../src/exchange/cmdlet.ts';

const everywhere = ['2007', '2010', '2013', '2016', '2019', 'SE', 'EXO'];
const plain = { type: 'Boolean', versions: everywhere, sets: '*' } as const;

interface Case {
  readonly title: string;
  readonly digest: DigestParameter;
  readonly parameter: Parameter | undefined;
}

const cases: readonly Case[] = [
  { title: 'all versions', digest: plain, parameter: { type: 'Boolean', since: '2007' } },
  {
    title: 'some versions',
    digest: { ...plain, versions: ['2010', '2013'] },
    parameter: { type: 'Boolean', since: '2010', until: '2013' },
  },
  { title: 'the cloud alone', digest: { ...plain, versions: ['EXO', 'EOP'] }, parameter: undefined },
  {
    title: 'a default that is a boolean',
    digest: { ...plain, default: '$false' },
    parameter: { type: 'Boolean', since: '2007', defaults: [{ value: false }] },
  },
  {
    title: 'a default by version, with nothing said of 2007',
    digest: { ...plain, type: 'Int32', default: { '2010': '10', '2013+': '20' } },
    parameter: {
      type: 'Int32',
      since: '2007',
      defaults: [
        {
          when: { since: '2007', until: '2010' },
          value: 10,
          note: 'taken from 2010 for 2007, whose reference is silent',
        },
        { when: { since: '2013' }, value: 20 },
      ],
    },
  },
  {
    title: 'a default by usage, of a list',
    digest: { ...plain, type: 'Words', multi: true, default: { Client: 'A,B' } },
    parameter: {
      type: 'Words',
      multi: true,
      since: '2007',
      defaults: [{ when: { usage: ['client'] }, value: ['A', 'B'] }],
    },
  },
  {
    title: 'a range with a unit',
    digest: { ...plain, type: 'Unlimited', range: ['0', '9', 'bytes|unlimited'] },
    parameter: {
      type: 'Unlimited',
      since: '2007',
      range: [{ min: '0', max: '9', unit: 'bytes', unlimited: true }],
    },
  },
  {
    title: 'values by version',
    digest: { ...plain, type: 'Words', enum: ['A'], enumByVersion: { '2007': ['A'], '2010+': ['A', 'B'] } },
    parameter: {
      type: 'Words',
      since: '2007',
      values: [
        { when: { since: '2007', until: '2007' }, values: ['A'] },
        { when: { since: '2010' }, values: ['A', 'B'] },
      ],
    },
  },
];

for (const { title, digest, parameter } of cases) {
  test(`import-cmdlets: ${title}`, () => {
    assert.deepEqual(convertCmdlet('Get-Nothing', cmdlet(digest)).parameters.P, parameter);
  });
}

const refused: readonly (readonly [title: string, digest: DigestParameter])[] = [
  ['versions with a gap', { ...plain, versions: ['2010', '2016'] }],
  ['a range in words', { ...plain, range: ['0', '9', 'on Sundays'] }],
  ['a range by version', { ...plain, range: { '2010': ['0', '9'] } }],
  ['values for an unknown version', { ...plain, enumByVersion: { '2012': ['A'] } }],
];

for (const [title, digest] of refused) {
  test(`import-cmdlets: stops at ${title}`, () => {
    assert.throws(() => convertCmdlet('Get-Nothing', cmdlet(digest)));
  });
}

test('import-cmdlets: a correction goes before what the references say', () => {
  const { parameters } = convertCmdlet('New-SendConnector', {
    ...cmdlet(plain),
    parameters: { CloudServicesMailEnabled: { ...plain, default: '$true' } },
  });
  assert.equal(parameters.CloudServicesMailEnabled?.defaults?.[0]?.value, false);
});

test('import-cmdlets: versions of the cloud do not count', () => {
  assert.deepEqual(rangeOfVersions(['2016', '2019', 'SE', 'EXO']), { since: '2016' });
  assert.equal(rangeOfVersions(['EXO']), undefined);
});

function cmdlet(parameter: DigestParameter): DigestCmdlet {
  return { appliesTo: everywhere, source: 'x.md', parameterSets: {}, parameters: { P: parameter } };
}
