/** Controls, bidirectional overrides, half and no characters: a terminal or log would act on them or be led astray. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Writes text from a file or the network so that it cannot steer a terminal: unprintable characters become `<U+001B>`. */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => {
    return `<U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
