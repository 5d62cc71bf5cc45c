import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../../src/dev/start/ports.ts';
import type { Issued } from '../support/certificates.ts';
import type { Message } from './messages.ts';
import { startPostfix, type RunningPostfix } from './postfix.ts';
import { waitUntil } from './wait-until.ts';

/** How Fabrikam's Postfix is set up. */
export interface FabrikamSetup {
  readonly folder: string;
  readonly packages: string;
  readonly ports: Ports;
  /** The output folder of compile: its files for this partner become part of the configuration as they are. */
  readonly output: string;
  /** What it shows as server and as client. */
  readonly certificate: Issued;
  /** The root that it trusts, where it is not the one in the output folder. */
  readonly root?: string;
  /** Lines of main.cf after those of the output folder, which they overrule. */
  readonly mainCf?: string;
}

/** From where Fabrikam's own people send. */
const inside = '127.0.0.9';

/** Fabrikam's Postfix before anybody spoke of Contoso; it finds Contoso by host names, for there is no DNS here. */
function ownMainCf(ports: Ports): string {
  return `
myhostname = mail.fabrikam.com
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
virtual_mailbox_domains = fabrikam.com fabrikam.net
mynetworks = ${inside}
smtpd_relay_restrictions = permit_mynetworks reject_unauth_destination
smtpd_tls_received_header = yes
smtpd_tls_loglevel = 1
smtp_tls_security_level = may
smtp_tls_loglevel = 1
smtp_bind_address = 127.0.0.1
smtp_dns_support_level = disabled
smtp_tcp_port = ${ports.edge}
`;
}

/** The files that a partner gets, in the places that they name; roots and own chain are put together as they ask. */
function partnerFiles({ output, certificate, root }: FabrikamSetup): ReadonlyMap<string, string> {
  const folder = join(output, 'partners', 'fabrikam');
  const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8');
  const roots = readdirSync(join(folder, 'roots')).map((name) => read('roots', name));
  return new Map([
    ...readdirSync(join(folder, 'postfix')).map((name) => [name, read('postfix', name)] as const),
    ['roots.pem', root ?? roots.join('')],
    ['own-chain.pem', certificate.privateKey + certificate.certificate],
  ]);
}

/** Starts Fabrikam's mail server, as the partner's files in the output folder set it up. */
export function startFabrikam(setup: FabrikamSetup): Promise<RunningPostfix> {
  const { folder, packages, ports, mainCf = '' } = setup;
  const files = partnerFiles(setup);
  return startPostfix({
    folder,
    packages,
    port: ports.partner,
    mainCf: [ownMainCf(ports), files.get('main.cf.part'), mainCf].join('\n'),
    hosts: ['contoso.com', 'mail.contoso.com', 'tailspin.com'].map((name) => `127.0.0.1 ${name}`),
    files: new Map([...files].map(([name, text]) => [`postfix/contoso/${name}`, text])),
  });
}

/** How one of Fabrikam's people hands mail to the Postfix. */
export function insideFabrikam({ partner }: Ports): { readonly port: number; readonly localAddress: string } {
  return { port: partner, localAddress: inside };
}

/** Gives what Postfix logs as the first outcome of a message that it sends on, such as `status=sent (…)`. */
export function outcomeOf(postfix: RunningPostfix, { id }: Message): Promise<string> {
  return waitUntil(
    `Postfix to try ${id}`,
    () => {
      const lines = postfix.log().split('\n');
      const queueId = lines
        .map((line) => /: (\w+): message-id=(.*)$/.exec(line))
        .find((found) => found?.[2] === id)?.[1];
      const line = queueId === undefined ? undefined : lines.find((one) => one.includes(`: ${queueId}: to=`));
      return line === undefined ? undefined : /status=.*$/.exec(line)?.[0];
    },
    () => postfix.log(),
  );
}
