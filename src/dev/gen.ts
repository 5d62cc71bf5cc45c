/** Writes everything that is generated into the source tree: npm run gen. */
import { writeFileSync } from 'node:fs';
import { genSettings } from './gen-settings.ts';

/** A generated file, and what makes its text from the sources; paths are relative to the project. */
export interface Generated {
  readonly path: string;
  readonly text: () => Promise<string>;
}

/** All generated files, in the order in which they depend on each other; `test/fresh.test.ts` compares them. */
export const generated: readonly Generated[] = [
  { path: 'src/exchange/catalogue/settings.json', text: genSettings },
];

if (import.meta.filename === process.argv[1]) {
  for (const { path, text } of generated) writeFileSync(path, await text());
}
