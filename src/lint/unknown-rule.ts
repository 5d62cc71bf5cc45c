import type { Diagnostic } from '../base/diagnostic.ts';
import { nearest } from '../base/nearest.ts';
import type { Span } from '../base/span.ts';

/** Says that a suppression or a level names a rule that does not exist, and which one was meant. */
export function unknownRule(name: string, at: Span, known: Iterable<string>): Diagnostic {
  const meant = nearest(name, [...known]);
  return {
    rule: 'unknown-rule',
    severity: 'error',
    message: `There is no rule "${name}".`,
    at,
    related: [],
    help: meant === undefined ? 'Run "mailtopo rules" for the list.' : `Did you mean "${meant}"?`,
  };
}
