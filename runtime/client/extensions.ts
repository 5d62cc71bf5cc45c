/**
 * Reads what a reply to EHLO offers: keyword in capitals, and its parameters.
 *
 * Source: RFC 5321 §4.1.1.1.
 */
export function extensionsIn({ lines }: { readonly lines: readonly string[] }): ReadonlyMap<string, string> {
  return new Map(
    lines.slice(1).map((line) => {
      const [keyword = '', ...parameters] = line.trim().split(/[ =]/);
      return [keyword.toUpperCase(), parameters.join(' ')] as const;
    }),
  );
}
