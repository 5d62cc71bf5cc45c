import assert from 'node:assert/strict';
import { domainSecureList } from '../../../runtime/decide/inbound-security.ts';
import { test } from 'node:test';
import type { ReceiveConnector, SendConnector } from '../../../runtime/config.ts';
import {
  clientCertificateQuestion,
  connectorSession,
  serverTargets,
  sessionToServer,
  whyUnusable,
} from '../../../runtime/decide/outbound-session.ts';
import { receiveConnector } from '../../support/receive-connector.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

const hub = server({ name: 'MBX1', site: 'Munich', addresses: ['10.0.0.11'] });
const cases: readonly {
  readonly title: string;
  readonly changes: Partial<SendConnector>;
  readonly says: string;
  readonly certificateFor: string;
}[] = [
  {
    title: 'the server by its own name',
    changes: {},
    says: 'EHLO mbx1.contoso.com, opportunistic',
    certificateFor: 'mbx1.contoso.com',
  },
  {
    title: 'the name of the connector',
    changes: { fqdn: 'mail.contoso.com', requireTLS: true },
    says: 'EHLO mail.contoso.com, encrypted',
    certificateFor: 'mail.contoso.com',
  },
  {
    title: 'a server that knows no EHLO',
    changes: { forceHELO: true, ignoreSTARTTLS: true },
    says: 'HELO mbx1.contoso.com, none',
    certificateFor: 'mbx1.contoso.com',
  },
  {
    title: 'a certificate by issuer and subject',
    changes: { tlsCertificateName: '<I>CN=a<S>CN=b' },
    says: 'EHLO mbx1.contoso.com, opportunistic',
    certificateFor: 'mbx1.contoso.com <I>CN=a<S>CN=b',
  },
];

for (const { title, changes, says, certificateFor } of cases) {
  test(`a session on a Send connector: ${title}`, () => {
    const connector = sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], ...changes });
    const { greeting, clientName, tls } = connectorSession(
      hub,
      connector,
      { domain: 'a.example' },
      domainSecureList([], []),
    );
    assert.equal(`${greeting} ${clientName}, ${tls.level}`, says);
    const question = clientCertificateQuestion(hub, connector, 0);
    assert.equal([question.fqdn, question.tlsCertificateName ?? ''].join(' ').trim(), certificateFor);
  });
}

test('a smart host that wants Exchange Server authentication cannot be served', () => {
  const given = { name: 'out', to: ['*'], sourceTransportServers: ['MBX1'] };
  assert.equal(whyUnusable(sendConnector(given)), undefined);
  const connector = sendConnector({ ...given, smartHostAuthMechanism: 'ExchangeServer' });
  assert.match(whyUnusable(connector) ?? '', /^451 5\.7\.3 /);
});

test('servers are tried nearest first, and one that takes no mail from servers is left out', () => {
  const servers = [
    server({ name: 'FAR', site: 'Berlin', addresses: ['10.1.0.1'] }),
    server({ name: 'DEAF', site: 'Munich', addresses: ['10.0.0.13'] }),
    server({ name: 'NEAR1', site: 'Munich', addresses: ['10.0.0.14'] }),
    server({ name: 'NEAR2', site: 'Munich', addresses: ['10.0.0.15'] }),
  ];
  const connectorOn = ({ name }: { readonly name: string }): ReceiveConnector =>
    receiveConnector({
      name: `Default ${name}`,
      server: name,
      bindings: [{ address: '0.0.0.0', port: 25 }],
      authMechanism: name === 'DEAF' ? ['Tls'] : ['Tls', 'ExchangeServer'],
    });
  const config = transportConfig({ servers: [hub, ...servers], receiveConnectors: servers.map(connectorOn) });
  const targets = serverTargets(config, hub, servers, (equals) => [...equals].reverse());
  assert.deepEqual(
    targets.map(({ endpoint }) => `${endpoint.address}:${endpoint.port}`),
    ['10.0.0.15:25', '10.0.0.14:25', '10.1.0.1:25'],
  );
  assert.deepEqual(sessionToServer(hub), {
    greeting: 'EHLO',
    clientName: 'mbx1.contoso.com',
    tls: { level: 'encrypted', expectedNames: [], roots: 'authorities' },
  });
});
