import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DefaultValue } from '../../src/exchange/cmdlet.ts';
import { valueOfDefault, valueOfNode, type ValueShape } from '../../src/plan/parameter-value.ts';
import type { ParameterValue } from '../../src/plan/step.ts';
import type { LocatedNode, LocatedScalar } from '../../src/source/located.ts';

const at = { file: 'topology.yaml', start: 0, end: 0, path: '' };

function scalar(value: LocatedScalar['value'], text = String(value)): LocatedNode {
  return { kind: 'scalar', value, text, style: 'plain', at };
}

function list(...items: readonly LocatedNode[]): LocatedNode {
  return { kind: 'list', style: 'flow', items, at };
}

function shape(
  form: ValueShape['form'],
  names?: readonly string[],
  isList: 'list' | 'one' = 'one',
): ValueShape {
  return { form, list: isList === 'list', names: names ?? [] };
}

const mechanisms = ['None', 'Tls', 'BasicAuth'];

const cases: readonly {
  readonly title: string;
  readonly node: LocatedNode;
  readonly shape: ValueShape;
  readonly value: ParameterValue;
}[] = [
  {
    title: 'a boolean',
    node: scalar(true),
    shape: shape('boolean'),
    value: { kind: 'boolean', value: true },
  },
  {
    title: 'a size with a blank',
    node: scalar('25 MB'),
    shape: shape('size'),
    value: { kind: 'size', bytes: 26214400 },
  },
  {
    title: 'a size without a unit',
    node: scalar(10240),
    shape: shape('size-limit'),
    value: { kind: 'size', bytes: 10240 },
  },
  {
    title: 'a size without a unit where the cmdlet takes kilobytes',
    node: scalar(10240),
    shape: { ...shape('size-limit'), bareNumber: 'KB' },
    value: { kind: 'size', bytes: 10485760 },
  },
  {
    title: 'a size without limit',
    node: scalar('Unlimited'),
    shape: shape('size-limit'),
    value: { kind: 'size', bytes: 'unlimited' },
  },
  {
    title: 'a count without limit',
    node: scalar('unlimited'),
    shape: shape('limit'),
    value: { kind: 'limit', value: 'unlimited' },
  },
  { title: 'a count', node: scalar(5000), shape: shape('limit'), value: { kind: 'limit', value: 5000 } },
  {
    title: 'a duration with a unit',
    node: scalar('10m'),
    shape: shape('time-span'),
    value: { kind: 'time-span', seconds: 600 },
  },
  {
    title: 'words of an enumeration, whatever their case',
    node: list(scalar('tls'), scalar('BASICAUTH')),
    shape: shape('enum', mechanisms, 'list'),
    value: { kind: 'enum', names: ['Tls', 'BasicAuth'], multi: true },
  },
  {
    title: 'one word for a list of words',
    node: scalar('Tls'),
    shape: shape('enum', mechanisms, 'list'),
    value: { kind: 'enum', names: ['Tls'], multi: true },
  },
  {
    title: 'a list of texts',
    node: list(scalar('a'), scalar(null, ''), scalar(1)),
    shape: shape('text', [], 'list'),
    value: { kind: 'list', items: ['a', '1'] },
  },
  { title: 'nothing', node: scalar(null, ''), shape: shape('text'), value: { kind: 'null' } },
  {
    title: 'a size that means nothing',
    node: scalar('25 Megs'),
    shape: shape('size'),
    value: { kind: 'text', text: '25 Megs' },
  },
  {
    title: 'a number that is none',
    node: scalar('1e3'),
    shape: shape('number'),
    value: { kind: 'text', text: '1e3' },
  },
];

for (const { title, node, shape: read, value } of cases) {
  test(`a written parameter: ${title}`, () => {
    assert.deepEqual(valueOfNode(node, read), value);
  });
}

const defaults: readonly (readonly [DefaultValue, ValueShape, ParameterValue])[] = [
  [null, shape('text'), { kind: 'null' }],
  [true, shape('boolean'), { kind: 'boolean', value: true }],
  [25, shape('number'), { kind: 'number', value: 25 }],
  ['36MB', shape('size'), { kind: 'size', bytes: 37748736 }],
  ['1.00:00:00', shape('time-span'), { kind: 'time-span', seconds: 86400 }],
  [[], shape('text', [], 'list'), { kind: 'list', items: [] }],
  [['Default'], shape('enum', ['Default'], 'list'), { kind: 'enum', names: ['Default'], multi: true }],
  ['None', shape('enum', ['None', 'Verbose']), { kind: 'enum', names: ['None'], multi: false }],
];

for (const [value, read, expected] of defaults) {
  test(`a default of the catalogue: ${JSON.stringify(value)} as ${read.form}`, () => {
    assert.deepEqual(valueOfDefault(value, read), expected);
  });
}
