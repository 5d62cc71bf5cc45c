import { parseAddressSpace, printAddressSpace } from '../mail/address-space.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import { parseDomainPattern, printDomainPattern } from '../mail/smtp-domain.ts';
import { parseTcpBinding, printTcpBinding } from '../mail/tcp-binding.ts';

/** What stands in no address, range or binding before a zone; most values of lists are names, and told apart by it. */
const hasOtherThanNumbers = /^[^%]*[^%\s\d\-a-f:./()[\]]/i;

/** Writes a value of a list so that two which mean the same are written the same. */
export function canonicalText(text: string): string {
  const range = hasOtherThanNumbers.test(text) ? undefined : parseIpRange(text);
  if (range) return `${range.first}-${range.last} ${range.family} ${range.zone ?? ''}`;
  const binding = hasOtherThanNumbers.test(text) ? undefined : parseTcpBinding(text);
  if (binding) return printTcpBinding(binding);
  const pattern = parseDomainPattern(text);
  if (pattern) return printDomainPattern(pattern);
  const space = parseAddressSpace(text);
  return space ? printAddressSpace(space) : text.trim().toLowerCase();
}
