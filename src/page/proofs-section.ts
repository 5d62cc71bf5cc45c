import { lineWords, verdictLine, type PlaceOf } from '../trace/pretty.ts';
import { storyOf } from '../trace/story.ts';
import type { Trace } from '../trace/trace.ts';
import type { Proof, Violation } from '../verify/proof.ts';
import { lines, nothing, tag, words, wordsIn, type Html } from './html.ts';
import { listHtml, type Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';

/** Tells what `mailtopo verify` proves: what holds, for how many classes, and by which message it is violated. */
export function proofsSection({ proofs, unproven, placeOf, judgedAt }: TopologyFacts): Section {
  const violated = proofs.filter(({ violations }) => violations.length > 0).length;
  const examined = proofs.reduce((sum, one) => sum + one.examined, 0);
  const counts = `${proofs.length - violated} hold, ${violated} violated; ${classes(examined)} examined.`;
  const dates =
    judgedAt === undefined ? ' Certificates are taken as in date; "mailtopo verify" judges by the day.' : '';
  return {
    id: 'proofs',
    title: 'What holds for everybody',
    body: lines(
      wordsIn(
        'p',
        'Asked for every class of clients, senders, recipients and TLS, by the decisions of the transport itself, as "mailtopo verify" does; so what holds, holds for all.',
      ),
      wordsIn('p', counts + dates),
      tag('ol', { class: 'findings' }, lines(...proofs.map((one) => proofHtml(one, placeOf)))),
      unproven.length === 0
        ? nothing
        : lines(wordsIn('p', 'Not asked for:'), listHtml(unproven.map(({ message }) => words(message)))),
    ),
  };
}

function classes(count: number): string {
  return count === 1 ? '1 class' : `${count} classes`;
}

function proofHtml({ title, examined, facts, violations }: Proof, placeOf: PlaceOf): Html {
  const badge =
    violations.length === 0
      ? wordsIn('span', 'holds', { class: 'badge good' })
      : wordsIn('span', 'violated', { class: 'badge bad' });
  return tag(
    'li',
    {},
    lines(
      tag('p', { class: 'message' }, lines(badge, wordsIn('strong', title))),
      wordsIn('p', classes(examined), { class: 'quiet' }),
      facts.length === 0 ? nothing : listHtml(facts.map(words)),
      ...violations.map((one) => violationHtml(one, placeOf)),
    ),
  );
}

/** The message that does it is open from the beginning: on paper nobody can open anything. */
function violationHtml({ message, trace }: Violation, placeOf: PlaceOf): Html {
  return tag(
    'details',
    { open: true, class: 'story' },
    lines(wordsIn('summary', message), storyHtml(trace, placeOf)),
  );
}

/** The words of `mailtopo trace`, as the page's own trace shows them. */
function storyHtml(trace: Trace, placeOf: PlaceOf): Html {
  const look = trace.verdict.kind === 'accepted' ? 'calm' : 'bad';
  const chapters = storyOf(trace).map(({ title, lines: told }): Html => {
    const items = told.map((line) => {
      const { text, place } = lineWords(line, placeOf);
      const where = place === undefined ? nothing : wordsIn('span', ` [${place}]`, { class: 'quiet' });
      return tag('li', { class: line.kind }, words(text), where);
    });
    return lines(wordsIn('h3', title), tag('ul', {}, lines(...items)));
  });
  return lines(wordsIn('p', verdictLine(trace.verdict), { class: look }), ...chapters);
}
