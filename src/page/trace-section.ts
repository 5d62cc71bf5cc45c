import { certificateOf } from '../trace/departure.ts';
import { embeddedJson } from './embedded-json.ts';
import { lines, nothing, tag, words, wordsIn, type Attributes, type Html } from './html.ts';
import type { Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';
import { usualQuestions } from './trace-examples.ts';
import { placedLists, type TraceModel } from './trace-model.ts';

/** The form and the model by which the page answers what `mailtopo trace` does. */
export function traceSection(facts: TopologyFacts): Section {
  const model = modelOf(facts);
  const noScript = 'The trace needs a browser that runs the script of this page.';
  return {
    id: 'trace',
    title: 'What happens to a message',
    body: lines(
      wordsIn('p', 'The page answers by the decisions of the transport itself, and asks nobody.'),
      tag('noscript', {}, wordsIn('p', noScript)),
      formHtml(facts, model),
      tag('div', { id: 'trace-verdict', role: 'status' }),
      tag('div', { id: 'trace-story' }),
      tag('script', { type: 'application/json', id: 'trace-model' }, embeddedJson(model)),
    ),
  };
}

/** What identifies a place of the file on this machine, or how to log on elsewhere, stays out of the page. */
function modelOf({ plan, config, certificateFacts, placeOf, tests, judgedAt }: TopologyFacts): TraceModel {
  const nowhere = { file: '', start: 0, end: 0, path: '' };
  const placesOf = (objects: readonly object[]): readonly (string | null)[] =>
    objects.map((one) => placeOf(one) ?? null);
  return {
    config: { ...config, credentials: [], rehearsal: { listen: [], connect: [], clients: [] } },
    partners: plan.partners.map((partner) => ({ ...partner, origin: nowhere })),
    facts: [...certificateFacts],
    places: Object.fromEntries(
      placedLists.map((list) => [list, placesOf(config[list])]),
    ) as TraceModel['places'],
    partnerPlaces: placesOf(plan.partners),
    examples: [...usualQuestions(plan, config), ...tests],
    ...(judgedAt !== undefined && { now: judgedAt }),
  };
}

function formHtml({ plan, config }: TopologyFacts, { examples }: TraceModel): Html {
  const bindings = [
    ...new Set(
      config.receiveConnectors.flatMap((one) =>
        one.bindings.map(({ address, port }) => place(address, port)),
      ),
    ),
  ];
  const clients = [...plan.partners, ...config.servers].map(({ name }) => name);
  const certificates = [
    ...plan.partners.filter((partner) => certificateOf(partner) !== undefined),
    ...config.servers,
    ...config.certificates,
  ].map(({ name }) => name);
  return tag(
    'form',
    { id: 'trace-form', 'aria-labelledby': 'trace-heading', novalidate: true, hidden: true },
    lines(
      choice('example', 'Begin with', [
        ['', 'a question of your own'],
        ...examples.map(({ title }, index) => [String(index), title] as const),
      ]),
      field('from', 'From', 'the sender; empty is the null one', { placeholder: 'ann@fabrikam.com' }),
      area('to', 'To', 'recipients, one on a line'),
      suggesting(
        'client',
        'Client',
        'address, partner or server; empty: the message lies in a queue',
        clients,
      ),
      choice('server', 'Server', [
        ['', 'not said'],
        ...config.servers.map(({ name }) => [name, name] as const),
      ]),
      suggesting('binding', 'Connects to', 'address and port, or port; empty is port 25', bindings),
      choice('tls', 'TLS of the client', [
        ['', 'as its certificate says'],
        ['none', 'none'],
        ['tls', 'TLS'],
        ['mutual', 'TLS with a certificate'],
      ]),
      choice('clientCertificate', 'Its certificate', [
        ['', 'what the client has'],
        ...certificates.map((name) => [name, name] as const),
      ]),
      field('size', 'Size', 'of the message, such as 25MB', {}),
      field('helo', 'Calls itself', 'in EHLO; empty is its address', {}),
      field('auth', 'Logs on as', 'address of the user', {}),
      choice('dialect', 'Replies', [
        ['', 'of Exchange'],
        ['rfc', 'of the standards'],
      ]),
      tag('p', { class: 'wide' }, wordsIn('button', 'Trace', { type: 'submit', id: 'trace-button' })),
    ),
  );
}

function place(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A control with its label above and a hint below, both of which a screen reader says. */
function labelled(key: string, label: string, hint: string | undefined, control: Html): Html {
  return tag(
    'div',
    { class: 'field' },
    lines(
      wordsIn('label', label, { for: `trace-${key}` }),
      control,
      hint === undefined ? nothing : wordsIn('small', hint, { id: `trace-${key}-hint`, class: 'quiet' }),
    ),
  );
}

/** No browser is to correct what is typed, or to suggest what was typed elsewhere. */
function attributesOf(key: string, more: Attributes): Attributes {
  const quiet = { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' };
  return { id: `trace-${key}`, name: key, 'aria-describedby': `trace-${key}-hint`, ...quiet, ...more };
}

function field(key: string, label: string, hint: string, more: Attributes): Html {
  return labelled(key, label, hint, tag('input', { type: 'text', ...attributesOf(key, more) }));
}

function area(key: string, label: string, hint: string): Html {
  return labelled(key, label, hint, tag('textarea', attributesOf(key, { rows: 2 })));
}

function suggesting(key: string, label: string, hint: string, known: readonly string[]): Html {
  const list = tag(
    'datalist',
    { id: `trace-${key}-known` },
    ...known.map((value) => tag('option', { value })),
  );
  const input = tag('input', { type: 'text', ...attributesOf(key, { list: `trace-${key}-known` }) });
  return labelled(key, label, hint, lines(input, list));
}

function choice(
  key: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): Html {
  const all = options.map(([value, text]) => tag('option', { value }, words(text)));
  return labelled(key, label, undefined, tag('select', { id: `trace-${key}`, name: key }, ...all));
}
