import { agreements } from '../emit/partner/agreement.ts';
import { readmeFor } from '../emit/partner/readme.ts';
import { lines, tag, words, wordsIn, type Html } from './html.ts';
import { markdownHtml } from './markdown.ts';
import type { Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';

/** Gives each partner's checklist, in the words of the file that the partner gets. */
export function partnersSection({ plan }: TopologyFacts): Section {
  const all = agreements(plan).map((agreement, index): Html => {
    const id = `partner${index + 1}`;
    const { name } = agreement.partner;
    // Its title is that of the article.
    const rest = readmeFor(agreement, plan.version).replace(/^# .*\n/, '');
    return tag(
      'article',
      { id, 'aria-labelledby': `${id}-name` },
      lines(tag('h3', { id: `${id}-name` }, words(name)), markdownHtml(rest)),
    );
  });
  return {
    id: 'partners',
    title: 'Partners’ checklists',
    body: all.length === 0 ? wordsIn('p', 'The topology declares no partner.') : lines(...all),
  };
}
