import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const updating = process.env['UPDATE_GOLDEN'] === '1';

/** Lists the files below a folder, with `/` between folders, in alphabetic order; an absent folder has none. */
export function filesBelow(folder: string, below = ''): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = below === '' ? name : `${below}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path];
    });
}

/** Compares bytes with a golden file, or writes it where UPDATE_GOLDEN=1 says so. */
export function expectGolden(path: string, actual: Uint8Array | string): void {
  const bytes = Buffer.from(actual);
  if (updating) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return;
  }
  assert.ok(existsSync(path), `${path} is not there; look at what is made now with UPDATE_GOLDEN=1 npm test`);
  const golden = readFileSync(path);
  if (!golden.equals(bytes)) assert.equal(bytes.toString('utf8'), golden.toString('utf8'), path);
  assert.ok(golden.equals(bytes), `${path} differs in bytes that are no text`);
}

/** Compares all files of a folder with a golden folder; none may be missing or left over. */
export function expectGoldenFolder(golden: string, actual: string, paths: readonly string[]): void {
  if (updating) rmSync(golden, { recursive: true, force: true });
  else
    assert.deepEqual(
      filesBelow(golden),
      paths,
      `${golden} holds other files; UPDATE_GOLDEN=1 npm test writes them`,
    );
  for (const path of paths) expectGolden(join(golden, path), readFileSync(join(actual, path)));
}
