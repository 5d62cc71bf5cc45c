/** Why a text cannot be the name of a connector. */
export type ConnectorNameFault =
  'empty' | 'too-long' | 'control-character' | 'backslash' | 'surrounding-blank' | 'outer-asterisk';

/** The longest name that Exchange takes. Unit: UTF-16 code units. Source: EXCH New-ReceiveConnector -Name. */
export const longestConnectorName = 64;

/** A key of `receiveConnectors` taken apart: Exchange writes `Server\Name` where a name alone is not unique. */
export interface ConnectorKey {
  readonly server?: string;
  readonly name: string;
}

/** Tells why a text cannot be a connector's name; undefined when it can. */
export function explainConnectorName(text: string): ConnectorNameFault | undefined {
  if (text.trim() === '') return 'empty';
  // Line and paragraph separators, half characters and marks that turn the direction hide what a name is.
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text))
    return 'control-character';
  if (text.includes('\\')) return 'backslash';
  if (text.trim() !== text) return 'surrounding-blank';
  // As an identity it would stand for others, too. Source: EXCH Get-AcceptedDomain -Identity, whose names have asterisks.
  if (text.startsWith('*') || text.endsWith('*')) return 'outer-asterisk';
  return text.length > longestConnectorName ? 'too-long' : undefined;
}

/**
 * Parses the name of a connector.
 *
 * Fails: returns undefined; `explainConnectorName` has the reason.
 */
export function parseConnectorName(text: string): string | undefined {
  return explainConnectorName(text) === undefined ? text : undefined;
}

/** Takes `Server\Name` apart at the first backslash; a key without one is a name alone. */
export function splitConnectorKey(key: string): ConnectorKey {
  const cut = key.indexOf('\\');
  return cut < 0 ? { name: key } : { server: key.slice(0, cut), name: key.slice(cut + 1) };
}

/** Says whether Exchange takes two names for the same one: case does not count. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
