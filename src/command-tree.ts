import { Command } from 'commander';
import {
  dialectOption,
  FormatOption,
  formatOption,
  maxWarningsOption,
  minTlsOption,
  nowOption,
  recipientOption,
  serverOption,
  timeoutOption,
} from './command-options.ts';
import { listFormats } from './command/format-names.ts';
import { pictureFormats } from './command/picture-formats.ts';
import { queueActions } from './command/queue-actions.ts';
import { shells } from './command/shells.ts';
import { exitMeanings } from './manual/exit-meanings.ts';
import { packageManifest } from './package.ts';
import { exitCode, type ExitCode, type Streams } from './run.ts';

/** A command's work, decided while arguments are read and done afterwards, so that one place ends every run. */
export type Work = () => Promise<ExitCode>;

/** Where the commands leave what they would do, and where they write. */
export interface Surroundings {
  readonly later: (work: Work) => void;
  readonly streams: Streams;
}

function addLinting(program: Command, { later, streams }: Surroundings): void {
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
}

function addMaking(program: Command, { later, streams }: Surroundings): void {
  program
    .command('init')
    .description('write a commented starter topology')
    .argument('[file]', 'file to write; "-" is standard output', 'topology.yaml')
    .option('--organization <name>', 'name of the organization', 'Contoso')
    .option('--exchange-version <version>', 'version of Exchange: 2007, 2010, 2013, 2016, 2019 or SE', 'SE')
    .option('--domain <domain>', 'accepted domain', 'contoso.com')
    .option('--server <name>', 'name of the transport server (default: by version)')
    .option('--fqdn <name>', 'FQDN of the server')
    .option('--address <address>', 'address of the server', '192.0.2.25')
    .option('--partner <name>', 'name of the third party', 'fabrikam')
    .option('--partner-domain <domain>', 'domain of the third party', 'fabrikam.com')
    .option('--partner-address <range>', 'where the third party connects from', '198.51.100.0/24')
    .option('--force', 'write over a file that is there')
    .action((file, options) =>
      later(async () => (await import('./command/init.ts')).init(file, options, streams)),
    );
  program
    .command('compile')
    .description('lint, then write scripts, transport bundle and the side of each partner')
    .argument('<file>', 'the topology')
    .requiredOption('-o, --output <folder>', 'folder to write to; it is replaced as a whole')
    .option('--check', 'write nothing; exit 1 where the folder is stale')
    .option('--with-keys', 'copy private keys into the bundle (mode 0600)')
    .option('--force', 'write over files that were changed by hand')
    .addOption(formatOption())
    .addOption(maxWarningsOption())
    .addOption(nowOption())
    .option('--baseline <file>', 'warnings listed there are not reported and do not count; errors do')
    .action((file, options) =>
      later(async () => (await import('./command/compile.ts')).compile(file, options, streams)),
    );
}

