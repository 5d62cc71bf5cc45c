import { Option } from 'commander';
import { Failure } from './base/failure.ts';
import { formatNames, listFormats } from './command/format-names.ts';
import { pictureFormats } from './command/picture-formats.ts';

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Failure('usage', `${JSON.stringify(value)} is not a whole number`);
  return Number(value);
}

/** Which formats reports have, and where they go. */
export function formatOption(): Option {
  const help = `format of the report: ${formatNames.join(', ')}; with =FILE it goes there; may stand several times`;
  return new Option('--format <format[=file]>', help).argParser(collect).default([], 'pretty');
}

/** How many warnings are too many. */
export function maxWarningsOption(): Option {
  return new Option('--max-warnings <n>', 'exit 1 where there are more warnings').argParser(count);
}

/** Reads a day or a moment; a day begins at midnight in UTC. */
function moment(value: string): number {
  const isMoment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(value);
  const time = isMoment ? Date.parse(value) : NaN;
  if (Number.isNaN(time))
    throw new Failure('usage', `${JSON.stringify(value)} is no date such as 2026-11-24 or 2026-11-24T12:00Z`);
  return time;
}

/** When certificates are judged. */
export function nowOption(): Option {
  return new Option('--now <date>', 'judge the dates of certificates as of then (default: today)').argParser(
    moment,
  );
}

/** Which servers of a bundle are meant. */
export function serverOption(help: string): Option {
  return new Option('--server <name>', `${help}; may stand several times`)
    .argParser(collect)
    .default([], 'all of them');
}

/** Which format a list has. */
export function listFormatOption(): Option {
  return new Option('--format <format>', `format of the list: ${listFormats.join(' or ')}`).default(
    'pretty',
    'pretty',
  );
}

/** Who a message is for. */
export function recipientOption(): Option {
  return new Option('--to <address>', 'recipient; may stand several times')
    .argParser(collect)
    .default([], 'none');
}

/** Which format a picture has. */
export function pictureFormatOption(): Option {
  return new Option('--format <format>', `format of the picture: ${pictureFormats.join(', ')}`).default(
    'mermaid',
    'mermaid',
  );
}
