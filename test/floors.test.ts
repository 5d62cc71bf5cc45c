import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** A room of the house, and what it may import; the longest matching prefix decides in which room a file is. */
const floors: Readonly<Record<string, readonly string[]>> = {
  'src/base/': [],
  'src/mail/': ['src/base/', 'ipaddr.js', 'node:url'],
  'src/exchange/': ['src/base/'],
  'src/source/': ['src/base/', 'yaml'],
  'src/schema/': ['src/base/', 'src/source/located.ts', 'ajv'],
  'src/model/': ['src/base/', 'src/mail/', 'src/source/located.ts', 'src/exchange/'],
  'src/lint/': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/source/located.ts',
    'src/model/',
    'src/certificate/',
  ],
  'src/rule-kit.ts': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/model/',
    'src/lint/',
    'src/certificate/',
    'src/source/located.ts',
    'src/rule-kit/',
    'runtime/decide/',
  ],
  'src/rule-kit/': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/model/',
    'src/certificate/',
    'src/source/located.ts',
    'runtime/decide/',
    'runtime/config.ts',
  ],
  'rules/': ['src/rule-kit.ts'],
  'rules/index.ts': ['src/rule-kit.ts', 'rules/'],
  'src/plan/': ['src/base/', 'src/mail/', 'src/exchange/', 'src/model/'],
  'src/emit/': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/plan/',
    'src/certificate/pem-file.ts',
    'runtime/config.ts',
  ],
  // The letter to a partner quotes what the transport says.
  'src/emit/partner/': [
    'src/base/',
    'src/mail/',
    'src/plan/',
    'src/certificate/pem-file.ts',
    'src/emit/',
    'runtime/decide/outbound-tls.ts',
    'runtime/server/reply.ts',
  ],
  'src/emit/node-smtp/': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/plan/',
    'src/emit/',
    'runtime/config.ts',
    'ts-morph',
  ],
  'src/emit/index.ts': ['src/emit/'],
  // Of the transport, a trace sees what decides and what speaks without a socket, and no file that opens one.
  'src/trace/': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/plan/step.ts',
    'src/report/report.ts',
    'runtime/config.ts',
    'runtime/decide/',
    'runtime/server/reply.ts',
    'runtime/server/receiver.ts',
    'runtime/server/session.ts',
    'runtime/server/take-command.ts',
    'runtime/server/verb-auth.ts',
    'runtime/users/logon.ts',
    'runtime/users/mailbox-key.ts',
    'runtime/client/extensions.ts',
    'runtime/client/name-facts.ts',
    'runtime/client/resolve.ts',
    'runtime/client/transaction-commands.ts',
    'runtime/queue/error-policy.ts',
    'runtime/queue/route.ts',
  ],
  // A probe is the transport's own client without the mail.
  'src/probe/': [
    'src/base/',
    'src/certificate/',
    'src/mail/',
    'src/plan/step.ts',
    'src/report/report.ts',
    'src/trace/',
    'runtime/client/',
    'runtime/clock.ts',
    'runtime/config.ts',
    'runtime/decide/',
    'runtime/witness.ts',
    'node:',
  ],
  'src/verify/': [
    'src/base/',
    'src/mail/',
    'src/model/topology.ts',
    'src/report/report.ts',
    'src/report/xml.ts',
    'src/trace/',
    'runtime/config.ts',
    'runtime/decide/',
  ],
  'src/trace-source.ts': [
    'src/base/',
    'src/certificate/',
    'src/emit/node-smtp/config.ts',
    'src/lint-source.ts',
    'src/model/topology.ts',
    'src/plan/',
    'src/report/text-position.ts',
    'src/trace/',
    'runtime/decide/certificate.ts',
    'runtime/server/certificate-facts.ts',
    'node:crypto',
  ],
  'src/picture/': [
    'src/base/',
    'src/mail/',
    'src/plan/',
    'src/report/terminal-cells.ts',
    'src/report/xml.ts',
    'runtime/config.ts',
    'runtime/decide/',
  ],
  'src/page/': [
    'src/base/',
    'src/mail/',
    'src/plan/',
    'src/picture/',
    'src/report/',
    'src/trace/',
    'src/verify/proof.ts',
    'src/emit/partner/',
    'runtime/config.ts',
    'runtime/decide/',
    'node:crypto',
  ],
  // What runs in a page reaches nothing of Node; the build holds the same for all that it imports.
  'src/page/browser/': [
    'src/base/',
    'src/trace/',
    'src/page/days-left.ts',
    'src/page/trace-model.ts',
    'src/page/stand-in/',
  ],
  'src/page/stand-in/': [],
  'src/certificate/': ['src/base/', 'src/whole-file.ts', 'node:'],
  'src/format/': [
    'src/base/',
    'src/mail/',
    'src/exchange/',
    'src/source/',
    'src/schema/json-schema.ts',
    'src/schema/expanded-schema.js',
  ],
  'src/baseline/': ['src/base/', 'src/report/fingerprint.ts'],
  'src/report/': ['src/base/', 'get-east-asian-width', 'node:crypto'],
  'src/fix/': ['src/base/', 'src/source/'],
  'src/lint-source.ts': [
    'src/base/',
    'src/certificate/pem-file.ts',
    'src/exchange/',
    'src/source/',
    'src/schema/',
    'src/model/',
    'src/lint/',
  ],
  'src/compile.ts': [
    'src/base/',
    'src/exchange/',
    'src/lint-source.ts',
    'src/lint/',
    'src/model/',
    'src/plan/',
    'src/emit/emitter.ts',
    'src/report/text-position.ts',
  ],
  'src/compile-to-folder.ts': [
    'src/base/',
    'src/compile.ts',
    'src/emit/emitter.ts',
    'src/report/text-position.ts',
    'src/write-artefacts.ts',
    'node:path',
  ],
  'src/package.ts': ['node:'],
  'src/run.ts': ['src/base/', 'node:'],
  'src/read-source.ts': ['src/base/', 'src/source/decode-source.ts', 'src/whole-file.ts', 'node:'],
  'src/write-source.ts': ['src/base/', 'src/output/disk.ts', 'node:'],
  'src/find-files.ts': ['src/base/', 'node:'],
  'src/whole-file.ts': ['node:'],
  'src/output/': ['src/base/', 'src/whole-file.ts', 'src/emit/emitter.ts', 'src/package.ts', 'node:'],
  'src/write-artefacts.ts': ['src/base/', 'src/emit/emitter.ts', 'src/output/', 'node:'],
  'src/command/': ['src/', 'rules/index.ts', 'node:'],
  'src/index.ts': ['src/', 'rules/index.ts'],
  'src/manual/': ['src/base/', 'src/run.ts'],
  'src/command-options.ts': ['src/base/', 'src/command/', 'commander'],
  'src/command-tree.ts': [
    'src/base/',
    'src/run.ts',
    'src/command/',
    'src/command-options.ts',
    'src/package.ts',
    'src/program-words.ts',
    'src/manual/exit-meanings.ts',
    'commander',
  ],
  'src/program-words.ts': [
    'src/command-options.ts',
    'src/command/',
    'src/exchange/',
    'src/lint/built-in.ts',
    'src/manual/command-words.ts',
    'src/package.ts',
    'rules/index.ts',
    'commander',
  ],
  'src/command-line.ts': ['src/base/', 'src/run.ts', 'src/command-tree.ts', 'commander'],
  'src/output-stream.ts': ['node:fs'],
  'src/process-streams.ts': ['src/base/', 'src/output-stream.ts', 'src/run.ts'],
  'src/cli.ts': ['src/command-line.ts', 'src/process-streams.ts', 'src/run.ts'],
  'src/hook.ts': ['src/command/lint.ts', 'src/process-streams.ts', 'src/run.ts'],
  'src/dev/': [''],
  'runtime/': ['runtime/', 'node:'],
  'runtime/decide/': ['runtime/decide/', 'runtime/config.ts', 'runtime/message.ts', 'node:net', 'node:url'],
};

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

