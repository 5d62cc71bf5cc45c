/** How much an event matters: `info` is the daily run, `warning` another's fault, `error` ours or the machine's. */
export type LogLevel = 'info' | 'warning' | 'error';

/** What is said beside the name of an event; fields without a value are left out. */
export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Takes one event; the name is a few words in lower case, such as `message queued`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/**
 * Makes a log that writes one JSON object per event and line.
 *
 * JSON escapes control characters, so what a client sends can neither end a line nor begin one; the two line ends that
 * JSON leaves alone and the C1 controls are escaped as well.
 */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) => {
    const text = JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields });
    write(`${text.replaceAll(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit)}\n`);
  };
}

/** Writes a character that may not stand in a line of a log. */
export function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A log that keeps nothing. */
export const silentLog: Log = () => undefined;
