/** What holds of every input, whatever it is: said once, for the quick run and the long one. */
import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { findingKey } from '../../src/base/finding-key.ts';
import { compareWith, entryOf, parseBaseline, printBaseline } from '../../src/baseline/baseline.ts';
import { fixText, type FixChoice } from '../../src/fix/fix-text.ts';
import { formatSource } from '../../src/format/format-source.ts';
import { addSuppressions } from '../../src/lint/add-suppressions.ts';
import { builtIn } from '../../src/lint/built-in.ts';
import { lintSource } from '../../src/lint-source.ts';
import { checkstyle } from '../../src/report/checkstyle.ts';
import { compact } from '../../src/report/compact.ts';
import { github } from '../../src/report/github.ts';
import { gitlab } from '../../src/report/gitlab.ts';
import { json } from '../../src/report/json.ts';
import { junit } from '../../src/report/junit.ts';
import { pretty } from '../../src/report/pretty.ts';
import { coloured, plain, type Findings } from '../../src/report/report.ts';
import { sarif } from '../../src/report/sarif.ts';
import { decodeLossily, decodeSource } from '../../src/source/decode-source.ts';
import { plainOf } from '../../src/source/located.ts';
import { parseSource } from '../../src/source/parse-source.ts';
import { readPieces } from '../../src/source/pieces.ts';
import { rules } from '../../rules/index.ts';

const file = 'topology.yaml';
const known: ReadonlySet<string> = new Set([...rules, ...builtIn].map(({ id }) => id));

function findingsIn(text: string): readonly Diagnostic[] {
  return lintSource(file, text, {
    rules,
    fileExists: (path) => path.length % 2 === 0,
    certificateOf: () => ({ kind: 'missing' }),
    now: Date.UTC(2026, 0, 1),
  }).diagnostics;
}

function placesHold(text: string, found: readonly Diagnostic[]): void {
  for (const { rule, message, help, at, related, fix } of found) {
    assert.ok(known.has(rule), rule);
    assert.match(message, /^[^\n]+[.?]$/s);
    assert.notEqual(help, '');
    const places = [at, ...related.map((one) => one.at), ...(fix?.edits ?? []).map((one) => one.at)];
    for (const place of places) {
      const { start, end } = place;
      assert.equal(place.file, file);
      assert.ok(
        0 <= start && start <= end && end <= text.length,
        `${rule} at ${start}-${end} of ${text.length}`,
      );
      assert.ok(Number.isInteger(start) && Number.isInteger(end));
    }
  }
}

/** Counts the elements of a document; one that is not well-formed fails. */
function elementsOf(xml: string, name: string): number {
  let count = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', (tag) => void (count += tag.name === name ? 1 : 0));
  parser.write(xml).close();
  return count;
}

/** Formats that a terminal shows as they are; the others hand text on as it is. */
const people: ReadonlySet<string> = new Set(['pretty', 'compact', 'github']);
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;

function reportsHold(text: string, diagnostics: readonly Diagnostic[]): void {
  const findings: Findings = { diagnostics, sources: new Map([[file, text]]), version: () => '1.2.3' };
  const count = diagnostics.length;
  const texts = {
    pretty: pretty(findings, plain),
    compact: compact(findings, plain),
    github: github(findings),
    json: json(findings),
    sarif: sarif(findings),
    gitlab: gitlab(findings),
    junit: junit(findings),
    checkstyle: checkstyle(findings),
  };
  for (const [format, report] of Object.entries(texts)) {
    assert.equal(Buffer.from(report, 'utf8').toString('utf8'), report, `${format} holds half a character`);
    if (people.has(format)) assert.doesNotMatch(report, controls, format);
  }
  const headline = /^topology\.yaml:[1-9]\d*:[1-9]\d*: (error|warning|info): .+ \[[a-z0-9-]+\]$/;
  const lines = texts.compact.split('\n').slice(0, -1);
  assert.equal(lines.length, count);
  for (const line of lines) assert.match(line, headline);
  for (const line of lines) assert.ok(`\n${texts.pretty}`.includes(`\n${line}\n`), line);
  assert.equal(
    texts.github.match(/^::(error|warning|notice) file=topology\.yaml,line=\d+,.*::.+$/gm)?.length ?? 0,
    count,
  );
  assert.equal(JSON.parse(texts.json).diagnostics.length, count);
  assert.equal(JSON.parse(texts.sarif).runs[0].results.length, count);
  const issues = JSON.parse(texts.gitlab) as readonly { readonly fingerprint: string }[];
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, count);
  assert.equal(elementsOf(texts.junit, 'testcase'), Math.max(1, count));
  assert.equal(elementsOf(texts.checkstyle, 'error'), count);
  pretty(findings, coloured);
}

