const secondsPer = { s: 1, m: 60, h: 3600, d: 86400 } as const;

/**
 * Parses a duration: `hh:mm:ss`, `d.hh:mm:ss`, or one number with a unit such as `30s`, `10m`, `4h`, `2d`.
 *
 * Unit: seconds.
 * Fails: returns undefined, also for a bare number and for `hh:mm`, which Exchange takes for days and for hours.
 * Source: EXCH New-ReceiveConnector -ConnectionTimeout.
 */
export function parseTimeSpan(text: string): number | undefined {
  const trimmed = text.trim();
  const short = /^(\d{1,9}) ?(s|m|h|d)$/i.exec(trimmed);
  if (short) return Number(short[1]) * secondsPer[(short[2] ?? 's').toLowerCase() as keyof typeof secondsPer];
  const long = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(trimmed);
  if (!long) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = long.slice(1).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return days * secondsPer.d + hours * secondsPer.h + minutes * secondsPer.m + seconds;
}

/**
 * Writes a duration as Exchange does: `hh:mm:ss`, with the days in front where there are any.
 *
 * Unit: seconds.
 */
export function printTimeSpan(span: number): string {
  const days = Math.floor(span / secondsPer.d);
  const parts = [Math.floor(span / secondsPer.h) % 24, Math.floor(span / secondsPer.m) % 60, span % 60];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return days === 0 ? clock : `${days}.${clock}`;
}
