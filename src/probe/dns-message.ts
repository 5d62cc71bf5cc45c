import { randomInt } from 'node:crypto';

/** One record of an answer; `data` is what stands behind its length. */
export interface DnsRecord {
  readonly type: number;
  readonly data: Buffer;
}

/** What a name server answered. */
export interface DnsAnswer {
  readonly id: number;
  /** Source: RFC 1035 §4.1.1 (RCODE). */
  readonly code: number;
  readonly isTruncated: boolean;
  /** The name server says that it has checked signatures. Source: RFC 4035 §3.2.3 (AD). */
  readonly isAuthenticated: boolean;
  readonly records: readonly DnsRecord[];
}

/** A question, and the number by which its answer is known. */
export interface DnsQuery {
  readonly id: number;
  readonly bytes: Buffer;
}

/** TLSA, which Node asks for since 22.15 only. Source: RFC 6698 §7.1. */
export const tlsaType = 52;

/** OPT: 1232 bytes of answer, and DO, so that AD means something. Source: RFC 6891 §6.1.2, RFC 3225 §3. */
const opt = Buffer.from([0, 0, 41, 1232 >> 8, 1232 & 0xff, 0, 0, 0x80, 0, 0, 0]);

/** Writes a question for one name and type; the name has been through `asciiDomain`. Source: RFC 1035 §4.1. */
export function dnsQuery(name: string, type: number): DnsQuery {
  const id = randomInt(0x10000);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(id, 0);
  // Recursion is desired, and AD is understood. Source: RFC 6840 §5.7.
  head.writeUInt16BE(0x0120, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(1, 10);
  const labels = name.split('.').map((label) => {
    const bytes = Buffer.from(label, 'ascii');
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  });
  const tail = Buffer.from([0, type >> 8, type & 0xff, 0, 1]);
  return { id, bytes: Buffer.concat([head, ...labels, tail, opt]) };
}

/** Reads an answer. Fails: returns undefined for what is none, or ends too early. */
export function readDnsAnswer(bytes: Buffer): DnsAnswer | undefined {
  if (bytes.length < 12) return undefined;
  const flags = bytes.readUInt16BE(2);
  if ((flags & 0x8000) === 0) return undefined;
  let at: number | undefined = 12;
  for (let left = bytes.readUInt16BE(4); left > 0; left -= 1) {
    at = afterName(bytes, at);
    if (at === undefined) return undefined;
    at += 4;
  }
  const records: DnsRecord[] = [];
  for (let left = bytes.readUInt16BE(6); left > 0; left -= 1) {
    at = afterName(bytes, at);
    if (at === undefined || at + 10 > bytes.length) return undefined;
    const end: number = at + 10 + bytes.readUInt16BE(at + 8);
    if (end > bytes.length) return undefined;
    records.push({ type: bytes.readUInt16BE(at), data: bytes.subarray(at + 10, end) });
    at = end;
  }
  return {
    id: bytes.readUInt16BE(0),
    code: flags & 0x0f,
    isTruncated: (flags & 0x0200) !== 0,
    isAuthenticated: (flags & 0x0020) !== 0,
    records,
  };
}

/** Passes over a name; a pointer ends it, so nothing is followed. Source: RFC 1035 §4.1.4. */
function afterName(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at < bytes.length;) {
    const length = bytes[at] ?? 0;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    if (length > 63) return undefined;
    at += length + 1;
  }
  return undefined;
}
