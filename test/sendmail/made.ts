import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../src/plan/step.ts';
import { emitter } from '../../src/emit/sendmail/index.ts';
import { sampleLineOf } from '../support/sample-plan.ts';

/** What stands beside our files: the roots, and Fabrikam's certificate with its key. */
export interface Beside {
  readonly roots: string;
  readonly certificate: string;
  readonly privateKey: string;
  /** Where the daemon listens on loopback. */
  readonly port: number;
}

/** A configuration of Fabrikam's Sendmail, made with exactly the files that it is given. */
export interface Made {
  readonly port: number;
  /** Starts the daemon, in the foreground. */
  readonly daemon: readonly string[];
  /** Asks a ruleset, after commands that set what a session would have set; the last line of the answer. */
  ask(given: readonly string[], question: string): string;
}

/** Fabrikam's sendmail.mc: as short as can be, with what our files say to add. */
const sendmailMc = (packages: string, files: readonly string[], port: number): string =>
  [
    `include(\`${packages}/usr/share/sendmail/cf/m4/cf.m4')dnl`,
    "OSTYPE(`linux')dnl",
    "define(`_USE_ETC_MAIL_')dnl",
    // There is no DNS here.
    "FEATURE(`nocanonify')dnl",
    "FEATURE(`accept_unresolvable_domains')dnl",
    "FEATURE(`no_default_msa')dnl",
    `DAEMON_OPTIONS(\`Port=${port},Addr=127.0.0.1,Name=MTA')dnl`,
    ...(files.includes('before-mailers.mc') ? ["include(`/etc/mail/contoso/before-mailers.mc')dnl"] : []),
    "MAILER(`local')dnl",
    "MAILER(`smtp')dnl",
    ...(files.includes('after-mailers.mc') ? ["include(`/etc/mail/contoso/after-mailers.mc')dnl"] : []),
    // Test mode takes no delimiter. Source: SENDMAIL cf/README, chapter STARTTLS.
    'LOCAL_RULESETS',
    'STogether',
    'R$* $$| $*\t$: $1 $| $2',
    '',
  ].join('\n');

/**
 * Runs words of a shell where /etc/mail is the folder's, and the machine bears Fabrikam's name: without one of its own,
 * Sendmail waits a minute.
 */
function settingOf(packages: string, folder: string): readonly string[] {
  return [
    'hostname mail.fabrikam.com',
    `mount --bind ${folder}/hosts /etc/hosts`,
    `mount --bind ${folder}/resolv.conf /etc/resolv.conf`,
    'mount -t tmpfs none /mnt && mkdir /mnt/etc && cp -a /etc/. /mnt/etc/ && rm -rf /mnt/etc/mail',
    `cp -a ${folder}/mail /mnt/etc/mail && mount --bind /mnt/etc /etc`,
    'mount -t tmpfs none /var/spool && mkdir -m 700 /var/spool/mqueue',
    `export LD_LIBRARY_PATH=${packages}/usr/lib/x86_64-linux-gnu:${packages}/usr/lib/aarch64-linux-gnu`,
  ];
}

function commandFor(packages: string, folder: string, words: string): readonly string[] {
  const whole = [...settingOf(packages, folder), words].join(' && ');
  return ['unshare', '--mount', '--uts', 'sh', '-c', whole];
}

function inside(packages: string, folder: string, words: string, input = ''): string {
  const [tool = '', ...args] = commandFor(packages, folder, words);
  const { status, stdout, stderr } = spawnSync(tool, args, { input, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`${words}: ${stderr}${stdout}`);
  if (/warning|error/i.test(stderr)) throw new Error(`${words}: ${stderr}`);
  return stdout;
}

/** Emits the files for a plan, puts them where they say, and has Sendmail's own m4 files make a configuration of them. */
export async function make(packages: string, folder: string, plan: Plan, beside: Beside): Promise<Made> {
  const mail = join(folder, 'mail');
  mkdirSync(join(mail, 'contoso'), { recursive: true });
  const files = (await emitter.emit(plan, sampleLineOf)).flatMap((one) =>
    one.kind === 'text' ? [{ name: one.path.split('/').at(-1) ?? '', text: one.text }] : [],
  );
  for (const { name, text } of files) writeFileSync(join(mail, 'contoso', name), text);
  writeFileSync(join(mail, 'contoso', 'roots.pem'), beside.roots);
  writeFileSync(join(mail, 'contoso', 'own.pem'), beside.certificate);
  writeFileSync(join(mail, 'contoso', 'own.key'), beside.privateKey, { mode: 0o600 });
  writeFileSync(join(mail, 'access'), files.find(({ name }) => name === 'access.part')?.text ?? '');
  writeFileSync(
    join(mail, 'sendmail.mc'),
    sendmailMc(
      packages,
      files.map(({ name }) => name),
      beside.port,
    ),
  );
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 mail.fabrikam.com localhost\n');
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  const cf = `-D_CF_DIR_=${packages}/usr/share/sendmail/cf/`;
  writeFileSync(
    join(mail, 'sendmail.cf'),
    inside(packages, folder, `${packages}/usr/bin/m4 ${cf} /etc/mail/sendmail.mc`),
  );
  const sendmail = `${packages}/usr/libexec/sendmail`;
  const map = `${sendmail}/makemap -C /etc/mail/sendmail.cf hash /etc/mail/access < /etc/mail/access`;
  const run = `${sendmail}/sendmail -C /etc/mail/sendmail.cf`;
  return {
    port: beside.port,
    daemon: commandFor(packages, folder, `${map} && exec ${run} -bD`),
    ask(given, question) {
      const input = [...given, question, '/quit', ''].join('\n');
      const answer = inside(packages, folder, `${map} && ${run} -bt`, input);
      return answer.split('\n').findLast((line) => line.includes('returns:')) ?? answer;
    },
  };
}
