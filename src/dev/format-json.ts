import { format } from 'prettier';

/** Writes JSON as the project's formatter would, short objects on one line. */
export function formatJson(value: object): Promise<string> {
  return format(JSON.stringify(value), { parser: 'json', printWidth: 110 });
}
