import { hashPassword } from './password-hash.ts';
import { mailboxKey } from './mailbox-key.ts';
import { isUserName } from './user-lines.ts';
import { readPassword, type PasswordInput } from './read-password.ts';
import { printable, StartFailure } from '../start-failure.ts';

/** Where the tool reads and writes: the line to `out`, everything else to `err`. */
export interface UserToolStreams {
  readonly input: PasswordInput;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const usage = `node main.js user NAME [ADDRESS]...  makes a line for the file "users" in the folder of keys
  NAME       what the user or device logs on with
  ADDRESS    what it may send as; nothing but the null reverse-path where none stands here
The password is read from standard input, one line, and shown nowhere. Append what comes out:
  node main.js user scanner scanner@contoso.com >> keys/users
`;

const exitCode = { done: 0, couldNotDo: 2 } as const;

/** Makes the line by which the transport knows a user; the answer is the exit code. */
export async function userTool(
  argv: readonly string[],
  { input, out, err }: UserToolStreams,
): Promise<number> {
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) {
    out(usage);
    return exitCode.done;
  }
  try {
    out(await userLine(argv, { input, err }));
    return exitCode.done;
  } catch (thrown) {
    if (!(thrown instanceof StartFailure)) throw thrown;
    err(`mailtopo: ${printable(thrown.message)}\n`);
    return exitCode.couldNotDo;
  }
}

async function userLine(
  argv: readonly string[],
  { input, err }: Pick<UserToolStreams, 'input' | 'err'>,
): Promise<string> {
  const [name = '', ...addresses] = argv.filter((argument) => argument !== '--');
  if (!isUserName(name) || name.startsWith('-'))
    throw new StartFailure(`"${name}" cannot be a name: it has no colon, semicolon or hyphen in front`);
  for (const address of addresses) {
    if (mailboxKey(address) === undefined) throw new StartFailure(`"${address}" is no address`);
  }
  const password = await readPassword(input, () => err(`Password of ${name}: `), err);
  if (password.length < 8) throw new StartFailure('a password has eight characters or more');
  return `${name}:${await hashPassword(password)}:${addresses.join(',')}\n`;
}
