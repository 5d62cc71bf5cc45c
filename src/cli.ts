#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { Failure } from './base/failure.ts';
import { printable } from './base/printable.ts';
import { reasonOf } from './base/reason-of.ts';
import { formatNames } from './command/format-names.ts';
import { packageManifest } from './package.ts';
import { exitCode, exitCodeOf, type ExitCode, type Streams } from './run.ts';

const streams: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/** A command's work, decided while arguments are read and done afterwards, so that one place ends every run. */
type Work = () => Promise<ExitCode>;

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Failure('usage', `${JSON.stringify(value)} is not a whole number`);
  return Number(value);
}

function formatOption(): Option {
  const help = `${formatNames.join(', ')}; with =FILE to write it there; may stand several times`;
  return new Option('--format <format[=file]>', help).argParser(collect).default([], 'pretty');
}

function maxWarningsOption(): Option {
  return new Option('--max-warnings <n>', 'exit 1 when there are more warnings').argParser(count);
}

/** Reads a day or a moment; a day begins at midnight in UTC. */
function moment(value: string): number {
  const isMoment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(value);
  const time = isMoment ? Date.parse(value) : NaN;
  if (Number.isNaN(time))
    throw new Failure('usage', `${JSON.stringify(value)} is no date such as 2026-11-24 or 2026-11-24T12:00Z`);
  return time;
}

function nowOption(): Option {
  return new Option('--now <date>', 'judge dates of certificates as of then; default: today').argParser(
    moment,
  );
}

function addLinting(program: Command, later: (work: Work) => void): void {
  program
    .command('lint')
    .description('find the faults of topologies')
    .argument('[file...]', 'topology files or globs; "-" is standard input')
    .addOption(formatOption())
    .addOption(maxWarningsOption())
    .addOption(nowOption())
    .option('--stdin-filename <name>', 'what standard input is called in reports', '<stdin>')
    .option('--fix', 'apply safe fixes to the files, or to standard input')
    .option('--unsafe-fixes', 'with --fix: apply guesses as well')
    .option('--add-suppressions', 'allow what is found, by comments in the files, or in standard input')
    .option('--reason <text>', 'with --add-suppressions: why it is right to stay')
    .option('--diff', 'with either of them: print what would change, and change nothing')
    .option('--baseline <file>', 'findings listed there are not reported and do not count')
    .option('--update-baseline', 'write the findings into the baseline')
    .action((files, options) =>
      later(async () => (await import('./command/lint.ts')).lint(files, options, streams)),
    );
  program
    .command('fmt')
    .description('write topologies in their canonical form; comments and order stay')
    .argument('[file...]', 'topology files or globs; "-" is standard input')
    .option('--check', 'write nothing; name the files that would change, and exit 1 where there are any')
    .option('--diff', 'write nothing; print what would change, and exit 1 where anything would')
    .option('--stdin-filename <name>', 'what standard input is called in reports', '<stdin>')
    .action((files, options) =>
      later(async () => (await import('./command/fmt.ts')).fmt(files, options, streams)),
    );
  program
    .command('rules')
    .description('list the rules')
    .option('--format <format>', 'pretty or json', 'pretty')
    .action((options) => later(async () => (await import('./command/rules.ts')).listRules(options, streams)));
  program
    .command('explain')
    .description('tell why a rule exists, with examples')
    .argument('<rule>')
    .action((rule) => later(async () => (await import('./command/rules.ts')).explain(rule, streams)));
  program
    .command('schema')
    .description('print the JSON Schema of the topology language')
    .action(() => later(async () => (await import('./command/schema.ts')).printSchema(streams)));
}

