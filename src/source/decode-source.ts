import type { Checked } from '../base/diagnostic.ts';

/**
 * Decodes the bytes of a topology file, leaving out a byte-order mark.
 *
 * Fails: bytes that are not UTF-8 give no value and a `yaml-syntax` diagnostic at the first of them.
 * Source: YAML 1.2.2 §5.2.
 */
export function decodeSource(file: string, bytes: Uint8Array): Checked<string> {
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const start = Math.max(0, firstFault(bytes));
    const at = { file, start, end: Math.min(start + 1, text.length), path: '' };
    const message = 'The file is not UTF-8 from here on.';
    const help = 'Save the file as UTF-8.';
    return { diagnostics: [{ rule: 'yaml-syntax', severity: 'error', message, at, related: [], help }] };
  }
}

/** Unit: UTF-16 code units of the text before the first byte that is not UTF-8. */
function firstFault(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  // Halving: the longest prefix that decodes, when a character cut at its end is let through.
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle - 1;
    }
  }
  return new TextDecoder('utf-8').decode(bytes.subarray(0, good), { stream: true }).length;
}
