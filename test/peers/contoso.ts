import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TransportConfig } from '../../runtime/config.ts';
import type * as runtime from '../../runtime/main.ts';
import { startBundle } from '../../src/dev/start/bundle.ts';
import { runMailtopo } from '../../src/dev/start/mailtopo.ts';
import type { Certificates } from './certificates.ts';

/** A line of the bundle's log. */
export interface LogEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

export interface RunningContoso {
  /** The messages in the Maildir of contoso.com. */
  messages(): readonly string[];
  events(): readonly LogEvent[];
  stop(): Promise<void>;
}

/** Takes a section of the topology away. */
function without(section: string, topology: string): string {
  return topology.replace(new RegExp(`^${section}:.*\\n(?:[ \\n].*\\n|\\n)*`, 'm'), '');
}

/**
 * Compiles examples/contoso with the command line, for these certificates and a partner that runs this mail system, and
 * gives the output folder. What names mean is for the name server to say, and nothing is rehearsed.
 */
export async function compileContoso(
  folder: string,
  { contosoRoot, contoso, fabrikamRoot }: Certificates,
  mta: string,
): Promise<string> {
  const certificates = join(folder, 'certs');
  mkdirSync(certificates, { recursive: true });
  const example = readFileSync(join('examples', 'contoso', 'topology.yaml'), 'utf8');
  const topology = join(folder, 'topology.yaml');
  writeFileSync(
    topology,
    without('dns', without('rehearsal', example))
      .replace('mta: postfix', `mta: ${mta}`)
      // A refusal is as good without a pause before it.
      .replace('    requireTLS: true', '    requireTLS: true\n    tarpitInterval: "00:00:00"'),
  );
  writeFileSync(join(certificates, 'contoso-root.pem'), contosoRoot.certificate);
  writeFileSync(join(certificates, 'fabrikam-root.pem'), fabrikamRoot.certificate);
  writeFileSync(join(certificates, 'contoso-mail.pem'), contoso.certificate);
  writeFileSync(join(certificates, 'contoso-mail.key'), contoso.privateKey, { mode: 0o600 });
  const output = join(folder, 'out');
  await runMailtopo(['compile', topology, '-o', output, '--with-keys']);
  return output;
}

function mailIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /contoso\.com.*[/\\]new$/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

function eventsIn(log: string): readonly LogEvent[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogEvent);
}

/** Starts the bundle as its own process; a second one in the same folder finds the queue of the first. */
export async function startContoso(output: string, folder: string): Promise<RunningContoso> {
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  const log = join(folder, 'transport.log');
  const bundle = await startBundle(output, data, log, []);
  return {
    messages: () => mailIn(data),
    events: () => eventsIn(log),
    stop: () => bundle.stop(),
  };
}

/** How much faster than in earnest a queue comes back to what it put off: after a second, instead of a minute. */
const timeScale = 60;

/** Runs the bundle's transport in this process, where its clock can be made to run faster. */
export async function startRetryingContoso(output: string, folder: string): Promise<RunningContoso> {
  const bundleFolder = resolve(output, 'transport');
  const load = (file: string): Promise<unknown> => import(pathToFileURL(join(bundleFolder, file)).href);
  const { startTransport } = (await load('runtime/main.js')) as typeof runtime;
  const { topology } = (await load('topology.js')) as { readonly topology: TransportConfig };
  const events: LogEvent[] = [];
  const data = join(folder, 'data');
  const transport = await startTransport({
    config: topology,
    bundleFolder,
    mode: 'real',
    dataFolder: data,
    timeScale,
    log: (_level, event, fields) => void events.push({ ...fields, event }),
  });
  return { messages: () => mailIn(data), events: () => events, stop: () => transport.stop() };
}
