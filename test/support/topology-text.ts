import assert from 'node:assert/strict';
import type { Checked } from '../../src/base/diagnostic.ts';
import type { Span } from '../../src/base/span.ts';
import { bindTopology } from '../../src/model/bind-topology.ts';
import type { Topology } from '../../src/model/topology.ts';
import type { LocatedDocument } from '../../src/source/located.ts';
import { parseSource } from '../../src/source/parse-source.ts';

/** Parses text that must be sound YAML. */
export function documentOf(text: string): LocatedDocument {
  const { value, diagnostics } = parseSource('topology.yaml', text);
  assert.ok(value, diagnostics[0]?.message);
  return value;
}

/** Binds text that must be sound YAML. */
export function bind(text: string): Checked<Topology> {
  return bindTopology(documentOf(text));
}

/** Gives the text that a span underlines. */
export function underlined(text: string, at: Span): string {
  return text.slice(at.start, at.end);
}
