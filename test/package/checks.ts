/** Counts what holds and what does not, and names what could not be tried. */
export class Checks {
  #passed = 0;
  #failed = 0;
  readonly #missing: 'failed' | 'named';

  constructor(missing: 'failed' | 'named') {
    this.#missing = missing;
  }

  /** Says what holds; a check that throws is one that failed. */
  check(title: string, holds: () => void): void {
    try {
      holds();
      this.#passed += 1;
      console.log(`ok: ${title}`);
    } catch (fault) {
      this.#failed += 1;
      const reason = fault instanceof Error ? fault.message : String(fault);
      console.log(`not ok: ${title}\n   ${reason.replaceAll('\n', '\n   ')}`);
    }
  }

  /** Names checks that cannot be made here; where everything has to be there, they have failed. */
  cannotRun(what: string, lack: string): void {
    if (this.#missing === 'failed') this.#failed += 1;
    console.log(`${this.#missing === 'failed' ? 'not ok' : 'not run here'}: ${what}: needs ${lack}`);
  }

  /** Prints the sum and gives the exit code. */
  end(): 0 | 1 {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}
