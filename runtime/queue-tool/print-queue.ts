import type { DoneRow, MessageRow, QueueRow } from '../queue/queue-request.ts';
import type { Asked } from './ask-queue.ts';

/** What one server said. */
export interface ServerAnswer extends Asked {
  readonly server: string;
}

/** Writes answers for programs; the form is a contract, and `version` changes with it. */
export function queueJson(servers: readonly ServerAnswer[]): string {
  const rows = servers.map(({ server, state, answer: { done, ...answer } }) => ({
    server,
    state,
    ...answer,
    ...(done && { done: done.map(({ what, outcome, detail }) => ({ what, outcome, detail })) }),
  }));
  return `${JSON.stringify({ version: 1, servers: rows }, undefined, 2).replaceAll(hostile, escapeUnit)}\n`;
}

/** Writes answers for people. */
export function queueText(servers: readonly ServerAnswer[]): string {
  return servers.map(serverText).join('\n');
}

/** Characters that act on a terminal or change the order of what is read: no address or subject needs them here. */
const hostile = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Makes what others wrote fit for one line of a terminal. */
export function shown(text: string, length = 200): string {
  const plain = text.replaceAll(/[\u0000-\u001f]/g, '?').replaceAll(hostile, '?');
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
}

function serverText({ server, state, answer }: ServerAnswer): string {
  const lines = [`${server} (${state})`];
  if (answer.queues !== undefined) {
    lines.push(...table([queueTitles, ...answer.queues.map(queueCells)]));
    const told = answer.messages ?? [];
    if (told.length > 0) lines.push('', ...table([messageTitles, ...told.map(messageCells)]));
    const left = (answer.total ?? told.length) - told.length;
    if (left > 0) lines.push(`  … ${left} more messages: --queue and --limit choose`);
    if (answer.total === 0) lines.push('  no messages');
  } else for (const message of answer.messages ?? []) lines.push(...messageLines(message));
  for (const row of answer.done ?? []) lines.push(doneLine(row));
  return `${lines.join('\n')}\n`;
}

const queueTitles = ['Queue', 'Status', 'Messages', 'Next retry', 'Last error'];

function queueCells({ queue, status, messages, retryIn, lastError }: QueueRow): readonly string[] {
  return [
    shown(queue),
    status,
    String(messages),
    retryIn === undefined ? '' : `in ${duration(retryIn)}`,
    shown(lastError ?? '', 80),
  ];
}

const messageTitles = ['Message', 'Status', 'Size', 'Age', 'From', 'To'];

function messageCells({ id, status, size, age, from, recipients }: MessageRow): readonly string[] {
  const [first] = recipients.filter((one) => one.status === 'waiting');
  const others = recipients.length > 1 ? ` and ${recipients.length - 1} more` : '';
  return [
    id,
    status,
    String(size),
    duration(age),
    `<${shown(from ?? '', 60)}>`,
    `<${shown(first?.address ?? '', 60)}>${others}`,
  ];
}

function messageLines(message: MessageRow): readonly string[] {
  const { id, status, size, age, received = '', from = '', messageId = '', subject = '', reason } = message;
  return [
    `  Message     ${id}`,
    `  Status      ${status}${reason === undefined ? '' : `: ${shown(reason)}`}`,
    `  Size        ${size} bytes`,
    `  Received    ${received}, ${duration(age)} ago`,
    `  From        <${shown(from)}>`,
    `  Subject     ${shown(subject)}`,
    `  Message-ID  ${shown(messageId)}`,
    ...message.recipients.flatMap(({ address, status, queue, lastError }) => [
      `  To          <${shown(address)}>: ${status}${queue === undefined ? '' : ` in "${shown(queue)}"`}`,
      ...(lastError === undefined ? [] : [`              ${shown(lastError)}`]),
    ]),
    '',
  ];
}

function doneLine({ what, outcome, detail }: DoneRow): string {
  return `  ${shown(what)}: ${outcome === 'done' ? '' : 'NOT DONE: '}${shown(detail)}`;
}

/** Unit: seconds. Written as Exchange does: d.hh:mm:ss. */
export function duration(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 86_400 ? `${Math.floor(seconds / 86_400)}.${time}` : time;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
