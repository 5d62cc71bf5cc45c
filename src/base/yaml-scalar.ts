/** Words that YAML 1.1 or 1.2 takes for something else than text. Source: YAML 1.2.2 §10.3, YAML 1.1 types. */
const notText =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.inf|\.nan|\d{4}-\d{1,2}-\d{1,2}.*|0[xob][\da-f_]+|[-+]?(?:\d[\d_]*)?\.?[\d_]*(?:e[-+]?\d+)?)$/i;

/** Characters that mean nothing to YAML wherever they stand in a value, as long as the first is one of the narrower set. */
const plain = /^[\p{L}\p{N}/_.$](?:[\p{L}\p{N}/_.$\\@;()+=<>*|^~-]| (?! ))*$/u;

/** Says whether a text can stand without quotes in any YAML file, in lists in brackets as well. */
export function canBePlain(text: string): boolean {
  return plain.test(text) && !text.endsWith(' ') && !notText.test(text);
}

/** Writes text as a YAML scalar, in quotes where any reader could take it for something else. Source: YAML 1.2.2 §7.3. */
export function yamlScalar(text: string): string {
  // JSON leaves half characters and line separators to the reader; escaped, they are plain to see in any editor.
  return canBePlain(text)
    ? text
    : JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
