import type { ExitCode } from '../run.ts';
import { startBundle } from './bundle.ts';

export interface RunArguments {
  readonly server: readonly string[];
  readonly rehearse?: boolean;
  readonly data?: string;
  readonly keys?: string;
  readonly timeScale?: string;
  readonly dialect?: string;
  readonly monitor?: string;
  readonly viewer?: boolean;
  readonly minTls: readonly string[];
}

function bundleArguments({
  server,
  rehearse,
  data,
  keys,
  timeScale,
  dialect,
  monitor,
  viewer,
  minTls,
}: RunArguments): readonly string[] {
  return [
    ...server.flatMap((name) => ['--server', name]),
    ...(rehearse === true ? ['--rehearse'] : []),
    ...(data === undefined ? [] : ['--data', data]),
    ...(keys === undefined ? [] : ['--keys', keys]),
    ...(timeScale === undefined ? [] : ['--time-scale', timeScale]),
    ...(dialect === undefined ? [] : ['--dialect', dialect]),
    ...(monitor === undefined ? [] : ['--monitor', monitor]),
    ...minTls.flatMap((version) => ['--min-tls', version]),
    ...(viewer === true ? ['--viewer'] : []),
  ];
}

/** `mailtopo run DIR`: starts the transport of a bundle. */
export function run(folder: string, options: RunArguments): Promise<ExitCode> {
  return startBundle(folder, bundleArguments(options));
}
