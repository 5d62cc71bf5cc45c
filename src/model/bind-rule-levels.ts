import type { LocatedNode } from '../source/located.ts';
import { ruleLevels } from './enumerations.ts';
import { entriesOf, findValue, mapOf, nameOf, textOf, wordOf } from './read-node.ts';
import type { RuleLevel } from './topology.ts';

/** Reads the severities that the file gives to rules. */
export function bindRuleLevels(node: LocatedNode | undefined): readonly RuleLevel[] {
  return entriesOf(findValue(mapOf(node), 'rules')).flatMap(({ key, value }) => {
    const text = textOf(value);
    const level = text && wordOf(ruleLevels, text.value);
    return text && level ? [{ rule: nameOf(key), level: { value: level, at: text.at } }] : [];
  });
}
