import { contentNeeds } from '../client/content-needs.ts';
import type { Parcel } from '../client/deliver.ts';
import { withoutOrganizationFields } from '../client/outbound-header.ts';
import type { ContentNeeds } from '../client/transaction-commands.ts';
import type { Envelope } from '../message.ts';
import type { Disk } from './disk.ts';
import { piecesOf, type MessageBytes } from './message-bytes.ts';
import type { StoredMessage } from './stored-message.ts';

/** A message that waits for one next hop, with those of its recipients that go there. */
export interface Waiting {
  readonly message: StoredMessage;
  readonly places: readonly number[];
}

/** Whether the next hop is a server of the organization, or the mail has arrived: then it may see all of the header. */
export type Boundary = 'stays inside' | 'leaves';

/** A message on its way out of the queue. */
export class QueueParcel implements Parcel {
  readonly waited: Waiting;
  readonly places: readonly number[];
  readonly whole?: Buffer;
  readonly #bytes: MessageBytes;
  readonly #disk: Disk;
  readonly #boundary: Boundary;

  constructor(
    waited: Waiting,
    places: readonly number[],
    bytes: MessageBytes,
    disk: Disk,
    boundary: Boundary,
  ) {
    this.waited = waited;
    this.places = places;
    this.#bytes = bytes;
    this.#disk = disk;
    this.#boundary = boundary;
    if (bytes.kind === 'memory') this.whole = this.#first(bytes.bytes);
  }

  get id(): number {
    return this.waited.message.id;
  }

  get envelope(): Envelope {
    return this.waited.message.envelope;
  }

  get size(): number {
    return this.whole?.length ?? this.waited.message.size;
  }

  async *pieces(): AsyncGenerator<Buffer> {
    if (this.whole !== undefined) {
      yield this.whole;
      return;
    }
    let isFirst = true;
    for await (const piece of piecesOf(this.#bytes, this.#disk)) {
      yield isFirst ? this.#first(piece) : piece;
      isFirst = false;
    }
  }

  needs(): Promise<ContentNeeds> {
    return contentNeeds(this.pieces());
  }

  #first(piece: Buffer): Buffer {
    return this.#boundary === 'leaves' ? withoutOrganizationFields(piece) : piece;
  }
}
