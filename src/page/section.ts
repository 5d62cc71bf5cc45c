import { lines, tag, words, wordsIn, type Html } from './html.ts';

/** A part of the page, with the title by which its contents list it. */
export interface Section {
  /** A word of ours, unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** Writes a part with its heading. */
export function sectionHtml({ id, title, body }: Section): Html {
  return lines(
    tag(
      'section',
      { id, 'aria-labelledby': `${id}-heading` },
      wordsIn('h2', title, { id: `${id}-heading` }),
      words('\n'),
      body,
    ),
  );
}

/** A table: its caption, the headings of its columns, and its rows; the first cell of a row is its heading. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Html[])[];
}

/** Writes a table; each cell knows the name of its column, for where a phone shows them one below the other. */
export function tableHtml({ caption, columns, rows }: Table): Html {
  const head = tag('tr', {}, ...columns.map((column) => wordsIn('th', column, { scope: 'col' })));
  const body = rows.map((row) => {
    const cells = row.map((cell, index) =>
      index === 0
        ? tag('th', { scope: 'row' }, cell)
        : tag('td', { 'data-column': columns[index] ?? '' }, cell),
    );
    return tag('tr', {}, ...cells);
  });
  return tag(
    'table',
    {},
    lines(wordsIn('caption', caption), tag('thead', {}, head), tag('tbody', {}, lines(...body))),
  );
}

/** Writes words one below the other. */
export function listHtml(items: readonly Html[], attributes: Readonly<Record<string, string>> = {}): Html {
  return tag('ul', attributes, lines(...items.map((item) => tag('li', {}, item))));
}

/** Writes pairs of a name and what it is. */
export function pairsHtml(
  pairs: readonly (readonly [name: string, what: Html])[],
  attributes: Readonly<Record<string, string>> = {},
): Html {
  const rows = pairs.map(([name, what]) => tag('div', {}, wordsIn('dt', name), tag('dd', {}, what)));
  return tag('dl', attributes, lines(...rows));
}
