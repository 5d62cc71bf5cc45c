import type { Fix } from '../base/diagnostic.ts';
import type { LocatedMap, LocatedNode, LocatedScalar } from '../source/located.ts';

/** Why YAML reads a value otherwise than its author meant, and what to write instead. */
export interface Trap {
  readonly help: string;
  readonly fix?: Fix;
}

/** Explains a value of the wrong type by what YAML 1.2 makes of its text; `types` are the JSON types that belong there. */
export function trapOf(node: LocatedNode, types: readonly string[]): Trap | undefined {
  if (node.kind === 'map') return types.includes('string') ? colonTrap(node) : undefined;
  if (node.kind === 'list') return undefined;
  if (node.value === null) return nothingTrap(node, types);
  if (types.includes('boolean')) return booleanTrap(node);
  if (types.includes('integer')) return numberTrap(node);
  if (types.includes('string')) return textTrap(node);
  return types.includes('array') && typeof node.value === 'string' ? listTrap(node) : undefined;
}

function booleanTrap(node: LocatedScalar): Trap | undefined {
  const text = node.text.toLowerCase();
  const word = ['yes', 'on', 'true', '$true'].includes(text)
    ? 'true'
    : ['no', 'off', 'false', '$false'].includes(text)
      ? 'false'
      : undefined;
  if (word === undefined) return undefined;
  const help =
    node.style !== 'plain'
      ? `Write ${word} without quotes.`
      : text.startsWith('$')
        ? `Write ${word}, as YAML does.`
        : `YAML 1.2 reads ${node.text} as text; write ${word}.`;
  return { help, fix: replace(node, word) };
}

function textTrap(node: LocatedScalar): Trap {
  const reading = String(node.value);
  const help =
    typeof node.value === 'number' && reading !== node.text
      ? `YAML reads ${node.text} as the number ${reading}; put it in quotes.`
      : 'Put it in quotes.';
  return { help, fix: replace(node, `"${node.text}"`) };
}

function numberTrap(node: LocatedScalar): Trap | undefined {
  if (node.style !== 'quoted' || !/^\d+$/.test(node.text)) return undefined;
  return { help: 'Write it without quotes.', fix: replace(node, node.text) };
}

function listTrap(node: LocatedScalar): Trap {
  const help = 'Put it in brackets, as a list of one.';
  if (node.style !== 'plain') return { help };
  // Brackets and commas end a plain value inside a list, so such a value would need quotes as well.
  return /[[\]{},]/.test(node.text) ? { help } : { help, fix: replace(node, `[${node.text}]`) };
}

function nothingTrap({ text }: LocatedScalar, types: readonly string[]): Trap | undefined {
  if (text === '') return { help: 'Write a value, or remove the key.' };
  if (!types.includes('string')) return undefined;
  return { help: `YAML reads ${text} as nothing; put it in quotes where text is meant.` };
}

/** In a list in brackets `::` and `fe80::` end in a colon that makes a key of what stands before it. */
function colonTrap(node: LocatedMap): Trap | undefined {
  const [only, ...others] = node.entries;
  const isColon = only?.value.kind === 'scalar' && only.value.value === null && only.key.text.includes(':');
  if (!only || others.length > 0 || !isColon) return undefined;
  return {
    help: `YAML reads the last colon of ${only.key.text}: as the end of a key; put the value in quotes.`,
    fix: replace(node, `"${only.key.text}:"`),
  };
}

function replace(node: LocatedNode, text: string): Fix {
  return { description: `Write ${text}.`, edits: [{ at: node.at, text }] };
}
