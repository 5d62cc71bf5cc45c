import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve, sep } from 'node:path';
import { isPlain } from '../output-stream.ts';
import { fileUri } from '../report/file-uri.ts';
import { coloured, plain, type Paint } from '../report/report.ts';

/** What is asked of a stream before a report is written to it. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What is known of standard output; where it is no terminal, that is told without Node's stream, which takes long to load. */
export function standardOutput(): Stream {
  return isPlain(1) ? {} : process.stdout;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals that print the escapes of a link, or may. */
const linkless: ReadonlySet<string> = new Set(['dumb', 'linux']);

/** Unit: columns. Wider frames are no easier to read; of a terminal that tells nothing, the default is taken. Our choice. */
function columnsOf({ isTTY, columns }: Stream): number {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : plain.columns;
}

/** Colours only on a terminal. Source: no-color.org; `FORCE_COLOR` as Node reads it. */
function isColoured({ isTTY }: Stream, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTTY === true && TERM !== 'dumb';
}

/** Writes a link as terminals read it. An address that holds more than URI characters is none. Source: ECMA-48 §8.3.89. */
function link(text: string, address: () => string | undefined): string {
  const uri = address();
  if (uri === undefined || !/^[\x21-\x7e]+$/.test(uri)) return text;
  return `\u001b]8;;${uri}\u001b\\${text}\u001b]8;;\u001b\\`;
}

/** Tells how a report is painted on a stream: colours, width, and links where a person sits before it. */
export function paintFor(stream: Stream, environment: Environment): Paint {
  const paint = { ...(isColoured(stream, environment) ? coloured : plain), columns: columnsOf(stream) };
  const { CI, TERM = '' } = environment;
  const isCi = CI !== undefined && CI !== '' && CI !== 'false';
  const links = paint.error !== plain.error && stream.isTTY === true && !isCi && !linkless.has(TERM);
  return links ? { ...paint, link } : paint;
}

/** The address of a file that is there, with the host, which a terminal on another one needs to see. Source: RFC 8089 §2. */
export function addressOnDisk(file: string): string | undefined {
  const whole = resolve(file);
  if (!existsSync(whole)) return undefined;
  const uri = fileUri(whole.split(sep).join('/'));
  return uri.startsWith('file:///') && sep === '/'
    ? `file://${hostname()}${uri.slice('file://'.length)}`
    : uri;
}
