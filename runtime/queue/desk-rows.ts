import type { Clock } from '../clock.ts';
import { readHeader } from '../dsn/original.ts';
import { isoTime } from '../iso-time.ts';
import type { Envelope } from '../message.ts';
import type { Categorizer } from './categorizer.ts';
import type { Conclusions } from './conclusions.ts';
import type { HopQueues } from './hop-queues.ts';
import { piecesOf } from './message-bytes.ts';
import type { MessageRow, QueueRow, RecipientRow } from './queue-request.ts';
import type { FileSpool } from './spool.ts';
import type { StoredMessage } from './stored-message.ts';
import type { SuspendedQueues } from './suspended-queues.ts';
import { openPlaces } from './verdict.ts';

/** What can be seen of a server's queue. */
export interface DeskView {
  readonly spool: FileSpool;
  readonly hops: HopQueues;
  readonly conclusions: Conclusions;
  readonly suspended: SuspendedQueues;
  readonly categorizer: Categorizer;
  readonly clock: Clock;
}

/** Tells of all queues that hold something or are held back. */
export function queueRows(view: DeskView): readonly QueueRow[] {
  const counts = new Map<string, number>([...view.suspended.all()].map((key) => [key, 0]));
  for (const message of view.spool.messages()) {
    for (const key of view.categorizer.keysOf(message)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([queue, messages]) => ({ queue, messages, ...queueStatus(view, queue) }));
}

function queueStatus(
  { categorizer, hops, suspended, clock }: DeskView,
  key: string,
): Omit<QueueRow, 'queue' | 'messages'> {
  if (key === 'poison' || key === 'unreachable') return { status: key };
  if (suspended.has(key)) return { status: 'suspended' };
  if (!categorizer.isRunning) return { status: 'waiting' };
  const gate = hops.get(key)?.gate;
  const lastError = gate?.lastReply === undefined ? {} : { lastError: gate.lastReply };
  if (gate?.retryAt === undefined) return { status: 'active', ...lastError };
  return {
    status: 'retry',
    ...lastError,
    retryIn: Math.max(0, Math.ceil((gate.retryAt - clock.elapsed()) / 1000)),
  };
}

/** Tells of one message. */
export async function messageRow(
  view: DeskView,
  message: StoredMessage,
  how: 'with subject' | 'without subject',
): Promise<MessageRow> {
  const { id, size, state } = message;
  const plain = {
    id: String(id),
    size,
    age: Math.round((view.spool.time.now() - message.enteredAt) / 1000),
    ...(state.poison !== undefined && { reason: state.poison }),
  };
  const envelope = readEnvelope(message);
  if (typeof envelope === 'string') return { ...plain, status: 'damaged', reason: envelope, recipients: [] };
  const subject = how === 'with subject' ? await subjectOf(view, message) : undefined;
  return {
    ...plain,
    status: statusOf(view, message),
    received: isoTime(envelope.receivedAt),
    from: envelope.reversePath,
    messageId: envelope.messageId,
    ...(subject !== undefined && { subject }),
    recipients: envelope.recipients.map(({ forwardPath }, place) =>
      recipientRow(view, message, forwardPath, place),
    ),
  };
}

function readEnvelope(message: StoredMessage): Envelope | string {
  try {
    return message.envelope;
  } catch (thrown) {
    return String(thrown);
  }
}

async function subjectOf({ spool }: DeskView, message: StoredMessage): Promise<string> {
  try {
    return (await readHeader(piecesOf(await spool.bytesOf(message), spool.options.disk))).subject;
  } catch (thrown) {
    return `(cannot be read: ${String(thrown)})`;
  }
}

function recipientRow(view: DeskView, message: StoredMessage, address: string, place: number): RecipientRow {
  const { ended, lastReply } = message.state.recipients[place] ?? {};
  if (ended !== undefined) return { address, status: ended };
  const queue = message.state.poison === undefined ? view.categorizer.keyOf(message, place) : 'poison';
  const lastError = lastReply ?? view.hops.get(queue)?.gate.lastReply;
  return { address, status: 'waiting', queue, ...(lastError !== undefined && { lastError }) };
}

function statusOf(view: DeskView, message: StoredMessage): MessageRow['status'] {
  const { poison, suspended } = message.state;
  if (poison !== undefined) return 'poison';
  if (suspended === true) return 'suspended';
  if (view.conclusions.idlePlaces(message).length < openPlaces(message).length) return 'active';
  const keys = view.categorizer.keysOf(message);
  if (keys.includes('unreachable')) return 'unreachable';
  const isHeldUp = keys.some((key) => view.hops.get(key)?.gate.retryAt !== undefined);
  return isHeldUp || message.state.recipients.some(({ lastReply }) => lastReply !== undefined)
    ? 'retry'
    : 'ready';
}
