import { createHash } from 'node:crypto';

import { html, Html, type Piece } from './html.ts';

const light =
  '--paper:#fff;--ink:#1b1b1f;--quiet:#55565c;--rule:#d3d5da;--card:#f6f7f9;--link:#0b57d0;--bad:#b3261e;--warn:#7a5000;--good:#146c2e';
const dark =
  '--paper:#16171a;--ink:#ececf0;--quiet:#b4b6bd;--rule:#3c3f46;--card:#1f2125;--link:#8ab4f8;--bad:#ff8a80;--warn:#ffc65c;--good:#7fd494';

const style = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:0 1.25rem 3rem;max-width:84rem;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:1rem/1.5 "Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif}
h1{font-size:1.6rem;line-height:1.2;margin:1.25rem 0 .25rem}
h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid var(--rule)}
p{margin:.25rem 0 .5rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem}
.quiet,caption,footer{color:var(--quiet)}
.bad{color:var(--bad);font-weight:600}.warn{color:var(--warn);font-weight:600}.good{color:var(--good);font-weight:600}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9375rem}
caption{text-align:left;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--rule)}
thead th{font-size:.8125rem;color:var(--quiet)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{color:var(--quiet)}dd{margin:0}
form{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}
input[type=password]{font:inherit;min-height:2.25rem;width:20rem;max-width:100%;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:.35rem;padding:.25rem .5rem}
input[type=checkbox]{width:1.1rem;height:1.1rem}
button{font:inherit;min-height:2.25rem;padding:.25rem .9rem;margin:.5rem .5rem 0 0;border:1px solid var(--link);border-radius:.35rem;background:var(--paper);color:var(--link);cursor:pointer}
button.danger{border-color:var(--bad);color:var(--bad)}
label{font-weight:600}
[hidden]{display:none}
@media (max-width:44rem){
body{padding:0 .75rem 2rem}
table,caption,tbody,tr,th,td{display:block}thead{position:absolute;left:-99rem}
tr{border-bottom:1px solid var(--rule);padding:.4rem 0}th,td{border:0;padding:.1rem 0}
td:empty{display:none}
td[data-column]::before{content:attr(data-column) ": ";color:var(--quiet)}
dl{display:block}dd{margin-bottom:.35rem}
}
`;

/** Looks again every ten seconds while the box is ticked, which the address remembers. */
const script = `
const box = document.getElementById('again');
const line = document.getElementById('again-line');
if (box && line) {
  line.hidden = false;
  box.checked = location.hash === '#again';
  let timer;
  const plan = () => {
    clearTimeout(timer);
    if (box.checked) timer = setTimeout(() => location.reload(), 10000);
    history.replaceState(null, '', box.checked ? '#again' : location.pathname + location.search);
  };
  box.addEventListener('change', plan);
  plan();
}
`;

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** What a browser may do with these pages: our style and script, and forms that come back to us. */
export const pagePolicy: string = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

// They stand in the page to the letter, for their digests are of every letter.
const styleHtml = Html.of([`<style>${style}</style>`], []);
const scriptHtml = Html.of([`<script>${script}</script>`], []);

/** Writes a whole page. */
export function pageOf(title: string, ...body: readonly Piece[]): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${styleHtml}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <main id="content" tabindex="-1">
          <h1>${title}</h1>
          ${body}
        </main>
        <footer><p>mailtopo, on this machine alone.</p></footer>
        ${scriptHtml}
      </body>
    </html> `.text;
}

/** Writes a part of a page under its heading. */
export function part(heading: string, ...body: readonly Piece[]): Html {
  return html`<section>
    <h2>${heading}</h2>
    ${body}
  </section>`;
}

/** Writes a table; each cell knows its column, for where a phone shows them one below the other. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Piece[])[],
): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, index) =>
      index === 0
        ? html`<th scope="row">${cell}</th>`
        : html`<td data-column="${columns[index] ?? ''}">${cell}</td>`,
    );
    return html`<tr>
      ${cells}
    </tr>`;
  });
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}
