import type { Span } from '../../base/span.ts';
import { onOneLine } from '../readable-text.ts';
import type { Block } from './block.ts';
import type { ScriptContext } from './context.ts';
import { comment, quote } from './quote.ts';

/**
 * Says where a step comes from and which steps of the source document it does, `# topology.yaml:41; DOC R3-R10`, and
 * keeps the place for findings and for the message of an error.
 */
export function located(
  { plan, lineOf }: Pick<ScriptContext, 'plan' | 'lineOf'>,
  origin: Span,
  documentSteps?: string,
): Block {
  const place = onOneLine(`${plan.file}:${lineOf(origin)}`);
  return [
    comment(`${place}${documentSteps === undefined ? '' : `; DOC ${documentSteps}`}`),
    `$at = ${quote(place)}`,
  ];
}
