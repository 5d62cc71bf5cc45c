import { hasErrors } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { bindTraceTest } from '../model/bind-trace-test.ts';
import { entriesOf, findValue, mapOf } from '../model/read-node.ts';
import { readSource } from '../read-source.ts';
import { parseSource } from '../source/parse-source.ts';
import type { Askable } from '../trace-source.ts';
import { runTests } from '../verify/expectations.ts';
import { certificatesBeside, speaking } from './test.ts';
import type { NamedTrace } from './trace.ts';

/**
 * Asks for the traces of a file of scenarios: a map by name, alone or under `tests`, with the keys of a test.
 *
 * Fails: with `usage` for what is no such file, or names what the topology does not have.
 */
export async function tracesIn(
  path: string,
  askable: Askable,
  dialect: string | undefined,
): Promise<readonly NamedTrace[]> {
  const { file, decoded } = readSource(path);
  const parsed = decoded.value === undefined ? decoded : parseSource(file, decoded.value);
  const root = 'value' in parsed && typeof parsed.value === 'object' ? mapOf(parsed.value.root) : undefined;
  const entries = entriesOf(findValue(root, 'tests') ?? root);
  if (hasErrors(parsed.diagnostics) || entries.length === 0)
    throw new Failure('usage', `${file} is no map of scenarios by name`);
  const world = speaking(askable.world, dialect);
  const tested = await runTests(world, entries.map(bindTraceTest), certificatesBeside(askable));
  return tested.map(({ name, trace, failures }) => {
    if (trace === undefined) throw new Failure('usage', `${file}: ${name}: ${failures.join('; ')}`);
    return { name, trace };
  });
}
