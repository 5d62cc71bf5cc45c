import { join } from 'node:path';
import type { Server } from '../config.ts';
import type { Log } from '../log.ts';
import type { Witness } from '../witness.ts';
import { messageRow, queueRows, type DeskView } from './desk-rows.ts';
import { piecesOf } from './message-bytes.ts';
import type { DoneRow, MessageRow, QueueAnswer, QueueRequest, Selection } from './queue-request.ts';
import type { StoredMessage } from './stored-message.ts';
import { trackedEvent } from './tracked.ts';
import { failed, openPlaces } from './verdict.ts';

/** What an administrator's desk works on. */
export interface DeskOptions extends DeskView {
  readonly log: Log;
  readonly server: Server;
  readonly witness?: Witness;
}

/** The words are Exchange's, with its mixture of 5yz and 4.y.z as where a message expires; that it is this pair is ours. */
const removedReply = '550 4.3.2 QUEUE.Admin; message deleted by administrative action';

/** A page looks at so many messages at most, however few of them wait in the queue that it is about. */
const mostLooked = 5000;

const held = { suspend: 'suspended', resume: 'resumed' } as const;

/** Does what administrators ask of a server's queue, whether it runs or not. */
export class Desk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Fails: rejects with the disk's error. */
  async answer(request: QueueRequest): Promise<QueueAnswer> {
    if (request.kind === 'list') return this.#list(request);
    if (request.kind === 'page') return this.#page(request);
    const { messages, missing } = this.#select(request.of);
    switch (request.kind) {
      case 'show':
        return {
          messages: await Promise.all(messages.map((one) => messageRow(this.#options, one, 'with subject'))),
          done: missing,
        };
      case 'retry':
        return {
          done: [...this.#retryQueues(request.of), ...messages.map((one) => this.#retry(one)), ...missing],
        };
      case 'suspend':
      case 'resume':
        return this.#hold(request.kind, request.of, messages, missing);
      case 'remove':
        return { done: [...(await this.#removeAll(messages, request.dsn)), ...missing] };
      case 'export': {
        const done: DoneRow[] = [];
        for (const message of messages) done.push(await this.#export(message, request.prefix));
        return { done: [...done, ...missing] };
      }
    }
  }

  async #list({ limit, queue }: Extract<QueueRequest, { kind: 'list' }>): Promise<QueueAnswer> {
    const { spool } = this.#options;
    const messages: MessageRow[] = [];
    for (const message of spool.messages()) {
      if (messages.length >= limit) break;
      const row = await messageRow(this.#options, message, 'without subject');
      if (queue === undefined || row.recipients.some((recipient) => recipient.queue === queue))
        messages.push(row);
    }
    return { queues: queueRows(this.#options), messages, total: spool.size };
  }

  /** Numbers only grow, and messages are held in their order. */
  async #page({ after, limit, queue }: Extract<QueueRequest, { kind: 'page' }>): Promise<QueueAnswer> {
    const { spool, categorizer } = this.#options;
    const messages: MessageRow[] = [];
    let looked = 0;
    let last = after;
    for (const message of spool.messages()) {
      if (message.id <= after) continue;
      if (messages.length >= limit || looked >= mostLooked) return { messages, next: last };
      looked += 1;
      last = message.id;
      if (queue !== undefined && !categorizer.keysOf(message).includes(queue)) continue;
      messages.push(await messageRow(this.#options, message, 'without subject'));
    }
    return { messages };
  }

  #select(of: Selection): { messages: readonly StoredMessage[]; missing: readonly DoneRow[] } {
    const { spool, categorizer } = this.#options;
    switch (of.kind) {
      case 'all':
        return { messages: [...spool.messages()], missing: [] };
      case 'queue': {
        const messages = [...spool.messages()].filter((one) => categorizer.keysOf(one).includes(of.key));
        return { messages, missing: [] };
      }
      case 'messages': {
        const messages = of.ids.flatMap((id) => spool.get(id) ?? []);
        const missing = of.ids
          .filter((id) => spool.get(id) === undefined)
          .map((id) => notDone(String(id), 'there is no such message'));
        return { messages, missing };
      }
    }
  }

  #retryQueues(of: Selection): readonly DoneRow[] {
    const rows: DoneRow[] = [];
    for (const [key, { gate }] of this.#options.hops.all()) {
      if (gate.retryAt === undefined || (of.kind === 'queue' && of.key !== key) || of.kind === 'messages')
        continue;
      gate.retryNow();
      rows.push(done(key, 'is tried now'));
    }
    return rows;
  }

  #retry(message: StoredMessage): DoneRow {
    const { categorizer, hops } = this.#options;
    const what = String(message.id);
    if (message.state.poison !== undefined)
      return notDone(what, 'is poison: resume it to have it tried again');
    if (message.state.suspended === true) return notDone(what, 'is suspended');
    if (!categorizer.isRunning) return done(what, 'is tried at the next start');
    // What waits for its next hop goes with its queue; all else is looked at anew.
    for (const key of categorizer.keysOf(message)) hops.get(key)?.gate.retryNow();
    categorizer.now(message, openPlaces(message));
    return done(what, 'is tried now');
  }

  async #hold(
    kind: 'suspend' | 'resume',
    of: Selection,
    messages: readonly StoredMessage[],
    missing: readonly DoneRow[],
  ): Promise<QueueAnswer> {
    const { spool, suspended, hops, categorizer, log } = this.#options;
    if (of.kind === 'queue') {
      await (kind === 'suspend' ? suspended.add([of.key]) : suspended.remove([of.key]));
      const gate = hops.get(of.key)?.gate;
      if (kind === 'suspend') gate?.suspend();
      else gate?.resume();
      log('info', `queue ${held[kind]}`, { queue: of.key });
      return { done: [done(of.key, held[kind])] };
    }
    for (const message of messages) {
      spool.change(message, { kind: held[kind] });
      log('info', `message ${held[kind]}`, { message: message.id });
    }
    await spool.flush();
    if (kind === 'resume') for (const message of messages) categorizer.now(message, openPlaces(message));
    return { done: [...messages.map(({ id }) => done(String(id), held[kind])), ...missing] };
  }

  async #removeAll(messages: readonly StoredMessage[], dsn: 'with' | 'without'): Promise<readonly DoneRow[]> {
    const { spool, conclusions } = this.#options;
    const rows = messages.map((message) => this.#remove(message, dsn));
    // A DSN is written, and on the disk, before the message is gone.
    await conclusions.finish();
    await spool.flush();
    return rows.map((row) =>
      row.outcome === 'done' && spool.get(Number(row.what)) !== undefined
        ? notDone(row.what, 'its DSN could not be written; see the log')
        : row,
    );
  }

  #remove(message: StoredMessage, dsn: 'with' | 'without'): DoneRow {
    const { conclusions, spool, log, server, witness } = this.#options;
    const what = String(message.id);
    const places = conclusions.idlePlaces(message);
    if (places.length < openPlaces(message).length) return notDone(what, 'is being sent right now');
    try {
      // A DSN has nobody to tell.
      if (dsn === 'with' && message.envelope.reversePath !== '') {
        conclusions.conclude(
          message,
          places.map((place) => failed(place, removedReply)),
        );
        return done(what, 'removed, and its sender is told');
      }
    } catch (thrown) {
      return notDone(what, `cannot be read, and only be removed without a DSN: ${String(thrown)}`);
    }
    spool.change(message, { kind: 'ended', recipients: places, as: 'removed' });
    log('warning', 'message removed', { message: message.id });
    const told = places.map((place) => ({ place, reply: removedReply }));
    witness?.track(trackedEvent(server, message, told, { source: 'ADMIN', event: 'FAIL' }));
    return done(what, 'removed');
  }

  async #export(message: StoredMessage, prefix: string): Promise<DoneRow> {
    const { spool } = this.#options;
    const { disk, folder } = spool.options;
    const name = `${prefix}-${message.id}.eml`;
    const path = join(folder, 'requests', name);
    try {
      const file = await disk.open(path, 'create');
      try {
        let offset = 0;
        for await (const piece of piecesOf(await spool.bytesOf(message), disk)) {
          await disk.write(file, piece, offset);
          offset += piece.length;
        }
      } finally {
        await disk.close(file);
      }
      return { ...done(String(message.id), 'exported'), file: name };
    } catch (thrown) {
      await disk.remove(path);
      return notDone(String(message.id), `cannot be copied: ${String(thrown)}`);
    }
  }
}

function done(what: string, detail: string): DoneRow {
  return { what, outcome: 'done', detail };
}

function notDone(what: string, detail: string): DoneRow {
  return { what, outcome: 'not done', detail };
}
