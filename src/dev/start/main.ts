/**
 * npm start: tells the whole story in under a minute. Compiles examples/contoso with throw-away certificates, starts the
 * bundle and an independent partner, and sends real messages both ways over mutual TLS.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startBundle } from './bundle.ts';
import { makeCertificates, type DemoCertificates } from './certificates.ts';
import { runMailtopo } from './mailtopo.ts';
import { startPartner } from './partner.ts';
import { freePorts, type Ports } from './ports.ts';
import { sendAs } from './send.ts';

const folder = join('.mailtopo', 'start');
const output = join(folder, 'out');
const storyStart = Date.now();

function say(text: string): void {
  console.log(text);
}

function seconds(): string {
  return `${((Date.now() - storyStart) / 1000).toFixed(1)} s`;
}

/** Copies the example, with free ports in place of those of its rehearsal, so that nothing on this machine is in the way. */
function writeTopology(certificates: DemoCertificates, ports: Ports): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'certs'), { recursive: true });
  const example = readFileSync(join('examples', 'contoso', 'topology.yaml'), 'utf8');
  const text = example
    .replace('127.0.0.1:2525', `127.0.0.1:${ports.edge}`)
    .replace('127.0.0.1:2526', `127.0.0.1:${ports.printers}`)
    .replace('127.0.0.1:2600', `127.0.0.1:${ports.partner}`);
  writeFileSync(join(folder, 'topology.yaml'), text);
  writeFileSync(join(folder, 'certs', 'contoso-root.pem'), certificates.contosoRoot.certificate);
  writeFileSync(join(folder, 'certs', 'fabrikam-root.pem'), certificates.fabrikamRoot.certificate);
  writeFileSync(join(folder, 'certs', 'contoso-mail.pem'), certificates.contoso.certificate);
  writeFileSync(join(folder, 'certs', 'contoso-mail.key'), certificates.contoso.privateKey, { mode: 0o600 });
  return join(folder, 'topology.yaml');
}

function showFiles(topology: string): void {
  say('\nLook at what there is now:');
  say(`  the topology       ${topology}`);
  say(`  Exchange scripts   ${join(output, 'exchange')}   (begin with README.md)`);
  say(
    `  transport bundle   ${join(output, 'transport')}   (node ${join(output, 'transport', 'main.js')} --rehearse)`,
  );
  say(`  partner's side     ${join(output, 'partners')}`);
  say(`  queue and mail     ${join(folder, 'data')}`);
  say(`  log of the bundle  ${join(folder, 'transport.log')}`);
}

async function tellStory(): Promise<void> {
  say('mailtopo: one YAML file becomes findings, Exchange scripts and a transport that runs.\n');
  const ports = await freePorts();
  const certificates = await makeCertificates();
  const topology = writeTopology(certificates, ports);
  say(`1. Made throw-away certificates for Contoso and Fabrikam, and a copy of examples/contoso.`);

  say('2. Linted and compiled it:');
  await runMailtopo(['lint', topology]);
  await runMailtopo(['compile', topology, '-o', output, '--with-keys']);

  const partner = await startPartner(certificates, ports.partner);
  const bundle = await startBundle(output, join(folder, 'data'), join(folder, 'transport.log'));
  try {
    say(
      `3. Started the bundle (${relative('.', output)}/transport) and Fabrikam, an independent server that wants client certificates.`,
    );

    const sent = await sendAs({ kind: 'printer', port: ports.printers });
    const arrived = await partner.nextMessage();
    say(`4. Contoso -> Fabrikam: ${sent}`);
    say(
      `   Fabrikam has it, over ${arrived.protocol}, from a client whose certificate says ${arrived.clientName}.`,
    );

    const answered = await sendAs({ kind: 'fabrikam', port: ports.edge, certificates });
    const file = await bundle.nextDelivered('contoso.com');
    say(`5. Fabrikam -> Contoso: ${answered}`);
    say(`   Contoso has it: ${file}`);

    const refused = await sendAs({ kind: 'stranger', port: ports.edge, certificates });
    say(`6. The same without a client certificate: ${refused}`);
  } finally {
    await bundle.stop();
    await partner.stop();
  }
  say(`7. Stopped cleanly, ${seconds()} in all.`);
  showFiles(topology);
}

await tellStory();
