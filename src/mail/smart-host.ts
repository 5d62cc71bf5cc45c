import { parseIpAddress, printIpAddress, type IpAddress } from './ip-address.ts';
import { parseSmtpDomain, type SmtpDomain } from './smtp-domain.ts';

/** The next hop by name or by address; `text` is what the author wrote. */
export type SmartHost =
  | { readonly kind: 'fqdn'; readonly text: string; readonly domain: SmtpDomain }
  | { readonly kind: 'address'; readonly text: string; readonly address: IpAddress };

/** Why a text is no smart host. */
export type SmartHostFault = 'single-label' | 'port' | 'url' | 'malformed';

/**
 * Parses an FQDN or an address; an address may stand in brackets, as Exchange shows it.
 *
 * Fails: returns undefined; `explainSmartHost` has the reason.
 * Source: EXCH New-SendConnector -SmartHosts, DOC S9.2.
 */
export function parseSmartHost(text: string): SmartHost | undefined {
  const read = readSmartHost(text);
  return typeof read === 'string' ? undefined : read;
}

/** Tells why a text is no smart host; undefined when it is one. */
export function explainSmartHost(text: string): SmartHostFault | undefined {
  const read = readSmartHost(text);
  return typeof read === 'string' ? read : undefined;
}

/** Writes a smart host as the cmdlet takes it: the name in lower case, or the address without brackets. */
export function printSmartHost(host: SmartHost): string {
  return host.kind === 'fqdn' ? host.domain.ascii : printIpAddress(host.address);
}

function readSmartHost(text: string): SmartHost | SmartHostFault {
  const trimmed = text.trim();
  const address = readAddress(trimmed);
  if (address) return { kind: 'address', text, address };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return 'url';
  const domain = parseSmtpDomain(trimmed);
  if (domain) return domain.labels.length > 1 ? { kind: 'fqdn', text, domain } : 'single-label';
  const [, host = ''] = /^(.+):\d+$/.exec(trimmed) ?? [];
  return readAddress(host) || parseSmtpDomain(host) ? 'port' : 'malformed';
}

/** Source: RFC 5321 §4.1.3 (address literals; `IPv6:` is their tag). */
function readAddress(text: string): IpAddress | undefined {
  const literal = /^\[(?:IPv6:)?([^\]]+)\]$/i.exec(text);
  return parseIpAddress(literal?.[1] ?? text);
}
