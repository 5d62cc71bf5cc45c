/**
 * Spells a parameter the way a topology does: its leading acronym or first letter in lower case.
 *
 * `RemoteIPRanges` is `remoteIPRanges`, `DNSRoutingEnabled` is `dnsRoutingEnabled`, `RequireTLS` is `requireTLS`.
 */
export function settingKey(parameter: string): string {
  return parameter.replace(/^(?:[A-Z]+(?=[A-Z][a-z]|$)|[A-Z])/, (start) => start.toLowerCase());
}
