import { Lexer } from 'yaml';
import type { LocatedComment } from './located.ts';

/** Signs that the lexer adds to mark structure; they are not in the text. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

/** Only comments to mailtopo matter, and most files have none: then the text is not lexed at all. */
const addressed = '# mailtopo:';

/** Finds the comments that speak to mailtopo, such as `# mailtopo: allow <rule> -- <reason>`. */
export function findComments(file: string, text: string): readonly LocatedComment[] {
  if (!text.includes(addressed)) return [];
  const comments: LocatedComment[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (marks.has(token)) continue;
    if (token.startsWith(addressed)) {
      const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
      comments.push({
        text: token.slice(1).trim(),
        at: { file, start: offset, end: offset + token.trimEnd().length, path: '' },
        ownLine: text.slice(lineStart, offset).trim() === '',
      });
    }
    offset += token.length;
  }
  return comments;
}
