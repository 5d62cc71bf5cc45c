/** What is wrong with a text where an address belongs, in words; undefined when nothing is. */
import { parseIpAddress, type IpFamily } from '../mail/ip-address.ts';
import { explainIpRange } from '../mail/ip-range.ts';
import { explainTcpBinding } from '../mail/tcp-binding.ts';
import { ipRangeFaultWords, tcpBindingFaultWords, type FaultWords } from './fault-words.ts';

/** Explains what is no range of addresses. */
export function rangeFault(text: string): FaultWords | undefined {
  const fault = explainIpRange(text);
  return fault && ipRangeFaultWords[fault];
}

/** Explains what is no address with a port. */
export function endpointFault(text: string): FaultWords | undefined {
  const fault = explainTcpBinding(text);
  return fault && tcpBindingFaultWords[fault];
}

/** Explains what is no single address. */
export function addressFault(text: string): FaultWords | undefined {
  if (parseIpAddress(text)) return undefined;
  const fault = explainIpRange(text);
  if (fault === undefined)
    return { says: 'is a range, where one address belongs', help: 'Write one address.' };
  return fault === 'host-name'
    ? ipRangeFaultWords[fault]
    : { says: 'is no address', help: 'Write an IP address.' };
}

/** Explains what is no address that a network adapter can have. */
export function ownAddressFault(text: string): FaultWords | undefined {
  if (parseIpAddress(text)?.value !== 0n) return addressFault(text);
  return { says: 'stands for all addresses', help: 'Write the addresses that the server has.' };
}

/** Explains what is no IPv4 address. */
export function ipv4Fault(text: string): FaultWords | undefined {
  return familyFault(text, 'ipv4', 'IPv4');
}

/** Explains what is no IPv6 address. */
export function ipv6Fault(text: string): FaultWords | undefined {
  return familyFault(text, 'ipv6', 'IPv6');
}

function familyFault(text: string, family: IpFamily, name: string): FaultWords | undefined {
  if (parseIpAddress(text)?.family === family) return undefined;
  return { says: `is no ${name} address`, help: `Write an ${name} address.` };
}
