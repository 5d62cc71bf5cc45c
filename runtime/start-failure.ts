/** Why the transport does not start: one line for the person who starts it. Thrown only before the first listener. */
export class StartFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartFailure';
  }
}
