/** Decodes base64 as Node's `Buffer` does, which takes any text; that of browsers, which yaml's ES modules use, throws. */
export function atob(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}
