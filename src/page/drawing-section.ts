import { drawPlan } from '../picture/draw-plan.ts';
import { svgInPage } from '../picture/svg.ts';
import { lines, made, tag, words, wordsIn } from './html.ts';
import { listHtml, type Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';

/** Shows the drawing, and says in sentences what it shows. */
export function drawingSection({ plan, config }: TopologyFacts): Section {
  const picture = drawPlan(plan, config);
  const frame = {
    class: 'drawing',
    tabindex: 0,
    role: 'group',
    'aria-label': 'Drawing, wider than a small screen',
  };
  return {
    id: 'drawing',
    title: 'Drawing',
    body: lines(
      tag('div', frame, made(svgInPage(picture))),
      tag(
        'details',
        {},
        lines(wordsIn('summary', 'The same in sentences'), listHtml(picture.sentences.map(words))),
      ),
    ),
  };
}
