import type { Html } from './html.ts';

/**
 * Writes a value as JSON that can stand in an element of a page: nothing in it ends the element or begins another.
 *
 * Source: https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
 */
export function embeddedJson(value: unknown): Html {
  return JSON.stringify(value).replaceAll(
    /[<>&\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ) as Html;
}
