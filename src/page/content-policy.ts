import { createHash } from 'node:crypto';

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/**
 * Writes the policy of a page that runs one script and has one style of its own, and asks for nothing.
 *
 * Source: https://www.w3.org/TR/CSP3/ (hashes are of the text of the element).
 */
export function contentPolicy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
