import { parseAddressSpace, printAddressSpace } from '../mail/address-space.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import { parseDomainPattern, printDomainPattern } from '../mail/smtp-domain.ts';
import { parseTcpBinding, printTcpBinding } from '../mail/tcp-binding.ts';

/** Writes a value of a list so that two which mean the same are written the same. */
export function canonicalText(text: string): string {
  const range = parseIpRange(text);
  if (range) return `${range.first}-${range.last} ${range.family} ${range.zone ?? ''}`;
  const binding = parseTcpBinding(text);
  if (binding) return printTcpBinding(binding);
  const pattern = parseDomainPattern(text);
  if (pattern) return printDomainPattern(pattern);
  const space = parseAddressSpace(text);
  return space ? printAddressSpace(space) : text.trim().toLowerCase();
}
