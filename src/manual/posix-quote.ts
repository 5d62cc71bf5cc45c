/** Writes a word for a POSIX shell, in which nothing is expanded. Source: POSIX.1-2017, Shell Command Language §2.2.2. */
export function posixQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
