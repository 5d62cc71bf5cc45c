import type { Clock } from '../clock.ts';
import type { Server, TransportConfig } from '../config.ts';
import { wantsToHear } from '../dsn/notify.ts';
import { sendDsn } from '../dsn/send.ts';
import type { Log } from '../log.ts';
import type { Witness } from '../witness.ts';
import type { BadMail } from './bad-mail.ts';
import { CorruptMessage, piecesOf } from './message-bytes.ts';
import type { FileSpool } from './spool.ts';
import type { StoredMessage } from './stored-message.ts';
import { failedEvent, trackedEvent } from './tracked.ts';
import { openPlaces, pathsOf, type Verdict } from './verdict.ts';

/** What conclusions are drawn with. */
export interface ConclusionsOptions {
  readonly config: TransportConfig;
  readonly spool: FileSpool;
  readonly badMail: BadMail;
  readonly clock: Clock;
  readonly log: Log;
  readonly server: Server;
  readonly witness?: Witness;
  /** How long it is tried to deliver a message, as DSNs tell it. Unit: milliseconds. */
  readonly retryPeriod: number;
  /** Looks at recipients again later. */
  readonly again: (message: StoredMessage, places: readonly number[]) => void;
}

/** A message is poison at the second crash. Source: EXCH poison message queue. */
const poisonThreshold = 2;

/**
 * Ends recipients and messages: whoever must hear of an end is told before the queue forgets it.
 *
 * A crash in between tells it twice, and never not at all.
 */
export class Conclusions {
  /** Recipients that somebody is busy with, by message: on a session, or being reported on. */
  readonly #busy = new Map<number, Set<number>>();
  readonly #reports = new Set<Promise<void>>();
  readonly #options: ConclusionsOptions;

  constructor(options: ConclusionsOptions) {
    this.#options = options;
  }

  /** How many messages somebody is busy with. */
  get busy(): number {
    return this.#busy.size;
  }

  /** Recipients that are neither at their end nor in anybody's hands. */
  idlePlaces(message: StoredMessage): number[] {
    const busy = this.#busy.get(message.id);
    return openPlaces(message).filter((place) => busy?.has(place) !== true);
  }

  occupy({ id }: StoredMessage, places: readonly number[]): void {
    const busy = this.#busy.get(id);
    if (busy === undefined) this.#busy.set(id, new Set(places));
    else for (const place of places) busy.add(place);
  }

  free({ id }: StoredMessage, places: readonly number[]): void {
    const busy = this.#busy.get(id);
    for (const place of places) busy?.delete(place);
    if (busy?.size === 0) this.#busy.delete(id);
  }

