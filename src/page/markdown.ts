import { lines, tag, words, wordsIn, type Html } from './html.ts';

/** What begins a line, and how deep a heading stands below that of its part of the page. */
const heading = /^(#+) (.*)$/;
const task = /^\s*[-*] \[[ xX]\] (.*)$/;
const item = /^\s*(?:[-*]|\d+\.) (.*)$/;
const fence = /^\s*```/;

/** Unit: the level of a heading of the first order, `#`. */
const firstLevel = 3;

/**
 * Writes the Markdown of our own pages as HTML: headings, lists, boxes to tick, code, emphasis.
 *
 * What it does not know stays text, so that nothing is lost and nothing runs.
 */
export function markdownHtml(text: string): Html {
  const blocks: Html[] = [];
  const all = text.split('\n');
  for (let at = 0; at < all.length;) {
    const line = all[at] ?? '';
    const title = heading.exec(line);
    const end = endOfBlock(all, at);
    const block = all.slice(at, end);
    at = end;
    if (fence.test(line)) blocks.push(codeBlock(block));
    else if (title)
      blocks.push(tag(`h${firstLevel + (title[1]?.length ?? 1) - 1}`, {}, inline(title[2] ?? '')));
    else if (item.test(line)) blocks.push(tag('ul', {}, lines(...block.map(listItem))));
    else if (line.trim() !== '') blocks.push(tag('p', {}, inline(block.join(' '))));
  }
  return lines(...blocks);
}

/** Where the block that begins at a line ends. */
function endOfBlock(all: readonly string[], start: number): number {
  const first = all[start] ?? '';
  let at = start + 1;
  if (fence.test(first)) {
    while (at < all.length && !fence.test(all[at] ?? '')) at += 1;
    return Math.min(at + 1, all.length);
  }
  if (heading.test(first) || first.trim() === '') return at;
  const goesOn = item.test(first)
    ? (line: string): boolean => item.test(line)
    : (line: string): boolean =>
        line.trim() !== '' && !heading.test(line) && !item.test(line) && !fence.test(line);
  while (at < all.length && goesOn(all[at] ?? '')) at += 1;
  return at;
}

function codeBlock(block: readonly string[]): Html {
  const inside = block.slice(1).filter((line) => !fence.test(line));
  return tag('pre', { tabindex: 0 }, wordsIn('code', inside.join('\n')));
}

function listItem(line: string): Html {
  const ticked = task.exec(line);
  if (!ticked) return tag('li', {}, inline(item.exec(line)?.[1] ?? line));
  const box = tag('input', { type: 'checkbox' });
  return tag('li', { class: 'task' }, tag('label', {}, box, tag('span', {}, inline(ticked[1] ?? ''))));
}

/** Code with as many grave accents as it needs, strong words, emphasis, and signs that are meant as they stand. */
const pieces =
  /(`+)(.+?)(?<!`)\1(?!`)|\*\*(.+?)(?<!\\)\*\*|(?<![\\*])\*([^*]+?)(?<!\\)\*|\\([!-/:-@[-`{-~])/g;

function inline(text: string): Html {
  const parts: Html[] = [];
  let from = 0;
  for (const match of text.matchAll(pieces)) {
    parts.push(words(text.slice(from, match.index)));
    from = match.index + match[0].length;
    const [, accents, code = '', strong, emphasis, sign = ''] = match;
    if (accents !== undefined) parts.push(wordsIn('code', withoutPadding(code)));
    else if (strong !== undefined) parts.push(tag('strong', {}, inline(strong)));
    else if (emphasis !== undefined) parts.push(tag('em', {}, inline(emphasis)));
    else parts.push(words(sign));
  }
  return [...parts, words(text.slice(from))].join('') as Html;
}

/** A blank at both ends is no part of the code. Source: https://spec.commonmark.org/0.31.2/#code-spans */
function withoutPadding(code: string): string {
  return /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code;
}
