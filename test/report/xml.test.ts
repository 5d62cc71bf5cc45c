import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse as parseJunit } from 'junit2json';
import { SaxesParser } from 'saxes';
import { validateXML } from 'xmllint-wasm';
import { printable } from '../../src/base/printable.ts';
import { checkstyle } from '../../src/report/checkstyle.ts';
import { junit } from '../../src/report/junit.ts';
import type { Findings } from '../../src/report/report.ts';
import { hostileFindings } from '../support/sample-findings.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Reads a document with a parser that refuses what is not well-formed; elements in the order of their ends. */
function elementsOf(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => void open.push({ name, attributes, text: '' }));
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void elements.push(open.pop() as Element));
  parser.write(xml).close();
  return elements;
}

async function faultsIn(xml: string, schema: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: xml }],
    schema: [readFileSync(`test/report/schemas/${schema}.xsd`, 'utf8')],
  });
  return errors.map(({ message }) => message);
}

const at = { file: 'a/b.yaml', start: 3, end: 6, path: '/a' };
const sample: Findings = {
  diagnostics: [
    { rule: 'schema', severity: 'error', message: '"one" & <two>\u0000.', help: 'Mend it.', at, related: [] },
    { rule: 'some-rule', severity: 'warning', message: 'Odd.', at, related: [] },
    { rule: 'other-rule', severity: 'info', message: 'As it is.', at, related: [] },
  ],
  sources: new Map([
    [at.file, 'a: one\n'],
    ['clean.yaml', 'a: 1\n'],
  ]),
};

test('checkstyle: to the letter', () => {
  assert.equal(
    checkstyle(sample),
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<checkstyle version="4.3">',
      '<file name="a/b.yaml">',
      '<error line="1" column="4" severity="error" message="&quot;one&quot; &amp; &lt;two&gt;&lt;U+0000&gt;. Mend it." source="mailtopo.schema"/>',
      '<error line="1" column="4" severity="warning" message="Odd." source="mailtopo.some-rule"/>',
      '<error line="1" column="4" severity="info" message="As it is." source="mailtopo.other-rule"/>',
      '</file>',
      '<file name="clean.yaml">',
      '</file>',
      '</checkstyle>',
      '',
    ].join('\n'),
  );
});

test('junit: a reader of test reports sees what failed, what passed, and the counts', async () => {
  const report = await parseJunit(junit(sample));
  assert.ok(report && 'testsuite' in report && Array.isArray(report.testsuite));
  assert.deepEqual([report.tests, report.failures, report.errors], [4, 2, 0]);
  const [first, second] = report.testsuite;
  assert.ok(first && 'testcase' in first && second && 'testcase' in second);
  assert.deepEqual([first.name, first.tests, first.failures], ['a/b.yaml', 3, 2]);
  assert.deepEqual(
    first.testcase?.map(({ name, failure }) => [name, failure?.[0]?.type]),
    [
      ['schema: "one" & <two><U+0000>.', 'error'],
      ['some-rule: Odd.', 'warning'],
      ['other-rule: As it is.', undefined],
    ],
  );
  assert.match(
    first.testcase?.[0]?.failure?.[0]?.inner ?? '',
    /^a\/b\.yaml:1:4: error: [^]*\^\^\^\n[^]*help: Mend it\.\n$/,
  );
  assert.match(first.testcase?.[2]?.['system-out']?.[0] ?? '', /info: As it is\./);
  assert.deepEqual(
    second.testcase?.map(({ name, classname, failure }) => [name, classname, failure]),
    [['lints clean', 'clean.yaml', undefined]],
  );
});

test('xml: the schemas refuse what is none', async () => {
  assert.notDeepEqual(await faultsIn(junit(sample).replace('failures="2"', ''), 'junit'), []);
  assert.notDeepEqual(await faultsIn(checkstyle(sample).replace('line="1"', 'line="0"'), 'checkstyle'), []);
  assert.throws(() => elementsOf('<a>\u0001</a>'));
});

test('junit: whatever the names and words, the report is well-formed and holds them', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const elements = elementsOf(junit(findings));
      const cases = elements.filter(({ name }) => name === 'testcase');
      for (const { rule, severity, message, at } of findings.diagnostics) {
        const name = `${rule}: ${printable(message)}`;
        const found = cases.find(
          ({ attributes }) => attributes.name === name && attributes.classname === printable(at.file),
        );
        assert.ok(found, name);
        if (severity === 'info') continue;
        const failures = elements.filter((one) => one.name === 'failure');
        assert.ok(failures.some(({ attributes }) => attributes.message === printable(message)));
      }
    }),
    { numRuns: 60 },
  );
});

test('checkstyle: whatever the names and words, the report is well-formed and holds them', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const elements = elementsOf(checkstyle(findings));
      const errors = elements.filter(({ name }) => name === 'error').map(({ attributes }) => attributes);
      assert.equal(errors.length, findings.diagnostics.length);
      for (const [index, { rule, severity, message, help }] of findings.diagnostics.entries()) {
        const words = printable(help === undefined ? message : `${message} ${help}`);
        const { source, severity: weight, message: said } = errors[index] ?? {};
        assert.deepEqual([source, weight, said], [`mailtopo.${rule}`, severity, words]);
      }
      const files = elements.filter(({ name }) => name === 'file').map(({ attributes }) => attributes.name);
      assert.deepEqual(files, [...findings.sources.keys()].map(printable));
    }),
    { numRuns: 60 },
  );
});

test('junit, checkstyle: hostile reports fit their schemas', async () => {
  for (const findings of fc.sample(hostileFindings, { numRuns: 5, seed: 1 })) {
    assert.deepEqual(await faultsIn(junit(findings), 'junit'), []);
    assert.deepEqual(await faultsIn(checkstyle(findings), 'checkstyle'), []);
  }
});
