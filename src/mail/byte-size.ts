const bytesPer = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 } as const;

type Unit = keyof typeof bytesPer;

/**
 * Parses an Exchange size such as `25 MB`; a bare number is bytes.
 *
 * Unit: bytes, rounded up to a whole kilobyte as Exchange does; 1 KB is 1024 bytes.
 * Fails: returns undefined, also for `unlimited`, which is no size; the caller has the span and reports.
 * Source: EXCH New-SendConnector -MaxMessageSize.
 */
export function parseByteSize(text: string): number | undefined {
  const exact = parseExactByteSize(text);
  const bytes = exact === undefined ? undefined : Math.ceil(exact / 1024) * 1024;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * Parses a size as `parseByteSize` does, without rounding, to compare it with the bounds that Exchange states.
 *
 * Unit: bytes.
 * Fails: returns undefined.
 */
export function parseExactByteSize(text: string): number | undefined {
  const match = /^(\d+) ?(B|KB|MB|GB|TB)?$/i.exec(text.trim());
  if (!match) return undefined;
  const unit = (match[2]?.toUpperCase() ?? 'B') as Unit;
  const bytes = Number(match[1]) * bytesPer[unit];
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * Parses a size or `unlimited`.
 *
 * Unit: bytes, as `parseByteSize`.
 * Fails: returns undefined.
 */
export function parseByteLimit(text: string): number | 'unlimited' | undefined {
  return isUnlimited(text) ? 'unlimited' : parseByteSize(text);
}

/** Says whether the text is Exchange's word for no limit. */
export function isUnlimited(text: string): boolean {
  return text.trim().toLowerCase() === 'unlimited';
}

/**
 * Writes a size with the largest unit that divides it, without a blank: `25MB`.
 *
 * Unit: bytes.
 */
export function printByteSize(bytes: number): string {
  const units: readonly Unit[] = ['TB', 'GB', 'MB', 'KB'];
  const unit = units.find((one) => bytes > 0 && bytes % bytesPer[one] === 0) ?? 'B';
  return `${bytes / bytesPer[unit]}${unit}`;
}
