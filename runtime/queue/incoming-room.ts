/** Counts the memory of messages that are still coming; a message that gets none goes to a file. */
export class IncomingRoom {
  readonly #most: number;
  #taken = 0;

  /** Unit: bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Unit: bytes. */
  get taken(): number {
    return this.#taken;
  }

  /** Unit: bytes. */
  take(length: number): 'room' | 'no room' {
    if (this.#taken + length > this.#most) return 'no room';
    this.#taken += length;
    return 'room';
  }

  /** Unit: bytes. */
  giveBack(length: number): void {
    this.#taken -= length;
  }
}
