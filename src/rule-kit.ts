/** The one door through which rules see the house. */
export { pairs } from './base/pairs.ts';
export type { Located, Span } from './base/span.ts';
export { yaml } from './base/yaml-tag.ts';
export type { RuleContext, RuleModule, Report } from './lint/rule.ts';
export type * from './model/topology.ts';
