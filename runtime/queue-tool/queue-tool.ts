import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';

import type { TransportConfig } from '../config.ts';
import { jsonLog, type Log } from '../log.ts';
import { queueFolder } from '../queue/open-queue.ts';
import type { DoneRow } from '../queue/queue-request.ts';
import { requestFolder } from '../queue/request-box.ts';
import { printable, reasonOf, StartFailure } from '../start-failure.ts';
import { askQueue } from './ask-queue.ts';
import { queueJson, queueText, type ServerAnswer } from './print-queue.ts';
import { queueUsage, readQueueArguments, type QueueArguments } from './queue-arguments.ts';
import { Refusal } from './refusal.ts';

/** What the shell sees. */
const exitCode = { done: 0, notAllDone: 1, couldNotAsk: 2, refused: 3 } as const;

/** Where the tool writes: what was asked for to `out`, words about the run to `err`. */
export interface ToolStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Looks at the queues of a bundle and acts on them, whether its transport runs or not; the answer is the exit code.
 *
 * Source: EXCH Get-Queue, Get-Message, Retry-Queue, Suspend-Message, Resume-Message, Remove-Message, Export-Message.
 */
export async function queueTool(
  config: TransportConfig,
  bundleFolder: string,
  argv: readonly string[],
  { out, err }: ToolStreams,
): Promise<number> {
  try {
    const wanted = readQueueArguments(config, argv, randomUUID());
    if (wanted === 'help') {
      out(queueUsage);
      return exitCode.done;
    }
    const dataFolder = wanted.dataFolder ?? join(bundleFolder, 'data');
    const answers = await askAll(config, dataFolder, wanted, faultLog(err));
    out(wanted.format === 'json' ? queueJson(answers) : queueText(answers));
    const rows = answers.flatMap(({ answer }) => answer.done ?? []);
    return rows.every(({ outcome }) => outcome === 'done') ? exitCode.done : exitCode.notAllDone;
  } catch (thrown) {
    if (!(thrown instanceof Refusal || thrown instanceof StartFailure)) throw thrown;
    err(`mailtopo: ${printable(thrown.message)}\n`);
    return thrown instanceof Refusal ? exitCode.refused : exitCode.couldNotAsk;
  }
}

async function askAll(
  config: TransportConfig,
  dataFolder: string,
  { serverNames, request, outputFolder }: QueueArguments,
  log: Log,
): Promise<readonly ServerAnswer[]> {
  const answers: ServerAnswer[] = [];
  for (const server of config.servers.filter(({ name }) => serverNames.includes(name))) {
    const { state, answer } = await askQueue({ config, server, dataFolder, log }, request);
    if (answer.failure !== undefined) throw new StartFailure(`${server.name}: ${answer.failure}`);
    const requests = requestFolder(queueFolder(dataFolder, server.name));
    const done = answer.done?.map((row) =>
      outputFolder === undefined ? row : fetch(row, requests, outputFolder),
    );
    answers.push({ server: server.name, state, answer: { ...answer, ...(done && { done }) } });
  }
  return withoutStrangers(answers);
}

/** A number belongs to one server; where one of them knows the message, the others need not say that they do not. */
function withoutStrangers(answers: readonly ServerAnswer[]): readonly ServerAnswer[] {
  const isKnown = (what: string): boolean =>
    answers.some(
      ({ answer: { messages = [], done = [] } }) =>
        messages.some(({ id }) => id === what) || done.some((row) => row.what === what && !isStranger(row)),
    );
  const said = new Set<string>();
  return answers.map((one) => {
    const done = one.answer.done?.filter((row) => {
      if (!isStranger(row)) return true;
      if (isKnown(row.what) || said.has(row.what)) return false;
      said.add(row.what);
      return true;
    });
    return { ...one, answer: { ...one.answer, ...(done && { done }) } };
  });
}

function isStranger({ outcome, detail }: DoneRow): boolean {
  return outcome === 'not done' && detail === 'there is no such message';
}

/** Brings the copy of a message to where it was asked for; what stands there is left alone. */
function fetch(row: DoneRow, requests: string, outputFolder: string): DoneRow {
  const { what, file } = row;
  // The name came by a file as well, so it is looked at before it is a path.
  if (file === undefined || !/^[0-9a-f-]+\.eml$/.test(file)) return row;
  const [from, to] = [join(requests, file), join(outputFolder, `${what}.eml`)];
  try {
    fs.mkdirSync(outputFolder, { recursive: true });
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
    return { what, outcome: 'done', detail: to };
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const reason = isThere ? 'it is there already, and left alone' : reasonOf(cause);
    return { what, outcome: 'not done', detail: `cannot write ${to}: ${reason}` };
  } finally {
    fs.rmSync(from, { force: true });
  }
}

/** Tells of damage that was found on the way, and of nothing else. */
function faultLog(err: ToolStreams['err']): Log {
  const log = jsonLog(err, () => Date.now());
  return (level, event, fields) => {
    if (level === 'error') log(level, event, fields);
  };
}
