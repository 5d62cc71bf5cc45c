import type { LocatedEntry } from '../source/located.ts';
import { entriesOf, findValue, mapOf, nameOf, placeOf, textOf, textsOf } from './read-node.ts';
import type { TraceTest } from './topology.ts';

/** Reads a trace with what is expected of it. */
export function bindTraceTest(entry: LocatedEntry): TraceTest {
  const map = mapOf(entry.value);
  const parts = entriesOf(map).filter(({ key }) => key.text !== 'expect');
  return {
    name: nameOf(entry.key),
    scenario: new Map(parts.map(({ key, value }) => [key.text, textsOf(value)])),
    expect: new Map(
      entriesOf(findValue(map, 'expect')).flatMap(({ key, value }) => {
        const text = textOf(value);
        return text === undefined ? [] : [[key.text, text] as const];
      }),
    ),
    at: placeOf(entry),
  };
}
