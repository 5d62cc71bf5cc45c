import { writeFileSync } from 'node:fs';
import { Failure } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';
import { compact } from '../report/compact.ts';
import { json } from '../report/json.ts';
import { pretty } from '../report/pretty.ts';
import { coloured, plain, type Findings, type Format, type Paint } from '../report/report.ts';
import type { Streams } from '../run.ts';

const formats: Readonly<Record<string, Format>> = { pretty, compact, json };

/** A format and the file it goes to; without a file it goes to standard output. */
export interface FormatRequest {
  readonly format: Format;
  readonly file?: string;
}

/** Reads `--format NAME[=FILE]`, as often as it stands; nothing said is `pretty`. */
export function parseFormats(requests: readonly string[]): readonly FormatRequest[] {
  const parsed = (requests.length === 0 ? ['pretty'] : requests).map((request): FormatRequest => {
    const [name = '', ...rest] = request.split('=');
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (format === undefined) {
      const known = Object.keys(formats).join(', ');
      throw new Failure('usage', `there is no format ${JSON.stringify(name)}; the formats are ${known}`);
    }
    if (rest.length === 0) return { format };
    const file = rest.join('=');
    if (file === '') throw new Failure('usage', `no file stands behind "${name}="`);
    return { format, file };
  });
  if (parsed.filter(({ file }) => file === undefined).length > 1) {
    throw new Failure(
      'usage',
      'only one format can go to standard output; give the others a file, such as json=report.json',
    );
  }
  return parsed;
}

/** Colours only on a terminal. Source: no-color.org; `FORCE_COLOR` as Node reads it. */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? plain : coloured;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return plain;
  return stream.isTTY === true && TERM !== 'dumb' ? coloured : plain;
}

/** Writes each report where it was asked for. */
export function writeReports(findings: Findings, requests: readonly FormatRequest[], streams: Streams): void {
  for (const { format, file } of requests) {
    if (file === undefined) {
      streams.out(format(findings, paintFor(process.stdout)));
      continue;
    }
    try {
      writeFileSync(file, format(findings, plain));
    } catch (cause) {
      throw new Failure('unwritable-output', `cannot write ${file}: ${reasonOf(cause)}`, cause);
    }
  }
}
