import { daysLeft } from '../days-left.ts';

/** Says of each certificate how long it still lasts, by the reader's own clock. */
export function showDays(page: Document): void {
  for (const cell of page.querySelectorAll<HTMLElement>('[data-not-after]')) {
    const { notBefore, notAfter } = cell.dataset;
    const { text, look } = daysLeft(Number(notBefore), Number(notAfter), Date.now());
    cell.textContent = text;
    cell.className = look;
  }
}
