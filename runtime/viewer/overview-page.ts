import { endpointText } from '../server/listener.ts';
import { duration } from '../queue-tool/print-queue.ts';
import { pageOf, part, table } from './frame.ts';
import { html, type Html, type Piece } from './html.ts';
import { daysLeftHtml, messageAddress, momentHtml, queueAddress } from './page-words.ts';
import type { Viewed } from './viewed.ts';

/** So many rows of a kind are shown; there may be far more queues, sessions and connectors. */
const mostRows = 200;

/** Shows how everything stands. */
export function overviewPage(viewed: Viewed): string {
  const { config, clock } = viewed;
  return pageOf(
    `Queues of ${config().organization}`,
    html`<p class="quiet">As of ${momentHtml(clock.now())}. <a href="/">Look again</a></p>
      <p id="again-line" hidden>
        <label><input type="checkbox" id="again" /> look again every ten seconds</label>
      </p>`,
    queuesPart(viewed),
    sessionsPart(viewed),
    errorsPart(viewed),
    connectorsPart(viewed),
  );
}

/** Says what is left out where there is too much. */
function shownOf<T>(all: readonly T[], what: string): { readonly rows: readonly T[]; readonly more: Piece } {
  const left = all.length - mostRows;
  const more = left > 0 ? html`<p class="quiet">… and ${left} more ${what}</p>` : undefined;
  return { rows: all.slice(0, mostRows), more };
}

function queuesPart({ queue, serverNames }: Viewed): Html {
  const [counts, hops] = [queue.counts(), queue.hops()];
  const servers = serverNames.map((server) => {
    const held = counts.get(server);
    const { pressure } = queue.spool(server);
    return [
      server,
      html`<a href="${queueAddress(server, undefined)}">${counted(held?.messages ?? 0, 'message')}</a>`,
      pressure === 'normal' ? pressure : html`<span class="bad">${pressure}</span>`,
    ];
  });
  const aside = serverNames.flatMap((server) =>
    (['unreachable', 'poison'] as const)
      .map((name) => ({ server, queue: name, state: name, length: counts.get(server)?.[name] ?? 0 }))
      .filter(({ length }) => length > 0),
  );
  const waiting = serverNames
    .flatMap((server) => (hops.get(server) ?? []).map((hop) => ({ server, ...hop })))
    // A hop whose sessions are only kept open holds nothing.
    .filter(({ length, state }) => length > 0 || state !== 'active')
    .sort((one, other) => other.length - one.length);
  const { rows, more } = shownOf([...aside, ...waiting], 'queues');
  const cells = rows.map((row) => [
    html`<a href="${queueAddress(row.server, row.queue)}">${row.queue}</a>`,
    row.server,
    row.state === 'active'
      ? row.state
      : html`<span class="${row.state === 'retry' ? 'warn' : 'bad'}">${row.state}</span>`,
    row.length,
    'retryIn' in row && row.retryIn !== undefined ? `in ${duration(row.retryIn)}` : '',
    'lastReply' in row ? row.lastReply : '',
  ]);
  return part(
    'Queues',
    table('Servers', ['Server', 'Held', 'Back pressure'], servers),
    cells.length === 0
      ? html`<p>No queue holds anything.</p>`
      : table('By next hop', ['Queue', 'Server', 'Status', 'Waiting', 'Next retry', 'Last error'], cells),
    more,
  );
}

const tlsWords = { unavailable: 'not offered', available: 'not used', active: 'used' } as const;

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function sessionsPart({ server, queue, clock }: Viewed): Html {
  const clients = server.clients();
  const { rows, more } = shownOf(clients, 'sessions');
  const now = clock.now();
  const cells = rows.map((row) => [
    row.client,
    row.server,
    row.connector,
    duration(Math.max(0, Math.floor((now - row.since) / 1000))),
    tlsWords[row.tls],
    row.user ?? '',
    row.session,
  ]);
  const columns = ['Client', 'Server', 'Receive connector', 'For', 'TLS', 'User', 'Session'];
  return part(
    'Sessions',
    html`<p>
      ${counted(clients.length, 'session')} of clients, ${counted(queue.sessions(), 'session')} to next hops.
    </p>`,
    rows.length === 0 ? undefined : table('Clients', columns, cells),
    more,
  );
}

function errorsPart({ errors }: Viewed): Html {
  const messages = errors.messages.map((one) => [
    momentHtml(one.at),
    one.server,
    html`<a href="${messageAddress(one.server, one.id)}">${one.id}</a>`,
    one.event,
    one.others === 0 ? one.recipient : `${one.recipient} and ${one.others} more`,
    one.reply,
  ]);
  const refusals = errors.refusals.map((one) => [momentHtml(one.at), one.server, one.connector, one.code]);
  const messageColumns = ['When', 'Server', 'Message', 'Event', 'Recipient', 'Reply'];
  return part(
    'Last errors',
    messages.length === 0
      ? html`<p>No message was put off or given up since the start; why a queue waits stands above.</p>`
      : table('Of messages', messageColumns, messages),
    refusals.length === 0
      ? undefined
      : table('Replies of 4yz and 5yz to clients', ['When', 'Server', 'Receive connector', 'Code'], refusals),
  );
}

function connectorsPart({ config, serverNames, certificates, clock }: Viewed): Html {
  const { receiveConnectors, sendConnectors } = config();
  const ends = new Map(
    certificates().map(({ server, connector, side, notAfter }) => [
      JSON.stringify([server, connector, side]),
      notAfter === undefined ? 'missing' : notAfter,
    ]),
  );
  const certificate = (server: string, connector: string, side: 'receive' | 'send'): Piece => {
    const end = ends.get(JSON.stringify([server, connector, side]));
    if (end === undefined) return 'none needed';
    return typeof end === 'string'
      ? html`<span class="bad">none fits</span>`
      : daysLeftHtml(end, clock.now());
  };
  const receive = receiveConnectors
    .filter(({ server }) => serverNames.includes(server))
    .map(({ name, server, enabled, bindings }) => [
      name,
      'receive',
      server,
      bindings.map(endpointText).join(', '),
      enabled ? certificate(server, name, 'receive') : 'disabled',
    ]);
  const send = sendConnectors.flatMap(({ name, enabled, sourceTransportServers, addressSpaces }) =>
    sourceTransportServers
      .filter((server) => serverNames.includes(server))
      .map((server) => [
        name,
        'send',
        server,
        addressSpaces.map(({ space }) => space).join(', '),
        enabled ? certificate(server, name, 'send') : 'disabled',
      ]),
  );
  const { rows, more } = shownOf([...receive, ...send], 'connectors');
  const columns = ['Connector', 'Side', 'Server', 'Where', 'Certificate'];
  return part('Connectors', table('Connectors and the certificates that they show', columns, rows), more);
}
