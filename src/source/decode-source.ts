import type { Checked, Diagnostic } from '../base/diagnostic.ts';

/**
 * Decodes the bytes of a topology file, leaving out a byte-order mark.
 *
 * Fails: bytes that are not UTF-8 give no value and a `yaml-syntax` diagnostic at the first of them.
 * Source: YAML 1.2.2 §5.2.
 */
export function decodeSource(file: string, bytes: Uint8Array): Checked<string> {
  if (isWide(bytes)) return { diagnostics: [fault(file, 0, 'The file is UTF-16 or UTF-32, not UTF-8.')] };
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    return { diagnostics: [fault(file, firstFault(bytes), 'The file is not UTF-8 from here on.')] };
  }
}

/** Gives bytes that are not UTF-8 as the text that their fault has its place in. */
export function decodeLossily(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

function fault(file: string, start: number, message: string): Diagnostic {
  const at = { file, start, end: start + 1, path: '' };
  const help = 'Save the file as UTF-8.';
  return { rule: 'yaml-syntax', severity: 'error', message, at, related: [], help };
}

/**
 * Says whether bytes are UTF-16 or UTF-32, as some programs on Windows write a file: by their mark, or because a topology
 * begins with a character of ASCII. Source: YAML 1.2.2 §5.2.
 */
function isWide([first, second]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return first === 0 || second === 0;
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
