import assert from 'node:assert/strict';
import type { TransportConfig } from '../../runtime/config.ts';
import { readPemFile } from '../../src/certificate/pem-files-beside.ts';
import { pemFilesBeside } from '../../src/certificate/pem-files-beside.ts';
import { askableSource, type Askable } from '../../src/trace-source.ts';
import type { ClientCertificate, Scenario } from '../../src/trace/scenario.ts';
import { trace, type Trace } from '../../src/trace/trace.ts';
import { join } from 'node:path';
import type { Design } from './design.ts';
import { expectedOf, type Expected } from './expected.ts';
import { runBundle, speak, type RunningBundle } from './observed.ts';
import { user, type Pool, type Pooled } from './pool.ts';
import { topologyOf, type Built } from './topology-of.ts';

/** Unit: milliseconds; a bundle that has not done by then what a trace says does not do it. */
const patience = 20_000;

/** What came out of a run, in a word each, for the count at the end. */
export type Outcome = string;

/** Asks a trace and a running bundle the same thing and compares: replies, connectors on the way, next hop, TLS, end. */
export async function agree(design: Design, pool: Pool): Promise<readonly Outcome[]> {
  const built = topologyOf(design, pool);
  const askable = read(built, pool);
  const bundle = await runBundle(
    speaking(askable.world.config, design),
    pool,
    design.session.auth ? 'keys-with-users' : 'keys',
  );
  try {
    const [first] = bundle.endpoints;
    if (first === undefined) return ['nobody listens'];
    const endpoint = endpointOf(design, askable, bundle.endpoints) ?? first;
    const certificate = certificateOf(design, pool);
    const scenario = scenarioOf(design, askable, endpoint, certificate);
    const told = await trace(askable.world, scenario);
    await compareDialogue(told, endpoint.local, bundle, { certificate, size: design.session.size });
    const expected = told.recipients.flatMap((one) => expectedOf(askable, one, built.placed) ?? []);
    await compareWay(told, expected, bundle);
    const ends = expected.map(
      ({ end, connectors }) =>
        `${end.kind}${'tls' in end ? ` over ${end.tls}` : ''} after ${connectors.length} hops`,
    );
    return [wordOf(told), ...ends];
  } finally {
    await bundle.stop();
    for (const { sink, greetings } of pool.strangers) {
      (sink.messages as unknown[]).length = 0;
      greetings.length = 0;
    }
  }
}

/** The topology as a bundle reads it with `--dialect`. */
function speaking(config: TransportConfig, { dialect }: Design): TransportConfig {
  return { ...config, servers: config.servers.map((server) => ({ ...server, dialect })) };
}

/** Picks an endpoint, seven times out of eight one at which a declared connector listens. */
function endpointOf(
  { session }: Design,
  { world }: Askable,
  all: RunningBundle['endpoints'],
): RunningBundle['endpoints'][number] | undefined {
  const declared = world.config.receiveConnectors.filter(({ source }) => source === 'declared');
  const likely = all.filter(({ server, port }) =>
    declared.some((one) => one.server === server && one.bindings.some((binding) => binding.port === port)),
  );
  const some = session.endpoint % 8 === 0 || likely.length === 0 ? all : likely;
  return some[session.endpoint % some.length];
}

function wordOf({ verdict }: Trace): string {
  return verdict.kind === 'accepted' ? 'accepted' : `rejected ${verdict.reply.slice(0, 3)}`;
}

