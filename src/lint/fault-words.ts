/** How the faults that src/mail finds are put into words, for all rules that meet them. */
import type { IpRangeFault } from '../mail/ip-range.ts';
import type { DomainFault } from '../mail/smtp-domain.ts';
import type { TcpBindingFault } from '../mail/tcp-binding.ts';

/** The end of a sentence that begins with the text at fault, and an imperative. */
export interface FaultWords {
  readonly says: string;
  readonly help: string;
}

/** Puts into words why a text is no range of addresses. */
export const ipRangeFaultWords: Readonly<Record<IpRangeFault, FaultWords>> = {
  reversed: { says: 'ends before it begins', help: 'Write the lower address first.' },
  'mixed-families': { says: 'mixes IPv4 and IPv6', help: 'Write one range for each family.' },
  'non-contiguous-mask': {
    says: 'has a mask whose ones do not stand together',
    help: 'Write a mask such as 255.255.255.0, or CIDR.',
  },
  'prefix-out-of-bounds': {
    says: 'has a prefix that is longer than an address',
    help: 'Write a prefix of 0 to 32 for IPv4, or of 0 to 128 for IPv6.',
  },
  'host-name': {
    says: 'is a host name, where only addresses can stand',
    help: 'Write the addresses of the host.',
  },
  malformed: {
    says: 'is no address and no range of addresses',
    help: 'Write an address, CIDR, first-last or address(mask).',
  },
};

/** Puts into words why a text is no address with a port. */
export const tcpBindingFaultWords: Readonly<Record<TcpBindingFault, FaultWords>> = {
  'missing-port': { says: 'has no port', help: 'Write IPv4:port or [IPv6]:port.' },
  'leading-zeros': {
    says: 'has leading zeros, which some programs read as octal',
    help: 'Write the numbers without leading zeros.',
  },
  'port-out-of-range': { says: 'has a port outside 1 to 65535', help: 'Write a port of 1 to 65535.' },
  malformed: { says: 'is no address with a port', help: 'Write IPv4:port or [IPv6]:port.' },
};

/** Puts into words why a text is no domain. */
export const domainFaultWords: Readonly<Record<DomainFault, FaultWords>> = {
  'mail-address': {
    says: 'is a mail address, where a domain belongs',
    help: 'Write what stands behind the "@".',
  },
  wildcard: { says: 'has a wildcard where none can stand', help: 'Name each domain without a wildcard.' },
  'too-long': {
    says: 'is longer than a domain can be',
    help: 'Keep to 63 characters between dots and to 255 in all.',
  },
  malformed: { says: 'is no domain', help: 'Write a domain such as contoso.com.' },
};
