import { html, type Html } from './html.ts';

/** Unit: milliseconds. */
const day = 86_400_000;

/** A moment as people read it, to the second in UTC. Unit: milliseconds since 1970. */
export function momentHtml(at: number): Html {
  const text = new Date(at).toISOString();
  return html`<time datetime="${text}">${text.slice(0, 19).replace('T', ' ')}Z</time>`;
}

/** Says how long a certificate still lasts. Unit: milliseconds since 1970. */
export function daysLeftHtml(notAfter: number, now: number): Html {
  const days = Math.floor((notAfter - now) / day);
  const look = days < 0 ? 'bad' : days < 30 ? 'warn' : 'good';
  const text = days < 0 ? 'expired' : days === 1 ? '1 day left' : `${days} days left`;
  return html`<span class="${look}">${text}</span>, until ${new Date(notAfter).toISOString().slice(0, 10)}`;
}

/** The address of the page of a queue, or of what comes behind a message in it. */
export function queueAddress(server: string, queue: string | undefined, after = 0): string {
  const query = new URLSearchParams({ server });
  if (queue !== undefined) query.set('queue', queue);
  if (after > 0) query.set('after', String(after));
  return `/queue?${query.toString()}`;
}

/** The address of the page of a message. */
export function messageAddress(server: string, id: string | number): string {
  return `/message?${new URLSearchParams({ server, id: String(id) }).toString()}`;
}
