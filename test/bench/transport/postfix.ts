import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, ownNamespaces, writeEtc } from '../../peers/mail-server.ts';
import { unpacked } from '../../peers/packages.ts';
import { masterCf, places, postfix as program } from '../../peers/postfix.ts';
import { greets, type Peer, type PeerSetup } from './peer.ts';

/** Nothing that slows Postfix on purpose; the queue is flushed before 250, as always. */
function mainCf({ sinkPort }: PeerSetup): string {
  return `${places}
myhostname = relay.example
mydestination =
virtual_mailbox_domains =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.2]:${sinkPort}
message_size_limit = 209715200
mailbox_size_limit = 0
virtual_mailbox_limit = 0
in_flow_delay = 0
default_process_limit = 200
default_destination_concurrency_limit = 100
initial_destination_concurrency = 100
smtpd_client_connection_count_limit = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = /etc/ssl/server.pem
smtpd_tls_key_file = /etc/ssl/server.key
smtp_tls_security_level = may
`;
}

/** A real Postfix, in mount and pid namespaces of its own; the network is the machine's. */
export const postfix: Peer = {
  name: 'Postfix',
  kind: 'relays',
  // Each takes a process, of which there are no more than default_process_limit.
  idle: 150,
  async start(setup) {
    const { folder, port, certificates } = setup;
    const files = new Map([
      ['postfix/main.cf', mainCf(setup)],
      ['postfix/master.cf', masterCf.replace(/^smtp inet/, `127.0.0.1:${port} inet`)],
      ['ssl/server.pem', readFileSync(certificates.server.certificateFile, 'utf8')],
      ['ssl/server.key', readFileSync(certificates.server.privateKeyFile, 'utf8')],
    ]);
    writeEtc({ folder, server: program, files });
    const output = openSync(join(folder, 'output.log'), 'a');
    const script = join('test', 'peers', 'mail-server.sh');
    const inside = ['bash', script, folder, unpacked(program), program.name];
    const child = spawn('unshare', [...ownNamespaces, ...inside], { stdio: ['pipe', output, output] });
    closeSync(output);
    const stop = async (): Promise<void> => {
      child.stdin?.end();
      await ended(child);
    };
    if (await greets(port, child)) return { pid: child.pid ?? 0, stop };
    await stop();
    throw new Error(`Postfix does not listen:\n${readFileSync(join(folder, 'output.log'), 'utf8')}`);
  },
};