function commentsOf(text: string): readonly string[] {
  const pieces = readPieces(text.replaceAll('\r\n', '\n'));
  return pieces.flatMap(({ kind, source }) => (kind === 'comment' ? [source.trimEnd()] : []));
}

/** `formatSource` reads its own result and throws where a value or a comment would be lost. */
function formatHolds(text: string): void {
  const { value: once, diagnostics } = formatSource(file, text);
  placesHold(text, diagnostics);
  if (once === undefined) return assert.ok(diagnostics.length > 0);
  assert.equal(formatSource(file, once).value, once, 'formatting twice is formatting once');
}

function fixHolds(text: string, choice: FixChoice): void {
  const fixed = fixText(text, findingsIn, choice);
  placesHold(fixed.text, fixed.diagnostics);
  if (fixed.applied.length === 0) return assert.equal(fixed.text, text);
  assert.ok(parseSource(file, fixed.text).value, 'what was fixed is YAML');
  assert.deepEqual(commentsOf(fixed.text), commentsOf(text));
  assert.deepEqual(findingsIn(fixed.text), fixed.diagnostics);
}

function keysOf(found: readonly Diagnostic[]): readonly string[] {
  return found.map(findingKey).sort();
}

function suppressionsHold(text: string, found: readonly Diagnostic[]): void {
  const { value: document } = parseSource(file, text);
  if (document === undefined) return;
  const { text: allowed, suppressed } = addSuppressions(document, found, rules, 'so it is');
  const { value: after } = parseSource(file, allowed);
  assert.ok(after, 'with suppressions it is YAML');
  assert.deepEqual(plainOf(after.root), plainOf(document.root));
  const left = new Set(found.filter((one) => !suppressed.includes(one)));
  assert.deepEqual(keysOf(findingsIn(allowed)), keysOf([...left]));
}

function baselineHolds(found: readonly Diagnostic[]): void {
  const entries = parseBaseline(printBaseline(found.map((one) => entryOf(one, file))));
  assert.ok(typeof entries !== 'string', String(entries));
  assert.deepEqual(
    compareWith(entries, found, (name) => name),
    { fresh: [], gone: [] },
  );
}

/** Whatever a text is, it is linted, reported, formatted, fixed and suppressed without a throw, and nothing is lost. */
export function textHolds(text: string): void {
  const found = findingsIn(text);
  placesHold(text, found);
  assert.deepEqual(findingsIn(text), found, 'the same text gives the same findings');
  reportsHold(text, found);
  baselineHolds(found);
  formatHolds(text);
  fixHolds(text, 'safe');
  fixHolds(text, 'all');
  suppressionsHold(text, found);
}

/** Whatever bytes are, they are a text that holds, or a fault at a place in what can be shown of them. */
export function bytesHold(bytes: Uint8Array): void {
  const { value, diagnostics } = decodeSource(file, bytes);
  if (value !== undefined) return textHolds(value);
  const shown = decodeLossily(bytes);
  assert.equal(diagnostics.length, 1);
  placesHold(shown, diagnostics);
  reportsHold(shown, diagnostics);
}
