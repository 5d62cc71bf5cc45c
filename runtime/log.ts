import { isoTime } from './iso-time.ts';

/** How much an event matters: `info` is the daily run, `warning` another's fault, `error` ours or the machine's. */
export type LogLevel = 'info' | 'warning' | 'error';

/** What is said beside the name of an event; fields without a value are left out. */
export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Takes one event; the name is a few words in lower case, such as `message queued`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** What JSON writes as it is and a terminal or reader may not. */
const leftByJson = /[\u007f-\u009f\u2028\u2029]/;

/**
 * Makes a log that writes one JSON object per event and line.
 *
 * JSON escapes control characters, so what a client sends can neither end a line nor begin one; the two line ends that
 * JSON leaves alone and the C1 controls are escaped as well.
 */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) => {
    const text = JSON.stringify({ time: isoTime(now()), level, event, ...fields });
    write(`${leftByJson.test(text) ? text.replaceAll(new RegExp(leftByJson, 'g'), escapeUnit) : text}\n`);
  };
}

/** Writes a character that may not stand in a line of a log. */
export function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A log that keeps nothing. */
export const silentLog: Log = () => undefined;
