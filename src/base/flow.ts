/** Writes text that was laid out over several lines as one. */
export function flow(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
