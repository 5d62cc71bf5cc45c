import { createHash } from 'node:crypto';

/** Leaves room below the 255 bytes that file systems take. */
const longestName = 120;

/**
 * Makes any text the name of one file or folder, the same text always the same name and different texts different ones.
 *
 * Letters become small; what is not a letter, digit or one of `_ + = @ -`, or a dot inside, is written as `%XX`. A name
 * that grows too long keeps its beginning and ends in a digest.
 */
export function pathName(text: string): string {
  const bytes = Buffer.from(text.toLowerCase(), 'utf8');
  let name = '';
  for (const [index, byte] of bytes.entries()) {
    const character = String.fromCharCode(byte);
    const isInnerDot = character === '.' && index > 0 && index < bytes.length - 1;
    name += /[a-z0-9_+=@-]/.test(character) || isInnerDot ? character : `%${hex(byte)}`;
  }
  if (name === '') return '%';
  if (name.length <= longestName) return name;
  return `${name.slice(0, 40)}%${createHash('sha256').update(bytes).digest('hex')}`;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
