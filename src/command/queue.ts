import type { ExitCode } from '../run.ts';
import { startBundle } from './bundle.ts';

export interface QueueOptions {
  readonly server: readonly string[];
  readonly queue?: string;
  readonly all?: boolean;
  readonly limit?: string;
  readonly format?: string;
  readonly data?: string;
  readonly output?: string;
  readonly withDsn?: boolean;
  readonly withoutDsn?: boolean;
}

/**
 * `mailtopo queue ACTION DIR`: asks the bundle's own transport, for only that knows how its queue is written; it also says
 * what is wrong with the arguments.
 */
export function queue(
  action: string,
  folder: string,
  messages: readonly string[],
  options: QueueOptions,
): Promise<ExitCode> {
  const { server, queue: name, all, limit, format, data, output, withDsn, withoutDsn } = options;
  return startBundle(folder, [
    'queue',
    ...server.map((one) => `--server=${one}`),
    ...Object.entries({ queue: name, limit, format, data, output }).flatMap(([option, value]) =>
      value === undefined ? [] : [`--${option}=${value}`],
    ),
    ...(all === true ? ['--all'] : []),
    ...(withDsn === true ? ['--with-dsn'] : []),
    ...(withoutDsn === true ? ['--without-dsn'] : []),
    '--',
    action,
    ...messages,
  ]);
}