const declaration = /^(?:export )?(?:async )?(?:const|let|function|class|interface|type \w+ =)/m;

/** Names what a file imports: a path from the root for its own, the specifier for packages. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  // Static imports stand above the first declaration; below it, text that is emitted may look like them.
  const head = text.slice(0, declaration.exec(text)?.index ?? text.length);
  const fixed = head.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm);
  const lazy = text.matchAll(/\bimport\('([^']+)'\)/g);
  return [...fixed, ...lazy].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier;
  });
}

function roomOf(file: string): string {
  const rooms = Object.keys(floors).filter((prefix) => file.startsWith(prefix));
  const room = rooms.sort((a, b) => b.length - a.length)[0];
  assert.ok(room !== undefined, `${file} is in no room; add it to test/floors.test.ts`);
  return room;
}

function mayImport(file: string, imported: string): boolean {
  const room = roomOf(file);
  const own = room.endsWith('/') ? [room] : [];
  return [...own, ...(floors[room] ?? [])].some((allowed) => imported.startsWith(allowed));
}

for (const file of [...sourceFiles('src'), ...sourceFiles('rules'), ...sourceFiles('runtime')]) {
  test(`floors: ${file}`, () => {
    for (const imported of importsOf(file)) {
      const room = roomOf(file);
      const allowed = (floors[room] ?? []).join(', ') || 'nothing';
      assert.ok(mayImport(file, imported), `${file} imports ${imported}; ${room} may import ${allowed}`);
    }
  });
}

test('the floors can be broken', () => {
  assert.equal(mayImport('rules/server/x.ts', 'src/model/topology.ts'), false);
  assert.equal(mayImport('runtime/server/x.ts', 'src/base/span.ts'), false);
  assert.equal(mayImport('src/base/x.ts', 'node:fs'), false);
  assert.equal(mayImport('src/lint/x.ts', 'src/model/topology.ts'), true);
});
/** Everything that some files import, and what that imports in turn. */
function reachedFrom(...files: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (file.endsWith('.ts')) open.push(...importsOf(file));
  }
  return seen;
}

test('a trace reaches no socket, no disk and no clock of the transport', () => {
  const seen = reachedFrom(...sourceFiles('src/trace'));
  assert.ok(seen.has('runtime/server/verb-mail.ts'), 'the walk does not reach the dialogue');
  const doors = [...seen].filter((one) => one.startsWith('node:'));
  assert.deepEqual(doors.sort(), ['node:net', 'node:url'], 'isIP and domainToASCII only');
});
test('the linter never reaches ts-morph', () => {
  const seen = reachedFrom('src/command/lint.ts', 'src/hook.ts');
  assert.ok(seen.has('src/source/parse-source.ts'), 'the walk does not reach the parser');
  assert.ok(!seen.has('ts-morph'));
});
