import type { IncomingMessage } from 'node:http';

/** Unit: bytes. A form of ours with all that can be chosen takes a tenth of it. */
const longest = 65_536;

/** Reads what a form sends. Fails: returns undefined where it is too long, or no form. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
