import assert from 'node:assert/strict';
import { emitter } from '../../src/emit/exchange-shell/index.ts';
import { placesOf } from '../../src/emit/exchange-shell/places.ts';
import type { SourceLine } from '../../src/emit/emitter.ts';
import { cmdletsWith, settingOf } from '../../src/exchange/cmdlets.ts';
import type { ExchangeVersion } from '../../src/exchange/version.ts';
import { parseByteLimit } from '../../src/mail/byte-size.ts';
import { parseTimeSpan } from '../../src/mail/time-span.ts';
import type { ParameterValue, Plan, PlannedParameter } from '../../src/plan/step.ts';
import { bytesOf } from '../support/exchange-scripts.ts';
import { cmdletsIn, nounOf } from './catalogue.ts';
import type { Host } from './engine.ts';
import type { Check } from './lane.ts';
import { builtIn, knownMethods, knownStatics } from './second-shell.ts';
import { checkTwin, mark, twinOf, type Twinned } from './twins.ts';

/** A script as it is written to the disk, with where its lines come from. */
export interface ScriptText {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly SourceLine[];
}

/** What the engine finds in a script. */
export interface Inspected {
  readonly errors: readonly string[];
  readonly language: readonly { readonly since: string; readonly what: string; readonly text: string }[];
  readonly functions: { readonly [name: string]: readonly string[] };
  /** Words of each command: its name, its parameters, `@splatted`, and `*` for an argument by position. */
  readonly commands: readonly string[];
  readonly statics: readonly string[];
  readonly methods: readonly string[];
  readonly splats: readonly { readonly command: string; readonly keys: readonly string[] }[];
  /** Constant entries of tables: line, key, value. */
  readonly entries: readonly (readonly [number, string, unknown])[];
  readonly twin: Twinned;
}

/** Emits the scripts of a plan. */
export async function scriptsOf(plan: Plan, text: string): Promise<readonly ScriptText[]> {
  const artefacts = await emitter.emit(plan, ({ start }) => text.slice(0, start).split('\n').length);
  return artefacts.flatMap((one) =>
    one.kind === 'text' && one.path.endsWith('.ps1')
      ? [{ path: one.path, text: bytesOf(one), lines: one.lines ?? [] }]
      : [],
  );
}

/**
 * Checks all scripts of a plan: they parse, need no more than PowerShell 2.0, use what their version has, and every
 * literal in them has the value that the plan means.
 */
export async function checkScripts(
  host: Host,
  plan: Plan,
  text: string,
  title: string,
  check: Check,
  change: (script: string) => string = (script) => script,
): Promise<number> {
  const scripts = (await scriptsOf(plan, text)).map((one) => ({ ...one, text: change(one.text) }));
  const twin = twinOf(plan);
  const calm = await scriptsOf(twin.plan, text);
  const pairs = scripts.map((script, index) => [
    script.text.slice(1),
    change(calm[index]?.text ?? '').slice(1),
  ]);
  const found = (await host.ask({ do: 'inspect', marker: mark, pairs })) as readonly Inspected[];
  for (const [index, script] of scripts.entries()) {
    const inspected = found[index];
    if (inspected === undefined) continue;
    checkScript(script, inspected, versionAt(script.path, plan), `${title} ${script.path}`, check);
    checkTwin(inspected.twin, twin, `${title} ${script.path}`, check);
  }
  checkValues(plan, scripts, found, title, check);
  return scripts.length;
}

/** The version of the shell that a script runs in: its server's, or the organization's. */
function versionAt(path: string, plan: Plan): ExchangeVersion {
  const at = placesOf(plan).find(({ folder }) => path.startsWith(`exchange/${folder}`));
  const server = at?.place.kind === 'server' ? at.place.server : undefined;
  return plan.servers.find(({ name }) => name === server)?.version ?? plan.version;
}

