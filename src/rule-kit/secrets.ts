import { parseFqdn } from '../mail/smtp-domain.ts';

/** Something secret in a text, by its place there. Unit: UTF-16 code units. */
export interface FoundSecret {
  readonly kind: 'url' | 'key' | 'word' | 'token';
  readonly start: number;
  readonly end: number;
}

/** Each pattern has the secret in its first group. Repetition is bounded, so that no text takes long. */
const patterns: readonly (readonly [kind: FoundSecret['kind'], pattern: RegExp])[] = [
  ['url', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'<>]{0,100}:([^\s/@"']{1,200})@/dgi],
  ['key', /(-----BEGIN (?:[A-Z]{1,10} ){0,2}PRIVATE KEY-----)/dg],
  [
    'word',
    /\b(?:password|passwd|passwort|kennwort|pwd|passphrase|secret|api[-_ ]?key|token)["']?\s{0,5}(?:=|:|\bis\b)\s{0,5}["']?([^\s"',;{}[\]()]{1,200})["']?\s*(?=$|[,;}\])#])/dgim,
  ],
  // What SendGrid, Mailgun, GitHub and Slack hand out as passwords begins so.
  [
    'token',
    /\b(SG\.[\w-]{22}\.[\w-]{43}|key-[0-9a-f]{32}|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[\w-]{10,200})/dg,
  ],
];

/**
 * Finds what is meant to be known to few: passwords in URLs and behind the word, private keys, tokens of known services.
 *
 * The word alone is not enough: behind it must stand one word with a letter and a digit or sign, and no placeholder,
 * variable, path or host. What these are is our choice; it errs on the side of silence.
 */
export function findSecrets(text: string): readonly FoundSecret[] {
  return patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [start, end] = match.indices?.[1] ?? [0, 0];
      const secret = match[1] ?? '';
      const isOne = kind === 'word' ? looksLikePassword(secret) : !isPlaceholder(secret);
      return isOne ? [{ kind, start, end }] : [];
    }),
  );
}

/** Says whether a word reads like a password that somebody chose. */
export function looksLikePassword(word: string): boolean {
  if (word.length < 6 || isPlaceholder(word) || /[/\\]/.test(word) || parseFqdn(word)) return false;
  return /[a-z]/i.test(word) && /[0-9!$%&?+*~^]/.test(word);
}

function isPlaceholder(word: string): boolean {
  return /^[<${%*]|^x+$|^\.+$|\*\*/i.test(word) || /^[A-Z][A-Z0-9_]*$/.test(word);
}
