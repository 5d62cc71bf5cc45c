import { markupText } from '../base/markup-text.ts';

declare const harmless: unique symbol;

/** Text that is HTML already; words from a topology become it by `words` alone, so that none can be forgotten. */
export type Html = string & { readonly [harmless]: true };

/** Writes words as the text of an element; what steers a reader, such as a turn of direction, is written out. */
export function words(text: string): Html {
  return markupText(text, '&#39;') as Html;
}

/** Elements that have no end. Source: https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
const endless: ReadonlySet<string> = new Set(['br', 'input', 'link', 'meta']);

/** The value of an attribute; `true` stands for an attribute without one, and undefined for none. */
export type Attributes = Readonly<Record<string, string | number | true | undefined>>;

/** Writes an element; what stands within is text unless it was made here. */
export function tag(name: string, attributes: Attributes, ...within: readonly Html[]): Html {
  const said = Object.entries(attributes)
    .map(([key, value]) => {
      if (value === undefined) return '';
      return value === true ? ` ${key}` : ` ${key}="${words(String(value))}"`;
    })
    .join('');
  const start = `<${name}${said}>`;
  return (endless.has(name) ? start : `${start}${within.join('')}</${name}>`) as Html;
}

/** Writes an element whose content is words. */
export function wordsIn(name: string, text: string, attributes: Attributes = {}): Html {
  return tag(name, attributes, words(text));
}

/** Puts pieces one behind the other, with a line end between them. */
export function lines(...pieces: readonly Html[]): Html {
  return pieces.filter((piece) => piece !== '').join('\n') as Html;
}

/** Nothing at all. */
export const nothing: Html = '' as Html;

/** Takes markup of ours that another room has made harmless, such as a drawing. */
export function made(markup: string): Html {
  return markup as Html;
}