function checkScript(
  { text }: ScriptText,
  found: Inspected,
  version: ExchangeVersion,
  title: string,
  check: Check,
): void {
  check(`${title} parses`, () => assert.deepEqual(found.errors, []));
  check(`${title} needs no more than PowerShell 2.0`, () =>
    assert.deepEqual(
      found.language.filter(({ since }) => since > '2.0'),
      [],
    ),
  );
  check(`${title} has a byte-order mark and CR LF`, () => {
    assert.ok(text.startsWith('\ufeff'));
    assert.equal(text.replaceAll('\r\n', '').search(/[\r\n]/), -1);
  });
  const cmdlets = cmdletsIn(version);
  const parametersOf = (name: string): readonly string[] | undefined => {
    const own = found.functions[name] ?? builtIn.get(name);
    const known = cmdlets.get(name);
    return own ?? (known && [...known.keys(), 'ErrorAction']);
  };
  check(`${title} uses commands and parameters that exist`, () => {
    for (const command of found.commands) {
      const [name = '', ...words] = command.split(' ');
      const parameters = parametersOf(name);
      assert.ok(parameters, `${name} is no command`);
      assert.ok(!words.includes('*'), `${command} has an argument by position`);
      for (const word of words.filter((one) => one.startsWith('-')))
        assert.ok([...parameters, 'ErrorAction'].includes(word.slice(1)), `${name} has no ${word}`);
      if (cmdlets.has(name)) assert.ok(words.includes('-ErrorAction'), `${command} goes on after an error`);
    }
    for (const { command, keys } of found.splats)
      for (const key of keys) assert.ok(parametersOf(command)?.includes(key), `${command} has no -${key}`);
    assert.deepEqual(
      found.statics.filter((one) => !knownStatics.has(one)),
      [],
    );
    assert.deepEqual(
      found.methods.filter((one) => !knownMethods.has(one)),
      [],
    );
  });
}

const objects = {
  'send-connector': 'sendConnector',
  'receive-connector': 'receiveConnector',
  'transport-config': 'transportConfig',
} as const;

/** Checks that each parameter of the plan stands in apply and in verify, at a line that comes from its place, with its value. */
function checkValues(
  plan: Plan,
  scripts: readonly ScriptText[],
  found: readonly Inspected[],
  title: string,
  check: Check,
): void {
  for (const { folder, steps } of placesOf(plan)) {
    for (const name of ['10-apply.ps1', '40-verify.ps1']) {
      const index = scripts.findIndex(({ path }) => path === `exchange/${folder}${name}`);
      const { lines = [] } = scripts[index] ?? {};
      const { entries = [] } = found[index] ?? {};
      for (const step of steps) {
        if (
          step.kind !== 'send-connector' &&
          step.kind !== 'receive-connector' &&
          step.kind !== 'transport-config'
        )
          continue;
        const object = objects[step.kind];
        for (const parameter of step.parameters) {
          const setting = settingOf(object, parameter.key);
          if (parameter.source === 'default' || setting === undefined || setting.internal !== undefined)
            continue;
          // Entries of shared lists stand in no table of values; the twins have them.
          if (step.kind === 'transport-config' && parameter.value.kind === 'list') continue;
          // The name of an accepted domain is looked up; the twins have the domain, too.
          if (parameter.parameter === 'DefaultDomain') continue;
          const version = versionAt(`exchange/${folder}x`, plan);
          if (!cmdletsWith(setting, version).some(({ cmdlet }) => cmdlet === `Set-${nounOf[object]}`))
            continue;
          check(
            `${title} ${folder}${name}: ${'name' in step ? step.name : ''} ${parameter.parameter}`,
            () => {
              const here = lines.filter(
                ({ what, origin }) => what === parameter.parameter && origin.start === parameter.origin.start,
              );
              const values = here.flatMap(({ line }) =>
                entries.filter(([at, key]) => at === line && key === parameter.parameter),
              );
              assert.ok(values.length > 0, 'it is not in the script');
              for (const [, , value] of values) assertMeant(value, parameter);
            },
          );
        }
      }
    }
  }
}

function assertMeant(value: unknown, { value: meant }: PlannedParameter): void {
  assert.deepEqual(readBack(value, meant), meant.kind === 'enum' ? meant.names : plain(meant));
}

function plain(value: Exclude<ParameterValue, { kind: 'enum' }>): unknown {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'size':
      return value.bytes;
    case 'time-span':
      return value.seconds;
    case 'list':
      return value.items;
    case 'null':
      return null;
    default:
      return value.value;
  }
}

function readBack(value: unknown, meant: ParameterValue): unknown {
  if (meant.kind === 'size') return parseByteLimit(String(value));
  if (meant.kind === 'time-span') return parseTimeSpan(String(value));
  if (meant.kind === 'enum') return Array.isArray(value) ? value : String(value).split(', ');
  return value;
}
