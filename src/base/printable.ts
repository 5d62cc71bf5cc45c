/** Controls, bidirectional marks, characters nobody sees, half and no characters: a terminal or reader is led astray by them. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Writes text from a file or the network so that it cannot steer a terminal: unprintable characters become `<U+001B>`. */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => {
    return `<U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