function read({ text }: Built, pool: Pool): Askable {
  const file = join(pool.folder, 'topology.yaml');
  const { askable, diagnostics } = askableSource(file, text, {
    rules: [],
    fileExists: () => true,
    certificateOf: pemFilesBeside(file),
    now: Date.now(),
  });
  if (askable === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('\n')}\n${text}`);
  return askable;
}

function certificateOf({ session }: Design, pool: Pool): Pooled | undefined {
  const all = [...pool.theirs, ...pool.ours, undefined];
  return session.tls === 'mutual' ? all[session.certificate % all.length] : undefined;
}

function scenarioOf(
  { session, dialect }: Design,
  { certificateIn }: Askable,
  endpoint: RunningBundle['endpoints'][number],
  pooled: Pooled | undefined,
): Scenario {
  const read_ = pooled && certificateIn(pooled.name, readPemFile(pooled.certificateFile));
  if (read_ !== undefined && 'fault' in read_) throw new Error(read_.fault);
  const certificate: ClientCertificate | undefined = read_;
  return {
    dialect,
    from: session.from,
    to: session.to,
    size: session.size,
    start: {
      kind: 'session',
      session: {
        client: session.client,
        server: endpoint.server,
        binding: { address: endpoint.address, port: endpoint.port },
        helo: session.helo,
        greeting: 'EHLO',
        tls: session.tls,
        ...(certificate && { certificate }),
        ...(session.auth && { auth: user.address }),
      },
    },
  };
}

/** A message of exactly so many bytes. */
function messageOf(size: number): string {
  const head = 'Message-ID: <proof@client.example>\r\nSubject: proof\r\n\r\n';
  const line = `${'x'.repeat(70)}\r\n`;
  const body = line.repeat(Math.ceil(size / line.length)).slice(0, size - head.length - 2);
  return `${head}${body.replace(/\r$/, 'x')}`;
}

async function compareDialogue(
  { session }: Trace,
  local: { readonly address: string; readonly port: number },
  { events }: RunningBundle,
  { certificate, size }: { readonly certificate: Pooled | undefined; readonly size: number },
): Promise<void> {
  assert.ok(session);
  const commands = session.dialogue.map(({ command }) => command);
  const replies = await speak(local, commands, {
    message: messageOf(size),
    ...(certificate && { certificate }),
  });
  const [greeting = '', ...heard] = replies;
  const expected = session.dialogue.map(({ reply }) => reply);
  if (session.refusal?.at === 'connect') assert.equal(greeting, session.refusal.reply);
  else assert.match(greeting, /^220 /);
  const said = heard.slice(0, expected.length);
  assert.deepEqual(said, expected, 'the bundle replies otherwise than the trace says');
  const final = heard[expected.length];
  if (session.refusal?.at === 'message') assert.equal(final, session.refusal.reply);
  else if (commands.at(-1) === 'DATA') assert.match(final ?? '', /^250 /, JSON.stringify(events));
}

async function compareWay(told: Trace, expected: readonly Expected[], bundle: RunningBundle): Promise<void> {
  const until = Date.now() + patience;
  for (const one of expected) {
    let missing = whatIsMissing(told, one, bundle);
    while (missing !== undefined && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      missing = whatIsMissing(told, one, bundle);
    }
    if (missing !== undefined)
      assert.fail(
        `${one.recipient}: ${missing}; expected ${JSON.stringify(one.end)}, events ${JSON.stringify(bundle.events.slice(-12), undefined, 1)}`,
      );
  }
}

/** Says what the bundle has not done yet of what a trace says. */
function whatIsMissing(
  { session }: Trace,
  { forwardPath, connectors, end }: Expected,
  bundle: RunningBundle,
): string | undefined {
  const taken = bundle.events
    .filter(({ event }) => event === 'message queued')
    .map(({ fields }) => fields.connector);
  for (const name of [session?.connector?.name, ...connectors])
    if (!taken.includes(name)) return `"${name}" has not taken the message, only ${taken.join(', ')}`;
  switch (end.kind) {
    case 'delivered': {
      const mails = bundle.mails();
      const there = mails.some(
        (path) =>
          path.includes(`${end.folder.toLowerCase()}/new/`) && path.includes(`.${end.server.toLowerCase()}.`),
      );
      return there ? undefined : `no mail in ${end.folder} by ${end.server}, only ${mails.join(', ')}`;
    }
    case 'arrives': {
      const { sink, greetings } = end.at.stranger;
      const message = sink.messages.find(({ to }) => to.includes(forwardPath));
      if (message === undefined) return 'it has not arrived';
      // Another recipient's session may have come to the same stranger before, and ended at its certificate.
      const hellos = greetings[message.session] ?? [];
      if (hellos[0] !== end.greeting) return `greeted by ${hellos[0]}`;
      const overTls = hellos.length > 1 ? 'TLS' : 'no TLS';
      if (overTls !== end.tls) return `over ${overTls}`;
      const shown = end.shown?.map((name) => `DNS:${name}`).join(', ');
      return message.client === shown ? undefined : `the stranger saw ${message.client}, not ${shown}`;
    }
    case 'waits':
    case 'returned': {
      const replies = bundle.events.flatMap(({ event, fields }) =>
        /^(queue waits|message (unreachable|put off|failed|returned))$/.test(event)
          ? [String(fields.reply)]
          : [],
      );
      const isClosed = end.reply.includes('nothing listens');
      const found = replies.some(
        (reply) => reply.includes(end.reply) || (isClosed && reply.includes('no entry for')),
      );
      return found ? undefined : `no such reply, only ${replies.join(' | ')}`;
    }
  }
}
