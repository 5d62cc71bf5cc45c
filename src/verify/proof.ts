import type { Span } from '../base/span.ts';
import { trace, type Trace } from '../trace/trace.ts';
import type { Scenario } from '../trace/scenario.ts';
import type { World } from '../trace/world.ts';

/** Something that contradicts a property, as it would happen. */
export interface Violation {
  /** A sentence of fact, without a full stop. */
  readonly message: string;
  readonly trace: Trace;
}

/** Whether a property holds for all classes of clients, senders and recipients. */
export interface Proof {
  /** The property in words, or the name of a policy. */
  readonly title: string;
  /** Where the policy stands; absent for what always is to hold. */
  readonly at?: Span;
  /** How many combinations of classes were asked for. */
  readonly examined: number;
  /** What was learned on the way, such as who may relay. */
  readonly facts: readonly string[];
  /** One of each kind, so that a hundred servers do not say the same. */
  readonly violations: readonly Violation[];
}

/** Collects what a property is asked for. */
export class Inquiry {
  readonly #world: World;
  readonly #violations = new Map<string, Violation>();
  readonly facts: string[] = [];
  #examined = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Counts combinations of classes. */
  examine(count: number): void {
    this.#examined += count;
  }

  /** Takes down a violation; of those with the same kind the first one counts. */
  async violate(kind: string, message: string, scenario: Scenario): Promise<void> {
    if (this.#violations.has(kind)) return;
    this.#violations.set(kind, { message, trace: await trace(this.#world, scenario) });
  }

  end(title: string, at: Span | undefined): Proof {
    return {
      title,
      examined: this.#examined,
      facts: this.facts,
      violations: [...this.#violations.values()],
      ...(at && { at }),
    };
  }
}