function addRunning(program: Command, { later }: Surroundings): void {
  program
    .command('run')
    .description('start a compiled bundle')
    .argument('<folder>', 'folder that compile wrote')
    .addOption(serverOption('serve only this server'))
    .option('--rehearse', 'rehearse on this machine, as the rehearsal block says')
    .option('--data <folder>', 'folder for queue, mail and logs')
    .option('--keys <folder>', 'folder with the private keys')
    .option('--time-scale <n>', 'with --rehearse: retries, delays and expiry come n times as fast')
    .addOption(dialectOption())
    .option(
      '--monitor <port>',
      'tell health and metrics over HTTP on this port, or [address:]port, of loopback',
    )
    .addOption(minTlsOption())
    .option('--viewer', 'with --monitor: show queues, messages and sessions to a browser there')
    .action((folder, options) => later(async () => (await import('./command/run.ts')).run(folder, options)));
  program
    .command('user')
    .description('make a line for the file of users who may log on to the transport; asks for the password')
    .argument('<folder>', 'folder that compile wrote')
    .argument('<name>', 'what the user or device logs on with')
    .argument('[address...]', 'what it may send as')
    .action((folder, name, addresses) =>
      later(async () => (await import('./command/user.ts')).user(folder, name, addresses)),
    );
  program
    .command('queue')
    .description("look at a bundle's queue and act on it, whether its transport runs or not")
    .argument('<action>', `the action: ${queueActions.join(', ')}`)
    .argument('<folder>', 'folder that compile wrote')
    .argument('[message...]', 'numbers of messages, as list shows them')
    .addOption(serverOption('only this server'))
    .option('--queue <queue>', 'all messages of a queue, and the queue itself')
    .option('--all', 'all messages; not for remove')
    .option('--limit <n>', 'list so many messages at most (default: 1000)')
    .option('--with-dsn', 'remove: tell the senders')
    .option('--without-dsn', 'remove: tell nobody')
    .option('-o, --output <folder>', 'export: folder for the .eml files; none is overwritten')
    .option('--data <folder>', 'folder of queue, mail and logs')
    .addOption(new FormatOption('list', listFormats))
    .action((action, folder, messages, options) =>
      later(async () => (await import('./command/queue.ts')).queue(action, folder, messages, options)),
    );
}

function addAsking(program: Command, { later, streams }: Surroundings): void {
  program
    .command('trace')
    .description('tell what happens to a message or a client, and why')
    .argument('<file>', 'the topology')
    .option('--from <address>', 'sender; <> is the null one')
    .addOption(recipientOption())
    .option('--client <address>', 'address that the client comes from, or name of a partner or server')
    .option(
      '--server <name>',
      'server that the client connects to, or that has the message (default: where it can be one alone)',
    )
    .option('--binding <address:port>', 'where the client connects to (default: port 25 of the server)')
    .option('--tls <kind>', 'TLS of the client: none, tls or mutual (default: none)')
    .option(
      '--client-certificate <name>',
      'what the client shows: a partner, a server, a certificate, or a PEM file',
    )
    .option('--size <size>', 'size of the message, such as 25MB')
    .option('--helo <name>', 'what the client calls itself (default: its address)')
    .option('--auth <address>', 'address of the user that the client logs on as')
    .addOption(dialectOption())
    .option('--expect <verdict>', 'accepted or rejected; exit 1 where it is the other one')
    .option(
      '--scenarios <file>',
      'scenarios by name in YAML, with these options as keys, instead of the options',
    )
    .addOption(new FormatOption('answer', ['pretty', 'json', 'sarif']))
    .addOption(nowOption())
    .action((file, options) =>
      later(async () => (await import('./command/trace.ts')).trace(file, options, streams)),
    );
}

function addProbing(program: Command, { later, streams }: Surroundings): void {
  program
    .command('probe')
    .description("test the connection to a partner's real servers; sends no mail")
    .argument('<file>', 'the topology')
    .argument('<partner>', 'name of the partner')
    .option('--server <name>', 'server whose queue holds the mail (default: the first hub or mailbox server)')
    .option(
      '--resolver <address>',
      'ask this name server, IP or IP:port; "dns" is what the topology says (default: as the system does)',
    )
    .option('--connect <host:port>', 'connect there instead of to every host that is found, for a rehearsal')
    .addOption(timeoutOption())
    .option('--no-client-certificate', 'show no certificate, even where its key is here')
    .addOption(new FormatOption('answer', ['pretty', 'json']))
    .addOption(nowOption())
    .action((file, partner, options) =>
      later(async () => (await import('./command/probe.ts')).probe(file, partner, options, streams)),
    );
}

function addProving(program: Command, { later, streams }: Surroundings): void {
  program
    .command('verify')
    .description('prove properties of a topology over all clients, senders and recipients')
    .argument('<file>', 'the topology')
    .addOption(new FormatOption('proofs', ['pretty', 'json', 'junit', 'sarif']))
    .addOption(nowOption())
    .action((file, options) =>
      later(async () => (await import('./command/verify.ts')).verify(file, options, streams)),
    );
  program
    .command('test')
    .description('ask for the traces under tests, and compare them with what is expected')
    .argument('<file>', 'the topology')
    .addOption(dialectOption())
    .addOption(new FormatOption('outcome', ['pretty', 'json', 'junit']))
    .addOption(nowOption())
    .action((file, options) =>
      later(async () => (await import('./command/test.ts')).test(file, options, streams)),
    );
}

