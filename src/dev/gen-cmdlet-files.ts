import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the module that imports every cmdlet file, so that reading one is a look into a map. */
export function genCmdletFiles(root: string): string {
  const names = readdirSync(join(root, 'src/exchange/catalogue/cmdlets'))
    .map((file) => file.replace(/\.json$/, ''))
    .toSorted();
  const variable = (name: string): string =>
    `${name.charAt(0).toLowerCase()}${name.slice(1).replace('-', '')}`;
  const imports = names.map(
    (name) => `import ${variable(name)} from './catalogue/cmdlets/${name}.json' with { type: 'json' };`,
  );
  return `// Generated from catalogue/cmdlets/ by npm run gen; do not edit.
import type { Cmdlet } from './cmdlet.ts';
${imports.join('\n')}

/** All cmdlets of the catalogue. Only scripts need them; lint reads cmdlets.ts, which loads fast. */
export const cmdletFiles: readonly Cmdlet[] = [${names.map(variable).join(', ')}] as unknown as readonly Cmdlet[];
`;
}
