import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { readStsPolicy, type StsPolicy } from './mta-sts.ts';

/** How a policy is fetched. */
export interface PolicyFetch {
  /** Finds the addresses of a name. */
  readonly addresses: (name: string) => Promise<readonly string[]>;
  /** Unit: milliseconds, for all of it. */
  readonly timeout: number;
  /** Default: 443; a test has its own. */
  readonly port?: number;
  /** Roots in PEM; default: the public ones. */
  readonly ca?: readonly string[];
}

/** Unit: bytes. Source: RFC 8461 §3.2 recommends it. */
const largest = 64 * 1024;

/** Fetches the policy of a domain over HTTPS; redirects are not followed. Fails: resolves to a reason. Source: RFC 8461 §3.3. */
export function fetchPolicy(domain: string, options: PolicyFetch): Promise<StsPolicy | string> {
  const { timeout, port = 443, ca } = options;
  return new Promise((resolve) => {
    const request = https.get(
      {
        hostname: `mta-sts.${domain}`,
        port,
        path: '/.well-known/mta-sts.txt',
        agent: false,
        lookup: lookupBy(options.addresses),
        signal: AbortSignal.timeout(timeout),
        ...(ca && { ca: [...ca] }),
      },
      (response) => {
        const { statusCode } = response;
        if (statusCode !== 200) {
          response.destroy();
          resolve(`the server answers with HTTP ${statusCode}`);
          return;
        }
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > largest) response.destroy(new Error('the policy is too long'));
          else chunks.push(chunk);
        });
        response.on('error', (error) => resolve(reasonOf(error)));
        response.on('end', () =>
          resolve(readStsPolicy(Buffer.concat(chunks).toString('latin1')) ?? 'the file is no policy'),
        );
      },
    );
    request.on('error', (error) => resolve(reasonOf(error)));
  });
}

function reasonOf(error: Error): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return 'the server gives no answer in time';
  return `it cannot be fetched: ${'code' in error ? String(error.code) : error.message}`;
}

/** Node asks for one address or for all; both are given what the resolver of the probe says. */
function lookupBy(addresses: PolicyFetch['addresses']): LookupFunction {
  return (name, options, callback) => {
    addresses(name).then(
      (found) => {
        const all = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
        const [first] = all;
        if (first === undefined) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
        else if (options.all === true) callback(null, all);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}