  /** Waits for the DSNs that are being written. */
  async finish(): Promise<void> {
    await Promise.all(this.#reports);
  }

  /** Ends recipients, after a DSN where the sender wants one; what has no sender is kept as bad mail. */
  conclude(message: StoredMessage, verdicts: readonly Verdict[]): void {
    if (verdicts.length === 0) return;
    const { recipients, reversePath } = message.envelope;
    const isTold = verdicts.some((verdict) => {
      const recipient = recipients[verdict.place];
      if (reversePath === '') return isBad(verdict);
      return (
        verdict.action !== undefined && recipient !== undefined && wantsToHear(recipient, verdict.action)
      );
    });
    if (!isTold) {
      this.#end(message, verdicts);
      return;
    }
    const places = verdicts.map(({ place }) => place);
    this.occupy(message, places);
    this.#report(message, verdicts, (outcome) => {
      if (outcome === 'told') this.#end(message, verdicts);
      this.free(message, places);
      if (outcome === 'not told') this.#options.again(message, places);
    });
  }

  /** Tells of a delay, once; the answer is of how many recipients. */
  tellOfDelay(message: StoredMessage, whyWaiting: (place: number) => string): number {
    const places = this.idlePlaces(message).filter(
      (place) => message.state.recipients[place]?.delayNotified !== true,
    );
    if (places.length === 0) return 0;
    this.#options.spool.change(message, { kind: 'delay notified', recipients: places });
    const told = places.map((place) => ({ place, action: 'delayed' as const, reply: whyWaiting(place) }));
    this.#report(message, told, () => undefined);
    return places.length;
  }

  /** Counts a crash against a message. */
  crashed(message: StoredMessage, thrown: unknown): 'poison' | 'may go on' {
    const { spool, log, server, witness } = this.#options;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    spool.change(message, { kind: 'crashed' });
    if (message.state.crashes < poisonThreshold && !(thrown instanceof CorruptMessage)) {
      log('error', 'message processing crashed', { message: message.id, reason });
      return 'may go on';
    }
    spool.change(message, { kind: 'poison', reason });
    log('error', 'message poisoned', { message: message.id, messageId: messageIdOf(message), reason });
    const poison = { source: 'POISONMESSAGE', event: 'POISONMESSAGE', context: reason } as const;
    witness?.track(trackedEvent(server, message, [], poison));
    return 'poison';
  }

  #report(message: StoredMessage, told: readonly Told[], then: (outcome: 'told' | 'not told') => void): void {
    const { log } = this.#options;
    const report = this.#tell(message, told)
      .then(() => then('told'))
      .catch((thrown: unknown) => {
        log('error', 'end not told', { message: message.id, reason: String(thrown) });
        then('not told');
      })
      .finally(() => this.#reports.delete(report));
    this.#reports.add(report);
  }

  async #tell(message: StoredMessage, told: readonly Told[]): Promise<void> {
    const { config, spool, badMail, clock, log, retryPeriod, server, witness } = this.#options;
    const { id, envelope, size, enteredAt } = message;
    const bytes = await spool.bytesOf(message);
    const pieces = (): AsyncGenerator<Buffer> => piecesOf(bytes, spool.options.disk);
    if (envelope.reversePath === '') {
      const bad = told.filter(isBad);
      const recipients = bad.map(({ place, reply }) => ({
        forwardPath: envelope.recipients[place]?.forwardPath ?? '',
        reply,
      }));
      if (recipients.length === 0) return;
      await badMail.keep({ id, messageId: envelope.messageId, recipients, pieces });
      witness?.track(trackedEvent(server, message, bad, { source: 'DSN', event: 'BADMAIL' }));
      return;
    }
    const left = retryPeriod - (spool.time.now() - enteredAt);
    const sent = await sendDsn(
      {
        config,
        spool,
        now: () => clock.now(),
        retryUntil: clock.now() + left,
        onSent: (dsn) =>
          witness?.track({
            server: server.name,
            source: 'DSN',
            event: 'DSN',
            ...dsn,
            recipients: [{ path: envelope.reversePath }],
            reference: envelope.messageId,
          }),
      },
      { envelope, size, pieces },
      told.flatMap(({ place, action, reply, remoteServer }) => {
        const recipient = envelope.recipients[place];
        if (recipient === undefined || action === undefined) return [];
        return [{ recipient, action, reply, ...(remoteServer !== undefined && { remoteServer }) }];
      }),
    );
    if (sent > 0) log('info', 'DSN sent', { message: id, messageId: envelope.messageId });
  }

  #end(message: StoredMessage, verdicts: readonly Verdict[]): void {
    const { spool, log, server, witness } = this.#options;
    const bad = verdicts.filter(isBad);
    if (bad.length > 0) witness?.track(failedEvent(server, message, bad));
    for (const ending of new Set(verdicts.map((verdict) => verdict.ending))) {
      const same = verdicts.filter((verdict) => verdict.ending === ending);
      const places = same.map(({ place }) => place);
      const hasFailed = same.some(isBad);
      const isUnanswerable = hasFailed && message.envelope.reversePath === '';
      spool.change(message, { kind: 'ended', recipients: places, as: isUnanswerable ? 'dropped' : ending });
      log(hasFailed ? 'warning' : 'info', `message ${ending}`, {
        message: message.id,
        messageId: message.envelope.messageId,
        recipients: pathsOf(message, places),
        remote: same[0]?.remoteServer,
        reply: same[0]?.reply,
      });
    }
  }
}

/** What somebody is told about a recipient; a delay is no end. */
type Told = Omit<Verdict, 'ending'> & { readonly ending?: Verdict['ending'] };

/** Says whether a recipient will not get the message. */
function isBad({ ending }: Told): boolean {
  return ending === 'failed' || ending === 'expired';
}

/** The Message-ID, where the envelope can be read: what is said of a damaged message must not depend on it. */
function messageIdOf(message: StoredMessage): string | undefined {
  try {
    return message.envelope.messageId;
  } catch {
    return undefined;
  }
}
