import type { IncomingMessage } from 'node:http';

import type { Answer } from '../monitor/answer.ts';
import type { QueueRequest, Selection } from '../queue/queue-request.ts';
import { pagePolicy } from './frame.ts';
import { formOf } from './form-body.ts';
import { donePage, messagePage, queuePage, refusedPage, type Mode } from './message-pages.ts';
import { overviewPage } from './overview-page.ts';
import type { Viewed } from './viewed.ts';

/** So many messages are on one page. */
const pageLength = 50;

/** So many messages are acted on at once. */
const mostChosen = 200;

function page(status: number, text: string): Answer {
  return { status, type: 'text/html; charset=utf-8', policy: pagePolicy, text };
}

function refused(status: number, reason: string): Answer {
  return page(status, refusedPage(reason));
}

/**
 * Answers for the pages of the Queue Viewer; undefined for what is none of them.
 *
 * Whoever can reach it may look. To act needs the token with every request, so that no page of elsewhere can have a
 * browser act in somebody's name; it is asked for the origin besides.
 */
export async function viewerAnswer(viewed: Viewed, request: IncomingMessage): Promise<Answer | undefined> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST') return pathname === '/act' ? act(viewed, request) : undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  switch (pathname) {
    case '/':
      return page(200, overviewPage(viewed));
    case '/queue':
      return showQueue(viewed, query);
    case '/message':
      return showMessage(viewed, query);
    default:
      return undefined;
  }
}

function modeOf({ gate }: Viewed): Mode {
  return gate === undefined ? 'read only' : 'by token';
}

function serverIn({ serverNames }: Viewed, name: string | null): string | undefined {
  return serverNames.find((one) => one === name);
}

function idIn(text: string | null): number | undefined {
  const id = /^\d{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : undefined;
}

async function showQueue(viewed: Viewed, query: URLSearchParams): Promise<Answer> {
  const server = serverIn(viewed, query.get('server'));
  if (server === undefined) return refused(404, 'There is no such server here.');
  const queue = query.get('queue') ?? undefined;
  const after = idIn(query.get('after')) ?? 0;
  const named = queue === undefined ? {} : { queue };
  const { messages = [], next } = await viewed.queue.answer(server, {
    kind: 'page',
    after,
    limit: pageLength,
    ...named,
  });
  const mode = modeOf(viewed);
  return page(200, queuePage({ server, messages, mode, ...named, ...(next !== undefined && { next }) }));
}

async function showMessage(viewed: Viewed, query: URLSearchParams): Promise<Answer> {
  const server = serverIn(viewed, query.get('server'));
  const id = idIn(query.get('id'));
  if (server === undefined || id === undefined) return refused(404, 'There is no such message.');
  const { messages = [] } = await viewed.queue.answer(server, {
    kind: 'show',
    of: { kind: 'messages', ids: [id] },
  });
  const [message] = messages;
  if (message === undefined) return refused(404, 'The message is not in the queue any more.');
  return page(200, messagePage(server, message, modeOf(viewed)));
}

async function act(viewed: Viewed, request: IncomingMessage): Promise<Answer> {
  const { gate, queue, log } = viewed;
  if (gate === undefined)
    return refused(403, 'This viewer is for looking only: it was started without a token.');
  if (!isOwnOrigin(request)) return refused(403, 'The request comes from a page of elsewhere.');
  const form = await formOf(request);
  if (form === undefined) return refused(413, 'This is no form of the viewer.');
  switch (gate.judge(form.get('token') ?? '')) {
    case 'too many tries':
      return refused(429, 'Too many wrong tokens; wait a minute.');
    case 'wrong':
      log('warning', 'viewer token refused', {});
      return refused(403, 'The token is wrong.');
  }
  const server = serverIn(viewed, form.get('server'));
  const wanted = requestIn(form);
  if (server === undefined || wanted === undefined) return refused(400, 'Nothing was chosen.');
  log('info', 'queue request', { by: 'viewer', server, request: JSON.stringify(wanted).slice(0, 500) });
  const { done = [], failure } = await queue.answer(server, wanted);
  return failure === undefined ? page(200, donePage(server, done)) : refused(500, failure);
}

/** A browser says where a form was sent from; whoever is no browser has no one's trust to abuse. */
function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  return (
    (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin')
  );
}

function requestIn(form: URLSearchParams): QueueRequest | undefined {
  const action = form.get('action');
  const queue = form.get('queue');
  const ids = form
    .getAll('id')
    .slice(0, mostChosen)
    .flatMap((text) => idIn(text) ?? []);
  const chosen: Selection | undefined = ids.length > 0 ? { kind: 'messages', ids } : undefined;
  const whole: Selection | undefined = queue === null ? undefined : { kind: 'queue', key: queue };
  switch (action) {
    case 'retry':
    case 'suspend':
    case 'resume':
      return chosen && { kind: action, of: chosen };
    case 'retry-queue':
      return whole && { kind: 'retry', of: whole };
    case 'suspend-queue':
      return whole && { kind: 'suspend', of: whole };
    case 'resume-queue':
      return whole && { kind: 'resume', of: whole };
    case 'remove-with-dsn':
      return chosen && { kind: 'remove', of: chosen, dsn: 'with' };
    case 'remove-without-dsn':
      return chosen && { kind: 'remove', of: chosen, dsn: 'without' };
    default:
      return undefined;
  }
}
