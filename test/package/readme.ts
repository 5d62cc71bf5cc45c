import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Finds the first block of README after the line that begins with a name and ends in a colon, such as `GitLab:`. */
export function readmeBlock(checkout: string, name: string): string {
  const text = readFileSync(join(checkout, 'README.md'), 'utf8');
  const [, block] = new RegExp(`^${name}\\b.*:\\n\\n\`\`\`yaml\\n([^]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  if (block === undefined) throw new Error(`README.md has no line "${name}…:" with a block of YAML after it`);
  return block;
}
