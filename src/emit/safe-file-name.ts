/** Names that Windows keeps for devices, whatever the extension. Source: WIN naming-a-file. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)(\.|$)/i;

/** Unit: characters; leaves room for a number and an extension in the 255 bytes of common file systems. */
const longest = 80;

/**
 * Makes one file name of a name that people chose: readable, never a path, never a device, never an option.
 *
 * Accents are dropped and whatever is not a letter, digit, dot, underscore or hyphen of ASCII becomes a hyphen, so that
 * the name means the same to every file system and shell. Different names may become equal: see `fileNamesFor`.
 */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, longest)
    .replace(/[.-]+$/, '');
  // A leading dot hides the file or climbs out of the folder, a leading hyphen reads as an option.
  const visible = plain.replace(/^[.-]+/, '_');
  if (visible === '') return '_';
  return deviceName.test(visible) ? `_${visible}` : visible;
}

/**
 * Gives every name a file name of its own, also where upper and lower case count as the same; the first of several
 * names that look alike keeps the plain form, the next ones are numbered.
 */
export function fileNamesFor(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const fileNames = new Map<string, string>();
  for (const name of names) {
    if (fileNames.has(name)) continue;
    const plain = safeFileName(name);
    let fileName = plain;
    for (let number = 2; taken.has(fileName.toLowerCase()); number += 1) fileName = `${plain}-${number}`;
    taken.add(fileName.toLowerCase());
    fileNames.set(name, fileName);
  }
  return fileNames;
}

/** Makes a relative path of a text that may try to leave its folder: each step becomes a safe file name. */
export function safeRelativePath(text: string): string {
  const steps = text.split(/[\\/]+/).filter((step) => step !== '' && step !== '.');
  return steps.length === 0 ? '_' : steps.map(safeFileName).join('/');
}

/** Says whether a path of the topology file stays in the topology's folder, on any system that may compile it. */
export function staysInFolder(path: string): boolean {
  if (path === '' || path.includes('\0') || /^[\\/]|^[A-Za-z]:/.test(path)) return false;
  let depth = 0;
  for (const step of path.split(/[\\/]+/)) {
    if (step === '..') depth -= 1;
    else if (step !== '' && step !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return true;
}
