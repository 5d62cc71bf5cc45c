/** Controls, marks that turn the direction of reading, and half characters. */
const steering =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Unit: characters that a page shows of one text. */
const longest = 4000;

/** Markup of ours; a text is none, whatever it holds, and becomes harmless on its way into markup. */
export class Html {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** Puts parts of ours together with what stands between them. */
  static of(parts: readonly string[], between: readonly Piece[]): Html {
    return new Html(parts.map((part, index) => part + pieceText(between[index])).join(''));
  }
}

/** What may stand between parts of markup: words, numbers, markup, several of them, or nothing. */
export type Piece = string | number | Html | undefined | readonly Piece[];

/** Writes markup: what stands in the template is ours, what stands between is words unless it was made here. */
export function html(parts: TemplateStringsArray, ...between: readonly Piece[]): Html {
  return Html.of(parts, between);
}

function pieceText(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'string' || typeof piece === 'number') return harmless(String(piece));
  return piece.map(pieceText).join('');
}

/** Writes words as text: what steers a reader is written out, and what has no end is cut. */
function harmless(words: string): string {
  const cut = words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
  return cut
    .replaceAll(steering, (sign) => `<U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`)
    .replaceAll(/[&<>"']/g, (sign) => references[sign] ?? sign);
}