function addMaking(program: Command, later: (work: Work) => void): void {
  program
    .command('init')
    .description('write a commented starter topology')
    .argument('[file]', 'where to write it; "-" is standard output', 'topology.yaml')
    .option('--organization <name>', 'name of the organization', 'Contoso')
    .option('--exchange-version <version>', '2007, 2010, 2013, 2016, 2019 or SE', 'SE')
    .option('--domain <domain>', 'accepted domain', 'contoso.com')
    .option('--server <name>', 'name of the transport server')
    .option('--fqdn <name>', 'FQDN of the server')
    .option('--address <address>', 'address of the server', '192.0.2.25')
    .option('--partner <name>', 'name of the third party', 'fabrikam')
    .option('--partner-domain <domain>', 'domain of the third party', 'fabrikam.com')
    .option('--partner-address <range>', 'where the third party connects from', '198.51.100.0/24')
    .option('--force', 'overwrite the file')
    .action((file, options) =>
      later(async () => (await import('./command/init.ts')).init(file, options, streams)),
    );
  program
    .command('compile')
    .description('lint, then write scripts, transport bundle and the partner side')
    .argument('<file>', 'topology file')
    .requiredOption('-o, --output <folder>', 'where to write')
    .option('--check', 'write nothing; exit 1 when the folder is stale')
    .option('--with-keys', 'copy private keys into the bundle (mode 0600)')
    .option('--force', 'write over files that were changed by hand')
    .addOption(formatOption())
    .addOption(maxWarningsOption())
    .addOption(nowOption())
    .option('--baseline <file>', 'warnings listed there are not reported and do not count; errors do')
    .action((file, options) =>
      later(async () => (await import('./command/compile.ts')).compile(file, options, streams)),
    );
  program
    .command('run')
    .description('start a compiled bundle')
    .argument('<folder>', 'what compile wrote')
    .addOption(
      new Option('--server <name>', 'serve only this server; may stand several times')
        .argParser(collect)
        .default([], 'all of them'),
    )
    .option('--rehearse', 'dry run on this machine, through the rehearsal block')
    .option('--data <folder>', 'where queue, mail and logs go')
    .option('--keys <folder>', 'where the private keys are')
    .option('--time-scale <n>', 'with --rehearse: retries, delays and expiry come n times as fast')
    .action((folder, options) => later(async () => (await import('./command/run.ts')).run(folder, options)));
  program
    .command('user')
    .description('make a line for the file of users who may log on to the transport; asks for the password')
    .argument('<folder>', 'what compile wrote')
    .argument('<name>', 'what the user or device logs on with')
    .argument('[address...]', 'what it may send as')
    .action((folder, name, addresses) =>
      later(async () => (await import('./command/user.ts')).user(folder, name, addresses)),
    );
}

function addQueue(program: Command, later: (work: Work) => void): void {
  program
    .command('queue')
    .description("look at a bundle's queue and act on it, whether its transport runs or not")
    .argument('<action>', 'list, show, retry, suspend, resume, remove or export')
    .argument('<folder>', 'what compile wrote')
    .argument('[message...]', 'numbers of messages, as list shows them')
    .addOption(
      new Option('--server <name>', 'only this server; may stand several times')
        .argParser(collect)
        .default([], 'all of them'),
    )
    .option('--queue <queue>', 'all messages of a queue, and the queue itself')
    .option('--all', 'all messages; not for remove')
    .option('--limit <n>', 'list so many messages at most; default: 1000')
    .option('--with-dsn', 'remove: tell the senders')
    .option('--without-dsn', 'remove: tell nobody')
    .option('-o, --output <folder>', 'export: where the .eml files go; none is overwritten')
    .option('--data <folder>', 'where queue, mail and logs are')
    .option('--format <format>', 'pretty or json', 'pretty')
    .action((action, folder, messages, options) =>
      later(async () => (await import('./command/queue.ts')).queue(action, folder, messages, options)),
    );
}

/** Help has line ends of its own; what a user typed, which a fault quotes, has none that count. */
function usageFault(text: string): string {
  const fault = text.replace(/^error: /, 'mailtopo: ');
  return fault === text ? text : `${fault.trimEnd().split('\n').map(printable).join('\n')}\n`;
}

function programFor(later: (work: Work) => void): Command {
  const { description, version } = packageManifest();
  const program = new Command('mailtopo')
    .description(description)
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => streams.err(usageFault(text)) })
    .showSuggestionAfterError(true);
  addLinting(program, later);
  addMaking(program, later);
  addQueue(program, later);
  return program;
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  let work: Work | undefined;
  const program = programFor((chosen) => void (work = chosen));
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    // Help and version are what was asked for; all else that commander throws is a fault of usage, and is printed already.
    return thrown.exitCode === 0 ? exitCode.clean : exitCode.couldNotRun;
  }
  return work === undefined ? exitCode.couldNotRun : work();
}

// A reader that closes early, such as head, ends the output and is no fault; a full disk behind it is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  streams.err(`mailtopo: cannot write standard output: ${reasonOf(error)}\n`);
  process.exit(exitCode.couldNotRun);
});
// Where words about the run cannot be written, nobody can be told so; the exit code still says how it ended.
process.stderr.on('error', () => {});

process.exitCode = await exitCodeOf(() => main(process.argv), streams.err);
