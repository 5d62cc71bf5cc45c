import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PresentedCertificate } from '../../../runtime/decide/client-certificate.ts';
import { makeReceivers, type TlsState } from '../../../runtime/server/receiver.ts';
import { receiveConnector, receivingConfig } from '../../support/receive-connector.ts';

const presented: PresentedCertificate = {
  chain: { kind: 'refused', reason: 'untrusted root' },
  names: ['edge01.contoso.com'],
  notBefore: 0,
  notAfter: Infinity,
};
const cases: readonly { readonly title: string; readonly state: Partial<TlsState>; readonly who: string }[] =
  [
    { title: 'no certificate', state: {}, who: 'anonymous' },
    { title: 'the internal one', state: { presented, internalServer: 'EDGE01' }, who: 'Exchange server' },
    {
      title: 'one of nobody that bears the name of a server',
      state: { presented },
      who: 'anonymous, unproven EDGE01',
    },
    { title: 'one that is installed there', state: { presented, installedOn: ['EDGE01'] }, who: 'anonymous' },
    {
      title: 'one that is installed elsewhere',
      state: { presented, installedOn: ['HUB01'] },
      who: 'anonymous, unproven EDGE01',
    },
    {
      title: 'one that ends in a root',
      state: { presented: { ...presented, chain: { kind: 'ends in public root' } } },
      who: 'anonymous',
    },
  ];

for (const { title, state, who } of cases) {
  test(`a client shows a certificate: ${title}: ${who}`, () => {
    const connector = receiveConnector({ authMechanism: ['Tls', 'ExchangeServer'] });
    const receiver = makeReceivers(receivingConfig([connector]), ['EDGE01'], () => 1).get(connector);
    const tls = { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', ...state };
    const context = receiver?.contextFor('192.0.2.9', tls, () => 'normal');
    const unproven = context?.unprovenServer === undefined ? '' : `, unproven ${context.unprovenServer}`;
    assert.equal(`${context?.principal}${unproven}`, who);
  });
}
