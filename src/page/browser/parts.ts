/** Finds an element that the page has; its absence is a bug of ours. */
export function partOf<T extends HTMLElement>(page: Document, id: string, kind: new () => T): T {
  const found = page.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/** Makes an element that holds words; words never become anything else. */
export function made(page: Document, name: string, look: string, words: string): HTMLElement {
  const element = page.createElement(name);
  if (look !== '') element.className = look;
  element.textContent = words;
  return element;
}

/** Takes away all that an element holds. */
export function clear(element: HTMLElement): void {
  element.replaceChildren();
}
