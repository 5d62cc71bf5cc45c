/** Unit: items that a box lists before it counts the rest. */
const mostListed = 6;

/** Lists items as one line; a long list is cut, and says by how much. */
export function listed(items: readonly string[]): string {
  if (items.length <= mostListed + 1) return items.join(', ');
  return `${items.slice(0, mostListed).join(', ')} and ${items.length - mostListed} more`;
}

/** Collects boxes under keys, so that what is the same is drawn once; ids count in the order of arrival. */
export class BoxShelf<T> {
  readonly #prefix: string;
  readonly #byKey = new Map<string, { readonly id: string; readonly value: T }>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Gives what stands under the key, which is made where it is new. */
  put(key: readonly unknown[], make: () => T): { readonly id: string; readonly value: T } {
    const text = JSON.stringify(key);
    const known = this.#byKey.get(text);
    if (known) return known;
    const made = { id: `${this.#prefix}${this.#byKey.size + 1}`, value: make() };
    this.#byKey.set(text, made);
    return made;
  }

  /** Everything on the shelf, in the order of arrival. */
  all(): readonly { readonly id: string; readonly value: T }[] {
    return [...this.#byKey.values()];
  }
}
