import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs the command line as a user would; command and words are shown, and anything but exit 0 ends the story. */
export async function runMailtopo(args: readonly string[]): Promise<void> {
  const cli = join('dist', 'bin', 'mailtopo.js');
  console.log(`   $ mailtopo ${args.join(' ')}`);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args]);
  for (const line of `${stdout}${stderr}`.trimEnd().split('\n')) console.log(`     ${line}`);
}