function addComparing(program: Command, { later, streams }: Surroundings): void {
  program
    .command('diff')
    .description('tell what one topology does otherwise than another; exit 1 where there is anything')
    .argument('<old>', 'the topology as it was')
    .argument('<new>', 'the topology as it is to be')
    .addOption(new FormatOption('differences', ['pretty', 'json', 'markdown']))
    .addOption(nowOption())
    .action((before, after, options) =>
      later(async () => (await import('./command/diff.ts')).diff(before, after, options, streams)),
    );
}

function addTelling(program: Command, { later, streams }: Surroundings): void {
  program
    .command('rules')
    .description('list the rules by area')
    .addOption(new FormatOption('list', listFormats))
    .action((options) => later(async () => (await import('./command/rules.ts')).listRules(options, streams)));
  program
    .command('explain')
    .description('tell why a rule exists, with examples')
    .argument('<rule>', 'id of a rule; "mailtopo rules" lists them')
    .action((rule) => later(async () => (await import('./command/rules.ts')).explain(rule, streams)));
  program
    .command('schema')
    .description('print the JSON Schema of the topology language')
    .action(() => later(async () => (await import('./command/schema.ts')).printSchema(streams)));
  program
    .command('completion')
    .description('print the completion of a shell; the manual page says where to put it')
    .argument('<shell>', `the shell: ${shells.join(', ')}`)
    .action((shell) =>
      later(async () => {
        const { programWords } = await import('./program-words.ts');
        return (await import('./command/completion.ts')).completion(shell, programWords(program), streams);
      }),
    );
}

function addPicturing(program: Command, { later, streams }: Surroundings): void {
  program
    .command('graph')
    .description('draw the topology: who connects, connectors with their TLS, servers, and where mail goes')
    .argument('<file>', 'the topology')
    .addOption(new FormatOption('picture', pictureFormats))
    .option('-o, --output <file>', 'file to write to; one that is there is replaced')
    .addOption(nowOption())
    .action((file, options) =>
      later(async () => (await import('./command/graph.ts')).graph(file, options, streams)),
    );
  program
    .command('report')
    .description(
      'write the topology as one HTML page: drawing, findings, effective values, checklists, trace',
    )
    .argument('<file>', 'the topology')
    .option('-o, --output <file>', 'file to write to; one that is there is replaced')
    .addOption(nowOption('judge the dates of certificates as of then (default: the day on which it is read)'))
    .action((file, options) =>
      later(async () => (await import('./command/report.ts')).report(file, options, streams)),
    );
}

/** What a run can end with, below the help of the program. */
function endings(): string {
  const rows = Object.entries(exitCode).map(([name, code]) => {
    return `  ${String(code).padStart(2)}  ${exitMeanings[name as keyof typeof exitCode]}`;
  });
  return `\nExit codes:\n${rows.join('\n')}`;
}

/** Makes the command line: every command with its arguments and options, and what it would do. */
export function commandTree(surroundings: Surroundings): Command {
  const { description, version } = packageManifest();
  const program = new Command('mailtopo')
    .description(description)
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show the help of a command')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', endings)
    .showSuggestionAfterError(true);
  addLinting(program, surroundings);
  addMaking(program, surroundings);
  addRunning(program, surroundings);
  addAsking(program, surroundings);
  addProbing(program, surroundings);
  addProving(program, surroundings);
  addComparing(program, surroundings);
  addPicturing(program, surroundings);
  addTelling(program, surroundings);
  for (const command of program.commands) command.helpOption('-h, --help', 'show this help');
  return program;
}
