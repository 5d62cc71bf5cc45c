import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transportConfig } from '../../../src/emit/node-smtp/config.ts';
import { wire } from '../../../src/emit/node-smtp/wiring.ts';
import type { Plan } from '../../../src/plan/step.ts';
import { fromFabrikam, sampleLineOf, samplePlan, toFabrikam } from '../../support/sample-plan.ts';

async function topologyOf(javaScript: string): Promise<unknown> {
  const url = `data:text/javascript;base64,${Buffer.from(javaScript).toString('base64')}`;
  const module = (await import(url)) as { readonly topology: unknown };
  return module.topology;
}

const hostile = [
  "'; process.exit(1); '",
  '`${process.exit(1)}`',
  '*/ process.exit(1) /*',
  'line\nend // process.exit(1)',
  'separator\u2028process.exit(1)',
  'turned \u202e\u2066 around',
  'half \ud800 a character',
  '\\u0027 \\',
  '__proto__',
  'Zürich, 株式会社, 📮',
];

const plans: readonly (readonly [title: string, plan: Plan])[] = [
  ['the sample', samplePlan],
  ['an empty topology', { ...samplePlan, servers: [], certificates: [], partners: [], steps: [] }],
  ...hostile.map((name): readonly [string, Plan] => [
    `a connector called ${JSON.stringify(name)}`,
    {
      ...samplePlan,
      file: name,
      organization: name,
      steps: [
        { ...fromFabrikam, name },
        { ...toFabrikam, name },
      ],
    },
  ]),
];

for (const [title, plan] of plans) {
  test(`wiring: ${title} runs as what it was`, async () => {
    const wired = transportConfig(plan);
    const { javaScript, typeScript } = wire(wired, plan.file, sampleLineOf);
    assert.deepEqual(await topologyOf(javaScript), wired.config);
    // Nothing that a reader does not see, and LF for line ends.
    assert.doesNotMatch(typeScript, /[^\P{C}\n]/u);
    assert.equal(wire(transportConfig(plan), plan.file, sampleLineOf).typeScript, typeScript);
  });
}

test('wiring: names stay readable', () => {
  const plan = { ...samplePlan, organization: 'Zürich, 株式会社, 📮' };
  const { typeScript } = wire(transportConfig(plan), plan.file, sampleLineOf);
  assert.match(typeScript, /organization: 'Zürich, 株式会社, 📮'/);
});

for (const kind of ['typeScript', 'javaScript'] as const) {
  test(`wiring: lines of ${kind} lead back to the topology`, () => {
    const wiring = wire(transportConfig(samplePlan), samplePlan.file, sampleLineOf);
    const lines = wiring[kind].split('\n');
    const cited = wiring.lines[kind].map(({ line, what, origin }) => [
      what,
      lines[line - 2]?.trim(),
      lines[line]?.trim(),
      sampleLineOf(origin),
    ]);
    assert.deepEqual(cited.slice(-2), [
      ['receiveConnectors "From Fabrikam"', '// topology.yaml:40', "name: 'From Fabrikam',", 40],
      ['sendConnectors "To Fabrikam"', '// topology.yaml:30', "name: 'To Fabrikam',", 30],
    ]);
  });
}
