import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { TestContext } from 'node:test';

/** Record types by number. Source: RFC 1035 §3.2.2, RFC 6698 §7.1. */
const types = { A: 1, MX: 15, TXT: 16, TLSA: 52 } as const;

/** What a name server knows: data of records by type and name, such as `MX fabrikam.com`. */
export type Zone = Readonly<Record<string, readonly Buffer[]>>;

/** Writes a name as a record holds it. */
export function wireName(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** Starts a name server on loopback that answers from a zone, and says that what is not there does not exist. */
export async function fakeNameServer(context: TestContext, zone: Zone): Promise<number> {
  const socket = createSocket('udp4');
  context.after(() => socket.close());
  socket.on('message', (query, { port, address }) => socket.send(answerTo(query, zone), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket.address().port;
}

function answerTo(query: Buffer, zone: Zone): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = query.readUInt16BE(at + 1);
  const word = Object.entries(types).find(([, number]) => number === type)?.[0];
  const found = zone[`${word} ${labels.join('.').toLowerCase()}`] ?? [];
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(found.length > 0 ? 0x81a0 : 0x8183, 2);
  head.writeUInt16BE(found.length, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  const rows = found.map((data) => {
    const row = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 0xff]);
    return Buffer.concat([row, data]);
  });
  return Buffer.concat([head, query.subarray(12, at + 5), ...rows]);
}
