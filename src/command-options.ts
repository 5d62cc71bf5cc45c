import { Option } from 'commander';
import { Failure } from './base/failure.ts';
import { formatNames } from './command/format-names.ts';

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
export function nowOption(help = 'judge the dates of certificates as of then (default: today)'): Option {
  return new Option('--now <date>', help).argParser(moment);
}

/** How long each answer of the network is waited for. */
export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'wait so long for each answer').argParser(count).default(10, '10');
}

/** Which servers of a bundle are meant. */
export function serverOption(help: string): Option {
  return new Option('--server <name>', `${help}; may stand several times`)
    .argParser(collect)
    .default([], 'all of them');
}

/** Which TLS a bundle speaks; each way may have its own. */
export function minTlsOption(): Option {
  return new Option(
    '--min-tls <version>',
    'speak TLS from 1.0, 1.1, 1.2 or 1.3 on, one way with receive= or send=',
  )
    .argParser(collect)
    .default([], '1.2');
}

/** Which of some formats is wanted; the first one is where nothing is said. Help and completion name them all. */
export class FormatOption extends Option {
  readonly formats: readonly string[];

  constructor(what: string, formats: readonly [string, ...(readonly string[])]) {
    super(
      '--format <format>',
      `format of the ${what}: ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`,
    );
    this.formats = formats;
    this.default(formats[0], formats[0]);
  }
}

/** Who a message is for. */
export function recipientOption(): Option {
  return new Option('--to <address>', 'recipient; may stand several times')
    .argParser(collect)
    .default([], 'none');
}

/** Whose replies the servers of a topology give. */
export function dialectOption(): Option {
  return new Option(
    '--dialect <name>',
    'exchange, or rfc: replies of the standards where Exchange departs from them',
  );
}
