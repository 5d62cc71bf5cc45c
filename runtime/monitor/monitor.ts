import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import type { Endpoint } from '../config.ts';
import { endpointText, localEndpoint, whyNotListening } from '../server/listener.ts';
import { StartFailure } from '../start-failure.ts';
import type { Answer } from './answer.ts';
import { metricsText, metricsType, type Family } from './metrics-text.ts';

/** What the monitor tells. */
export interface MonitorOptions {
  readonly at: Endpoint;
  /** Why no mail should be sent here now; nothing where it may. */
  readonly whyNotReady: () => readonly string[];
  readonly metrics: () => readonly Family[];
  /** Learns what was thrown while a page was made. */
  readonly onFault?: (thrown: unknown) => void;
  /** Answers for more pages; undefined for what it does not know. Absent where there are none. */
  readonly pages?: (request: IncomingMessage) => Promise<Answer | undefined>;
}

/** A monitor that listens. */
export interface Monitor {
  readonly local: Endpoint;
  close(): Promise<void>;
}

const plain = 'text/plain; charset=utf-8';

/**
 * Answers `/healthz`, `/readyz` and `/metrics` over HTTP, to whoever is on this machine.
 *
 * Only GET and HEAD, nothing is changed by it. A page of a browser that has a name of its own point to this machine is
 * refused by the Host it asks for.
 * Fails: rejects with StartFailure where the endpoint is in use or not ours.
 */
export async function openMonitor(options: MonitorOptions): Promise<Monitor> {
  const server = createServer(
    { maxHeaderSize: 8192, headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 5000 },
    (request, response) => void respond(request, response, options),
  );
  server.maxConnections = 50;
  await listen(server, options.at);
  return {
    local: localEndpoint(server, options.at),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, at: Endpoint): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new StartFailure(`cannot listen on ${endpointText(at)}: ${whyNotListening(cause)}`, cause)),
    );
    server.listen({ host: at.address, port: at.port }, resolve);
  });
  server.removeAllListeners('error');
  // Without a listener an error would end the process, and mail with it.
  server.on('error', () => undefined);
  // Nobody who only looks keeps the process alive.
  server.unref();
}

/** Whatever goes wrong in a page ends its request and nothing else. */
async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: MonitorOptions,
): Promise<void> {
  // A client that is gone needs no answer.
  response.on('error', () => undefined);
  try {
    if (!isThisMachine(request.headers.host)) {
      write(request, response, { status: 403, text: 'ask for localhost or a loopback address\n' });
      return;
    }
    write(request, response, (await options.pages?.(request)) ?? answer(request, options));
  } catch (thrown) {
    options.onFault?.(thrown);
    if (!response.headersSent) write(request, response, { status: 500, text: 'this page cannot be made\n' });
  }
}

function answer({ method, url }: IncomingMessage, options: MonitorOptions): Answer {
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, text: 'only GET and HEAD\n', allow: 'GET, HEAD' };
  switch (url?.split('?')[0]) {
    case '/healthz':
      return { status: 200, text: 'ok\n' };
    case '/readyz': {
      const reasons = options.whyNotReady();
      return reasons.length === 0
        ? { status: 200, text: 'ready\n' }
        : { status: 503, text: reasons.map((reason) => `${reason}\n`).join('') };
    }
    case '/metrics':
      return { status: 200, type: metricsType, text: metricsText(options.metrics()) };
    default:
      return { status: 404, text: 'there are /healthz, /readyz and /metrics\n' };
  }
}

/** The port does not matter, for a tunnel has another one. */
function isThisMachine(host: string | undefined): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host ?? '');
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type = plain, text, allow, policy }: Answer,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(allow !== undefined && { Allow: allow }),
    ...(policy !== undefined && { 'Content-Security-Policy': policy }),
    // A body that nobody asked for is not read.
    ...(status >= 400 && { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
