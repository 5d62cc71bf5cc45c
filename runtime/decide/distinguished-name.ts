/** One attribute of a name, its type in canonical spelling and its value as it compares. */
interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** Spellings of Windows for what OpenSSL and Node call otherwise. */
const canonicalTypes: ReadonlyMap<string, string> = new Map([
  ['S', 'ST'],
  ['E', 'EMAILADDRESS'],
  ['G', 'GN'],
]);

/**
 * Says whether two distinguished names are the same, be they in Windows' form (`CN=a, O=b`) or in Node's, which has one
 * attribute a line in the opposite order.
 *
 * Source: EXCH New-ReceiveConnector -TlsCertificateName; RFC 4518 §2.6.1 (spaces), RFC 5280 §7.1 (case).
 */
export function sameDistinguishedName(a: string, b: string): boolean {
  const first = parseDistinguishedName(a).map(attributeText);
  const second = parseDistinguishedName(b).map(attributeText);
  const wanted = second.join('\n');
  return first.length > 0 && (first.join('\n') === wanted || first.reverse().join('\n') === wanted);
}

function attributeText({ type, value }: Attribute): string {
  return `${type}=${value}`;
}

function parseDistinguishedName(text: string): Attribute[] {
  return splitUnquoted(text).flatMap((part) => {
    const equals = part.indexOf('=');
    if (equals === -1) return [];
    const type = part.slice(0, equals).trim().toUpperCase();
    return [{ type: canonicalTypes.get(type) ?? type, value: comparable(part.slice(equals + 1)) }];
  });
}

function comparable(value: string): string {
  const trimmed = value.trim();
  const quoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
  const bare = quoted ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed.replaceAll(/\\(.)/g, '$1');
  return bare.replaceAll(/\s+/g, ' ').toLowerCase();
}

/** Splits at commas and line ends that stand neither in quotes nor behind a backslash. */
function splitUnquoted(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ',' || char === '\n')) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** The two names of a TlsCertificateName. */
export interface IssuerAndSubject {
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Parses `<I>issuer<S>subject`.
 *
 * Fails: returns undefined where one of the two marks is missing.
 * Source: EXCH New-ReceiveConnector -TlsCertificateName.
 */
export function parseTlsCertificateName(text: string): IssuerAndSubject | undefined {
  const [, issuer, subject] = /^<I>(.+?)<S>(.+)$/is.exec(text.trim()) ?? [];
  return issuer === undefined || subject === undefined ? undefined : { issuer, subject };
}
