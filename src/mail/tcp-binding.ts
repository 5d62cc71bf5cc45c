import { parseIpAddress, printIpAddress, type IpAddress } from './ip-address.ts';

/** A local address and port that a Receive connector listens on; `text` is what the author wrote. */
export interface TcpBinding {
  readonly text: string;
  readonly address: IpAddress;
  readonly port: number;
}

/** Why a text is no binding. */
export type TcpBindingFault = 'missing-port' | 'leading-zeros' | 'port-out-of-range' | 'malformed';

/**
 * Parses `IPv4:port` or `[IPv6]:port`.
 *
 * Fails: returns undefined; `explainTcpBinding` has the reason.
 * Source: EXCH New-ReceiveConnector -Bindings.
 */
export function parseTcpBinding(text: string): TcpBinding | undefined {
  const read = readTcpBinding(text);
  return typeof read === 'string' ? undefined : read;
}

/** Tells why a text is no binding; undefined when it is one. */
export function explainTcpBinding(text: string): TcpBindingFault | undefined {
  const read = readTcpBinding(text);
  return typeof read === 'string' ? read : undefined;
}

/** Writes a binding: `0.0.0.0:25`, `[::]:25`. */
export function printTcpBinding(binding: TcpBinding): string {
  const address = printIpAddress(binding.address);
  return binding.address.family === 'ipv4' ? `${address}:${binding.port}` : `[${address}]:${binding.port}`;
}

/** Says whether a binding is for every address of its family: `0.0.0.0` or `[::]`. */
export function bindsAllAddresses(binding: TcpBinding): boolean {
  return binding.address.value === 0n;
}

/** How two bindings lie: on sockets of their own, the same, or one for all addresses and the other for one of them. */
export type TcpBindingRelation = 'apart' | 'equal' | 'one-binds-all';

/** Tells how two bindings of a server lie to each other. */
export function relateBindings(a: TcpBinding, b: TcpBinding): TcpBindingRelation {
  if (a.port !== b.port || a.address.family !== b.address.family) return 'apart';
  if (a.address.value === b.address.value) return 'equal';
  return bindsAllAddresses(a) || bindsAllAddresses(b) ? 'one-binds-all' : 'apart';
}

function readTcpBinding(text: string): TcpBinding | TcpBindingFault {
  const [, host = '', portText] = /^(\[[^\]]*\]|[^:[\]]+)(?::(.*))?$/.exec(text.trim()) ?? [];
  const inBrackets = host.startsWith('[');
  const addressText = inBrackets ? host.slice(1, -1) : host;
  const address = parseIpAddress(addressText);
  // Brackets belong to IPv6 alone; they also say which colon comes before the port.
  if (!address || inBrackets !== addressText.includes(':')) return addressFault(text.trim(), addressText);
  if (portText === undefined || portText === '') return 'missing-port';
  if (!/^\d+$/.test(portText)) return 'malformed';
  if (/^0\d/.test(portText)) return 'leading-zeros';
  const port = Number(portText);
  return port >= 1 && port <= 65535 ? { text, address, port } : 'port-out-of-range';
}

function addressFault(text: string, addressText: string): TcpBindingFault {
  const inDecimal = addressText.replaceAll(/(?<=^|\.)0+(?=\d)/g, '');
  if (inDecimal !== addressText && !inDecimal.includes(':') && parseIpAddress(inDecimal))
    return 'leading-zeros';
  // An IPv6 address alone has no port: its brackets, and so the place of the port, are missing.
  return parseIpAddress(text) ? 'missing-port' : 'malformed';
}
