import { setTimeout as pause } from 'node:timers/promises';

/** How long anything on loopback may take; it needs a fraction of it. Unit: milliseconds. */
const patience = 20_000;

/**
 * Looks again and again until there is something, and gives it.
 *
 * Fails: throws where there still is nothing when patience is over; `otherwise` may add what there is instead.
 */
export async function waitUntil<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  otherwise: () => string = () => '',
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}\n${otherwise()}`.trimEnd());
    await pause(50);
  }
}
