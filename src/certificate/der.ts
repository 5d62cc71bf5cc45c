/** One value of DER, the form in which certificates are encoded. Source: RFC 5280 §4.1. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Unit: octets of tag, length and content. */
  readonly length: number;
}

/** Tags of DER; `context` is the one of an element that its place tells apart. */
export const derTag = {
  boolean: 0x01,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  context: (number: number): number => 0xa0 + number,
} as const;

/**
 * Reads the values that stand in a row.
 *
 * Fails: leaves out what is cut off, and everything behind it.
 */
export function derValues(bytes: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const value = derValue(bytes, at);
    if (value === undefined) break;
    values.push(value);
    at += value.length;
  }
  return values;
}

function derValue(bytes: Uint8Array, at: number): DerValue | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4) return undefined;
  const start = at + 2 + more;
  const size = more === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const content = bytes.subarray(start, start + size);
  return content.length === size ? { tag, content, length: start + size - at } : undefined;
}

/** Writes an object identifier with dots; a number beyond 53 bits loses its last digits. */
export function objectIdentifier(content: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    numbers.push(number);
    number = 0;
  }
  const [both = 0, ...rest] = numbers;
  const first = Math.min(2, Math.floor(both / 40));
  return [first, both - first * 40, ...rest].join('.');
}
