/** Writes a YAML snippet in code: takes off the common indentation and the first and last empty line. */
export function yaml(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const text = String.raw({ raw: strings }, ...values);
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents, 200);
  return lines.map((line) => line.slice(indent)).join('\n') + '\n';
}
