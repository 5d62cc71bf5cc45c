import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { startNode, type Peer } from './peer.ts';

const { resolve: pathOf } = createRequire(import.meta.url);

/** nodemailer's server, which throws away what it takes. */
export const smtpServer: Peer = {
  name: 'smtp-server, discarding',
  kind: 'discards',
  idle: 1000,
  start(setup) {
    const { folder, port, certificates } = setup;
    const script = `const { SMTPServer } = require(${JSON.stringify(pathOf('smtp-server'))});
const { readFileSync } = require('node:fs');
new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  maxClients: 5000,
  cert: readFileSync(${JSON.stringify(certificates.server.certificateFile)}),
  key: readFileSync(${JSON.stringify(certificates.server.privateKeyFile)}),
  onData: (stream, session, done) => stream.on('end', done).resume(),
}).listen({ port: ${port}, host: '127.0.0.1' });
`;
    writeFileSync(join(folder, 'main.cjs'), script);
    return startNode(setup, [join(folder, 'main.cjs')]);
  },
};

/** The upper bound of Node: the least that can answer like an SMTP server. */
export const rawDiscard: Peer = {
  name: 'raw-discard',
  kind: 'discards',
  idle: 1000,
  start(setup) {
    const { server } = setup.certificates;
    return startNode(setup, [resolve('test', 'bench', 'raw-discard.cjs')], {
      PORT: String(setup.port),
      CERT: server.certificateFile,
      KEY: server.privateKeyFile,
    });
  },
};
