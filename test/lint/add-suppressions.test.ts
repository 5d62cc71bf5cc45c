import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { runExample } from '../../src/dev/rule-example.ts';
import { loadRules } from '../../src/dev/rule-files.ts';
import { addSuppressions } from '../../src/lint/add-suppressions.ts';
import { lintSource } from '../../src/lint-source.ts';
import { parseSource } from '../../src/source/parse-source.ts';

const rules = await loadRules(process.cwd());
const free = new Set(rules.filter(({ lock }) => lock === undefined).map(({ id }) => id));

/** Finds what all rules say, with the same files there as for one rule's examples. */
function lint(text: string): readonly Diagnostic[] {
  const fileExists = (path: string): boolean => !/(^|\/)missing/.test(path);
  return lintSource('topology.yaml', text, { rules, fileExists }).diagnostics;
}

function suppressed(text: string): string {
  const { value } = parseSource('topology.yaml', text);
  assert.ok(value);
  return addSuppressions(value, lint(text), rules, 'as agreed').text;
}

const head = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;

interface Case {
  readonly title: string;
  readonly text: string;
  readonly result: string;
}

const cases: readonly Case[] = [
  {
    title: 'above the entry, as deep as it',
    text: `receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [192.168.1.0] # ours
    permissionGroups: [AnonymousUsers]
`,
    result: `receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    # mailtopo: allow classful-remote-ip-range -- as agreed
    remoteIPRanges: [192.168.1.0] # ours
    permissionGroups: [AnonymousUsers]
`,
  },
  {
    title:
      'of a list over several lines above the line of the item, or of the whole where others begin there',
    text: `receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [
        192.168.1.0,
        192.168.2.1, 192.168.3.0]
    permissionGroups: [AnonymousUsers]
`,
    result: `receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    # mailtopo: allow classful-remote-ip-range -- as agreed
    remoteIPRanges: [
        # mailtopo: allow classful-remote-ip-range -- as agreed
        192.168.1.0,
        192.168.2.1, 192.168.3.0]
    permissionGroups: [AnonymousUsers]
`,
  },
  {
    title: 'several rules at one place share a comment, below one that is there already',
    text: `sendConnectors:
  # mailtopo: allow malformed-smart-host -- for now
  To Fabrikam: { addressSpaces: ["*fabrikam.com"], smartHosts: ["relay:25"], sourceTransportServers: [MBX1, MBX9], maxMessageSize: 25MB }
`,
    result: `sendConnectors:
  # mailtopo: allow malformed-smart-host -- for now
  # mailtopo: allow malformed-address-space, unknown-reference -- as agreed
  To Fabrikam: { addressSpaces: ["*fabrikam.com"], smartHosts: ["relay:25"], sourceTransportServers: [MBX1, MBX9], maxMessageSize: 25MB }
`,
  },
  {
    title: 'not inside a value over several lines',
    text: `sendConnectors:
  To Fabrikam:
    addressSpaces: [contoso.com, "fabrikam.\\
      com", "*bad.example"]
    sourceTransportServers: [MBX1]
    maxMessageSize: 25MB
`,
    result: `sendConnectors:
  To Fabrikam:
    # mailtopo: allow connector-for-authoritative-domain, malformed-address-space -- as agreed
    addressSpaces: [contoso.com, "fabrikam.\\
      com", "*bad.example"]
    sourceTransportServers: [MBX1]
    maxMessageSize: 25MB
`,
  },
];

for (const { title, text, result } of cases) {
  test(`addSuppressions: ${title}`, () => {
    assert.equal(suppressed(head + text), head + result);
    assert.equal(
      suppressed((head + text).replaceAll('\n', '\r\n')),
      (head + result).replaceAll('\n', '\r\n'),
    );
  });
}

function without(text: string): string {
  return text.replaceAll(/^.*# mailtopo: allow .* -- as agreed\n/gm, '');
}

function checked(title: string, text: string): void {
  test(`addSuppressions: nothing that may be suppressed is left of ${title}, and nothing comes`, () => {
    const result = suppressed(text);
    assert.equal(without(result), text);
    const rest = (found: readonly Diagnostic[]): readonly string[] =>
      found.filter(({ rule }) => !free.has(rule)).map(({ rule, message }) => `${rule} ${message}`);
    assert.deepEqual(rest(lint(result)), rest(lint(text)));
    assert.deepEqual(
      lint(result).filter(({ rule }) => free.has(rule)),
      [],
    );
    assert.equal(suppressed(result), result);
  });
}

for (const rule of rules) {
  for (const [index, example] of rule.examples.bad.entries()) {
    const { text } = runExample(rule, example);
    if (parseSource('topology.yaml', text).value) checked(`bad example ${index + 1} of ${rule.id}`, text);
  }
}

for (const name of readdirSync('test/golden')) {
  const text = readFileSync(`test/golden/${name}/topology.yaml`, 'utf8');
  if (parseSource('topology.yaml', text).value) checked(name, text);
}
