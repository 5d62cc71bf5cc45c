/** Writes the manual page of the command line to dist/man, where package.json names it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { commandTree } from '../command-tree.ts';
import { manPage } from '../manual/man-page.ts';
import { programWords } from '../program-words.ts';

const nothing = (): void => {};
const program = commandTree({ later: nothing, streams: { out: nothing, err: nothing } });
mkdirSync('dist/man', { recursive: true });
writeFileSync('dist/man/mailtopo.1', manPage(programWords(program)));
