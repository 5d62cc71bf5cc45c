import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.ts';
import { mustRun, runCommand, type Ran } from './run-command.ts';

/** A program that lints with a rule of its own and compiles to a target of its own. */
const consumer = `
import { compile, lint, type Artefact, type Diagnostic, type Emitter, type Linted, type Topology } from 'mailtopo';
import { rules } from 'mailtopo/rules';
import { yaml, type RuleModule } from 'mailtopo/rule-kit';
import schema from 'mailtopo/schema.json' with { type: 'json' };

const shortNames: RuleModule = {
  severity: 'warning',
  summary: 'The name of a server is short.',
  why: 'A house may want longer names.',
  sources: ['https://house.example/names'],
  check({ topology, report }) {
    for (const { name } of topology.servers) {
      if (name.value.length < 6) report({ at: name.at, message: \`"\${name.value}" is short.\` });
    }
  },
  examples: { good: [yaml\`mailtopo: 1\`], bad: [] },
};
const own = { ...shortNames, id: 'short-names', category: 'house' };
const linted: Linted = lint('topology.yaml', 'mailtopo: 1', { rules: [...rules, own] });
const topology: Topology | undefined = linted.topology;
const messages: readonly string[] = linted.diagnostics.map(({ message, at }: Diagnostic) => \`\${at.start} \${message}\`);
const nothing: Emitter = { unsupported: () => [], emit: async () => [] };
const artefacts: readonly Artefact[] = (await compile('topology.yaml', '', { emitters: [nothing] })).value ?? [];
export const all: readonly unknown[] = [topology, messages, artefacts, schema.title];
`;

/** Programs that are wrong, and what the compiler has to say; were all types `any`, it would say nothing. */
const wrong: readonly (readonly [text: string, error: RegExp])[] = [
  [
    "import { lint } from 'mailtopo';\nexport const a: number = lint('a', 'b').diagnostics;",
    /error TS2322: .*Diagnostic/,
  ],
  ["import { lint } from 'mailtopo';\nlint('a', 'b', { ruls: [] });", /error TS\d+: .*'ruls' does not exist/],
  ["import { lintAll } from 'mailtopo';\nlintAll();", /error TS2305: .*no exported member 'lintAll'/],
  [
    "import { rules } from 'mailtopo/rules';\nexport const a: string = rules[0]?.id;",
    /error TS2322: .*undefined/,
  ],
];

/** As strict as TypeScript can be, and the declarations of packages are checked as well. */
const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  module: 'nodenext',
  target: 'es2023',
  types: ['node'],
  noEmit: true,
};

/** Compiles programs that use the package. */
export function checkTypes(checks: Checks, checkout: string, project: string): void {
  const compiler = join(checkout, 'node_modules', 'typescript', 'bin', 'tsc');
  const compile = (text: string): Ran => {
    writeFileSync(join(project, 'consumer.ts'), text);
    return runCommand([process.execPath, compiler, '--project', project], { cwd: project });
  };
  mustRun(['npm', 'install', '--no-audit', '--no-fund', '@types/node@20'], { cwd: project });
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  checks.check('types: a strict program compiles against the package', () => {
    const { code, out } = compile(consumer);
    assert.equal(code, 0, out);
  });
  for (const [text, error] of wrong) {
    checks.check(`types: refused: ${text.split('\n').at(-1)}`, () => assert.match(compile(text).out, error));
  }
}
