/** The one door through which rules see the house. */
export { pairs } from './base/pairs.ts';
export type { Located, Span } from './base/span.ts';
export { yaml } from './base/yaml-tag.ts';
export type { Report, Rule, RuleContext, RuleModule } from './lint/rule.ts';
export type * from './model/topology.ts';
export * from './exchange/cmdlets.ts';
export * from './exchange/version.ts';
