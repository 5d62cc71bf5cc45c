/** A text whose numbers have no leading zeros any more, and whether every reader takes them for the same numbers. */
export interface Decimal {
  readonly text: string;
  /** Octal and decimal part ways from 010 on. */
  readonly readings: 'same' | 'different';
}

/** Takes the leading zeros off the numbers of an IPv4 address, a range or a port; undefined where there are none. */
export function withoutLeadingZeros(text: string): Decimal | undefined {
  const numbers = text.match(/(?<![\da-z])0+\d+/gi) ?? [];
  const decimal = text.replaceAll(/(?<![\da-z])0+(?=\d)/gi, '');
  if (decimal === text) return undefined;
  const isSame = numbers.every((number) => /^0+[0-7]$/.test(number));
  return { text: decimal, readings: isSame ? 'same' : 'different' };
}
