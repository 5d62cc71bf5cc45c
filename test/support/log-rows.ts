import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A log of Exchange's form, read by the rules of RFC 4180 and its `#Fields` line. */
export interface LogText {
  readonly head: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly text: string;
}

/** Reads all files of a log, in the order of their names. */
export function readLog(folder: string, prefix: string): LogText {
  const names = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .sort();
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const read = texts.map(readText);
  return { head: read[0]?.head ?? [], rows: read.flatMap(({ rows }) => rows), text: texts.join('') };
}

function readText(text: string): Omit<LogText, 'text'> {
  assert.ok(text.endsWith('\r\n'), 'a log ends with a whole line');
  const lines = text.slice(0, -2).split('\r\n');
  const head = lines.filter((line) => line.startsWith('#'));
  const names = (head.find((line) => line.startsWith('#Fields: ')) ?? '')
    .slice('#Fields: '.length)
    .split(',');
  const rows = lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const fields = fieldsOf(line);
      assert.equal(fields.length, names.length, line);
      assert.match(fields[0] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']));
    });
  return { head, rows };
}

function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  let rest = `,${line}`;
  while (rest !== '') {
    const match = /^,(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/.exec(rest);
    assert.ok(match, `not a row: ${line}`);
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    rest = rest.slice(match[0].length);
  }
  return fields;
}
