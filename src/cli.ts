import { runCommandLine } from './command-line.ts';
import { err, out, streams } from './process-streams.ts';
import { exitCodeOf } from './run.ts';

// What most commands load, such as a transport, writes to Node's streams by itself.
const writesAlone = ['lint', 'fmt'].includes(process.argv[2] ?? '');
if (!writesAlone) for (const stream of [out, err]) stream.open();

void exitCodeOf(() => runCommandLine(process.argv, streams), streams.err).then((code) => {
  process.exitCode = code;
});
