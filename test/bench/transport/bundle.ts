import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startNode, type Peer, type PeerSetup } from './peer.ts';

/** One server that relays for a range of clients, as a gateway in front of a company does. */
function topology({ port, sinkPort }: PeerSetup): string {
  return `mailtopo: 1
organization: { name: Bench, exchangeVersion: "2019", acceptedDomains: { src.example: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.src.example, addresses: [127.0.0.1], site: Here }
certificates:
  bench: { issuedBy: public, domains: [relay.example], installedOn: [MBX1], services: [SMTP], file: bench.pem, privateKey: bench.key }
receiveConnectors:
  MBX1\\Relay:
    transportRole: HubTransport
    bindings: ["127.0.0.1:${port}"]
    fqdn: relay.example
    remoteIPRanges: [127.0.0.1]
    authMechanism: [Tls]
    permissionGroups: [AnonymousUsers]
    extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': [ms-Exch-SMTP-Accept-Any-Recipient] }
    maxInboundConnection: unlimited
    maxInboundConnectionPerSource: unlimited
    maxInboundConnectionPercentagePerSource: 100
    maxMessageSize: 200MB
sendConnectors:
  Out:
    usage: internet
    addressSpaces: ["*"]
    dnsRoutingEnabled: false
    smartHosts: ["[127.0.0.2]"]
    port: ${sinkPort}
    smtpMaxMessagesPerConnection: 1000
    fqdn: relay.example
    maxMessageSize: 200MB
    sourceTransportServers: [MBX1]
`;
}

/** The bundle, compiled from a topology file and run as it is, with its logs and its monitor. */
export const bundle: Peer = {
  name: 'mailtopo',
  kind: 'relays',
  idle: 1000,
  start(setup) {
    const { folder, port, certificates } = setup;
    const file = join(folder, 'topology.yaml');
    writeFileSync(file, topology(setup));
    copyFileSync(certificates.server.certificateFile, join(folder, 'bench.pem'));
    copyFileSync(certificates.server.privateKeyFile, join(folder, 'bench.key'));
    const compile = ['compile', file, '--with-keys', '--format', 'compact', '-o', join(folder, 'out')];
    const command = [resolve('dist', 'bin', 'mailtopo.js'), ...compile];
    const { status, stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`compile ended with ${status}: ${stdout}`);
    const monitor = String(port + 1);
    return startNode(setup, [join(folder, 'out', 'transport', 'main.js'), '--monitor', monitor]);
  },
};
