import { duration } from '../queue-tool/print-queue.ts';
import type { DoneRow, MessageRow, RecipientRow } from '../queue/queue-request.ts';
import { pageOf, part, table } from './frame.ts';
import { html, type Html, type Piece } from './html.ts';
import { messageAddress, queueAddress } from './page-words.ts';

/** Who may do something with what is shown. */
export type Mode = 'read only' | 'by token';

/** A part of a queue: messages behind one, and whether there are more. */
export interface QueuePart {
  readonly server: string;
  /** Absent for all messages of the server. */
  readonly queue?: string;
  readonly messages: readonly MessageRow[];
  /** The message behind which it goes on. */
  readonly next?: number;
  readonly mode: Mode;
}

/** Shows some messages of a queue, with a way to those that come behind. */
export function queuePage({ server, queue, messages, next, mode }: QueuePart): string {
  const title = queue === undefined ? `Messages of ${server}` : `Queue ${queue} of ${server}`;
  const rows = messages.map((row) => [
    html`<a href="${messageAddress(server, row.id)}">${row.id}</a>`,
    ...(mode === 'by token'
      ? [
          html`<input
            type="checkbox"
            name="id"
            value="${row.id}"
            aria-label="Message ${row.id}"
            form="act"
          />`,
        ]
      : []),
    row.status,
    row.size,
    duration(row.age),
    `<${row.from ?? ''}>`,
    recipientsWords(row.recipients),
  ]);
  const chosen = mode === 'by token' ? ['Choose'] : [];
  const columns = ['Message', ...chosen, 'Status', 'Bytes', 'Age', 'From', 'To'];
  return pageOf(
    title,
    html`<p><a href="/">All queues</a></p>`,
    rows.length === 0 ? html`<p>No messages here.</p>` : table('Messages', columns, rows),
    next === undefined ? undefined : html`<p><a href="${queueAddress(server, queue, next)}">Go on</a></p>`,
    mode === 'by token' ? actions({ server, ...(queue !== undefined && { queue }) }) : undefined,
  );
}

function recipientsWords(recipients: readonly RecipientRow[]): string {
  const first = recipients.find(({ status }) => status === 'waiting') ?? recipients[0];
  const others = recipients.length > 1 ? ` and ${recipients.length - 1} more` : '';
  return first === undefined ? '' : `<${first.address}>${others}`;
}

/** So many recipients of a message are shown. */
const mostRecipients = 200;

/** Shows all that is known of a message. */
export function messagePage(server: string, message: MessageRow, mode: Mode): string {
  const { id, status, size, age, received = '', from = '', messageId = '', subject = '', reason } = message;
  const pairs: readonly (readonly [string, Piece])[] = [
    ['Status', reason === undefined ? status : `${status}: ${reason}`],
    ['Server', server],
    ['From', `<${from}>`],
    ['Subject', subject],
    ['Message-ID', messageId],
    ['Received', `${received}, ${duration(age)} ago`],
    ['Size', `${size} bytes`],
  ];
  const recipients = message.recipients
    .slice(0, mostRecipients)
    .map(({ address, status: state, queue, lastError }) => [
      `<${address}>`,
      state,
      queue === undefined ? '' : html`<a href="${queueAddress(server, queue)}">${queue}</a>`,
      lastError ?? '',
    ]);
  const left = message.recipients.length - recipients.length;
  return pageOf(
    `Message ${id}`,
    html`<p>
      <a href="/">All queues</a> · <a href="${queueAddress(server, undefined)}">Messages of ${server}</a>
    </p>`,
    html`<dl>
      ${pairs.map(
        ([name, what]) =>
          html`<dt>${name}</dt>
            <dd>${what}</dd>`,
      )}
    </dl>`,
    part('Recipients', table('Recipients', ['Recipient', 'Status', 'Queue', 'Last error'], recipients)),
    left > 0 ? html`<p class="quiet">… and ${left} more</p>` : undefined,
    mode === 'by token' ? actions({ server, id }) : undefined,
  );
}

/** What may be done, with the token in each form: whoever cannot write it cannot send one, from whatever page. */
function actions({ server, queue, id }: { server: string; queue?: string; id?: string }): Html {
  const button = (action: string, label: string, look = ''): Html =>
    html`<button type="submit" name="action" value="${action}" class="${look}">${label}</button>`;
  return part(
    'Act',
    html`<form id="act" method="post" action="/act" autocomplete="off">
      <input type="hidden" name="server" value="${server}" />
      <input type="text" name="username" value="viewer" autocomplete="username" readonly hidden />
      ${id === undefined ? undefined : html`<input type="hidden" name="id" value="${id}" />`}
      <p>
        <label for="token">Token</label><br />
        <input type="password" id="token" name="token" required autocomplete="current-password" />
      </p>
      <p>
        ${button('retry', 'Retry')}${button('suspend', 'Suspend')}${button('resume', 'Resume')}
        ${button('remove-with-dsn', 'Remove and tell the sender', 'danger')}
        ${button('remove-without-dsn', 'Remove and tell nobody', 'danger')}
      </p>
      ${
        queue === undefined
          ? undefined
          : html`<p>
              <input type="hidden" name="queue" value="${queue}" />
              ${button('retry-queue', 'Retry the whole queue')}${button('suspend-queue', 'Suspend the queue')}
              ${button('resume-queue', 'Resume the queue')}
            </p>`
      }
    </form>`,
  );
}

/** Says what became of what was asked for. */
export function donePage(server: string, done: readonly DoneRow[]): string {
  const rows = done
    .slice(0, mostRecipients)
    .map(({ what, outcome, detail }) => [
      what,
      outcome === 'done' ? outcome : html`<span class="bad">${outcome}</span>`,
      detail,
    ]);
  return pageOf(
    'What was done',
    rows.length === 0
      ? html`<p>There was nothing to do.</p>`
      : table('Outcome', ['What', 'Outcome', 'Detail'], rows),
    html`<p>
      <a href="/">All queues</a> · <a href="${queueAddress(server, undefined)}">Messages of ${server}</a>
    </p>`,
  );
}

/** Says why nothing was done. */
export function refusedPage(reason: string): string {
  return pageOf(
    'Nothing was done',
    html`<p class="bad">${reason}</p>
      <p><a href="/">All queues</a></p>`,
  );
}
