let second = NaN;
let head = '';

/**
 * Writes a time as ISO 8601 has it, in UTC with milliseconds; what it shares with others of its second is made once.
 * Unit: milliseconds since 1970.
 */
export function isoTime(at: number): string {
  const whole = Math.floor(at / 1000);
  if (whole !== second) {
    head = new Date(whole * 1000).toISOString().slice(0, -4);
    second = whole;
  }
  return `${head}${String(Math.floor(at) - whole * 1000).padStart(3, '0')}Z`;
}
