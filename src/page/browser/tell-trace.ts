import { printable } from '../../base/printable.ts';
import { lineWords, verdictLine, type PlaceOf } from '../../trace/pretty.ts';
import { storyOf, type Line } from '../../trace/story.ts';
import type { Trace } from '../../trace/trace.ts';
import { clear, made, partOf } from './parts.ts';

/** Says what is wrong with a question. */
export function tellFault(page: Document, words: string): void {
  clear(partOf(page, 'trace-story', HTMLElement));
  partOf(page, 'trace-verdict', HTMLElement).replaceChildren(made(page, 'p', 'bad', printable(words)));
}

/** Tells a trace: the verdict where a screen reader hears it, then the way. */
export function tellTrace(page: Document, trace: Trace, placeOf: PlaceOf): void {
  const look = trace.verdict.kind === 'accepted' ? 'good' : 'bad';
  partOf(page, 'trace-verdict', HTMLElement).replaceChildren(
    made(page, 'p', look, verdictLine(trace.verdict)),
  );
  const chapters = storyOf(trace).map(({ title, lines }) => {
    const chapter = page.createElement('article');
    const list = page.createElement('ul');
    list.append(...lines.map((line) => lineElement(page, line, placeOf)));
    chapter.append(made(page, 'h3', '', printable(title)), list);
    return chapter;
  });
  partOf(page, 'trace-story', HTMLElement).replaceChildren(...chapters);
}

function lineElement(page: Document, line: Line, placeOf: PlaceOf): HTMLElement {
  const { text, place } = lineWords(line, placeOf);
  const element = made(page, 'li', line.kind, text);
  if (place !== undefined) element.append(made(page, 'span', 'quiet', ` [${place}]`));
  return element;
}
