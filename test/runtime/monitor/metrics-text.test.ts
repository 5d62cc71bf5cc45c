import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Counters } from '../../../runtime/monitor/counters.ts';
import { metricsText } from '../../../runtime/monitor/metrics-text.ts';

test('metrics text: a label can end neither itself nor its line', () => {
  const text = metricsText([
    {
      name: 'a',
      type: 'gauge',
      help: 'What it is.',
      samples: [{ labels: { queue: 'x"} 1\nforged 2\r\\', state: 'active' }, value: 3 }],
    },
  ]);
  assert.equal(
    text,
    '# HELP a What it is.\n# TYPE a gauge\na{queue="x\\"} 1\\\\u000aforged 2\\\\u000d\\\\",state="active"} 3\n',
  );
});

test('counters: equal labels are one sample, and what has not happened is named', () => {
  const counters = new Counters();
  for (const code of [550, 550, 451])
    counters.count({ kind: 'refusal', server: 'MBX1', connector: 'Clients', code });
  const text = metricsText(counters.families());
  assert.match(text, /^mailtopo_refused_replies_total\{server="MBX1",connector="Clients",code="550"\} 2$/m);
  assert.match(text, /^mailtopo_refused_replies_total\{server="MBX1",connector="Clients",code="451"\} 1$/m);
  assert.match(text, /^# TYPE mailtopo_dsns_total counter$/m);
  assert.doesNotMatch(text, /^mailtopo_dsns_total/m);
});
