import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { PermissionGroup, ReceiveConnector } from '../../../runtime/config.ts';
import { acceptedDomainLookup } from '../../../runtime/decide/domain-match.ts';
import { permissionsOf, principalAtConnect } from '../../../runtime/decide/permissions.ts';
import type { SessionPrincipal } from '../../../runtime/decide/permissions.ts';
import { decideRelay, decideSender } from '../../../runtime/decide/relay.ts';
import { receiveConnector } from '../../support/receive-connector.ts';

const short: Readonly<Record<string, string>> = {
  Submit: 'ms-Exch-SMTP-Submit',
  AnyRecipient: 'ms-Exch-SMTP-Accept-Any-Recipient',
  AnySender: 'ms-Exch-SMTP-Accept-Any-Sender',
  OwnSender: 'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender',
  Flag: 'ms-Exch-SMTP-Accept-Authentication-Flag',
  Routing: 'ms-Exch-Accept-Headers-Routing',
  Organization: 'ms-Exch-Accept-Headers-Organization',
  Forest: 'ms-Exch-Accept-Headers-Forest',
  AntiSpam: 'ms-Exch-Bypass-Anti-Spam',
  Size: 'ms-Exch-Bypass-Message-Size-Limit',
};

const groupCases: readonly {
  readonly groups: readonly PermissionGroup[];
  readonly principal: SessionPrincipal;
  readonly rights: string;
}[] = [
  { groups: ['AnonymousUsers'], principal: 'anonymous', rights: 'Submit AnySender OwnSender Routing' },
  { groups: ['ExchangeUsers'], principal: 'user', rights: 'Submit AnyRecipient Routing AntiSpam' },
  {
    groups: ['ExchangeServers'],
    principal: 'Exchange server',
    rights: 'Submit AnyRecipient AnySender OwnSender Routing Organization Forest AntiSpam Size Flag',
  },
  {
    groups: ['ExchangeServers'],
    principal: 'externally secured',
    rights: 'Submit AnyRecipient AnySender OwnSender Routing AntiSpam Size Flag',
  },
  { groups: ['Partners', 'AnonymousUsers'], principal: 'partner', rights: 'Submit Routing' },
  { groups: ['ExchangeServers', 'ExchangeUsers', 'Partners'], principal: 'anonymous', rights: '' },
  { groups: ['AnonymousUsers'], principal: 'partner', rights: '' },
  { groups: ['None'], principal: 'anonymous', rights: '' },
  { groups: ['Custom'], principal: 'anonymous', rights: '' },
];

for (const { groups, principal, rights } of groupCases) {
  test(`permissions: ${groups.join(', ')} give ${principal} "${rights}"`, () => {
    const { granted } = permissionsOf(receiveConnector({ permissionGroups: groups }), principal);
    const wanted = rights === '' ? [] : rights.split(' ').map((word) => short[word]);
    assert.deepEqual(granted.map(({ right }) => right).sort(), wanted.sort());
  });
}

const relayGrant = 'MS-EXCH-SMTP-Accept-Any-Recipient';
const granted = (principal: string, ...rights: string[]): Partial<ReceiveConnector> => ({
  extendedRights: [{ principal, rights }],
});
const accepted = acceptedDomainLookup([
  { domain: 'contoso.com', type: 'authoritative' },
  { domain: 'tailspin.example', type: 'internalRelay' },
]);

const relayCases: readonly {
  readonly title: string;
  readonly connector: Partial<ReceiveConnector>;
  readonly principal?: SessionPrincipal;
  readonly forwardPath: string;
  readonly decision: string;
}[] = [
  { title: 'an accepted domain', connector: {}, forwardPath: 'ann@CONTOSO.com', decision: 'accepted domain' },
  {
    title: 'a relay domain',
    connector: {},
    forwardPath: 'ann@tailspin.example',
    decision: 'accepted domain',
  },
  {
    title: 'a foreign domain',
    connector: {},
    forwardPath: 'bob@fabrikam.com',
    decision: 'not an accepted domain',
  },
  { title: 'an address literal', connector: {}, forwardPath: 'bob@[192.0.2.1]', decision: 'no domain' },
  {
    title: 'a foreign domain with the right granted to anonymous',
    connector: granted('NT AUTHORITY\\ANONYMOUS LOGON', relayGrant),
    forwardPath: 'bob@fabrikam.com',
    decision: 'any recipient',
  },
  {
    title: 'the German name of the same principal',
    connector: granted('NT-AUTORITÄT\\ANONYMOUS-ANMELDUNG', relayGrant),
    forwardPath: 'bob@fabrikam.com',
    decision: 'any recipient',
  },
  {
    title: 'the right granted to somebody else',
    connector: granted('CONTOSO\\scanner', relayGrant),
    forwardPath: 'bob@fabrikam.com',
    decision: 'not an accepted domain',
  },
  {
    title: 'a right that does not exist',
    connector: granted('NT AUTHORITY\\ANONYMOUS LOGON', 'ms-Exch-SMTP-Accept-Everything'),
    forwardPath: 'bob@fabrikam.com',
    decision: 'not an accepted domain',
  },
  {
    title: 'the percent hack names an accepted domain',
    connector: {},
    forwardPath: 'bob%fabrikam.com@contoso.com',
    decision: 'accepted domain',
  },
  {
    title: 'an accepted domain in the quotes of a foreign mailbox',
    connector: {},
    forwardPath: '"ann@contoso.com"@fabrikam.com',
    decision: 'not an accepted domain',
  },
  {
    title: 'a name that only ends like an accepted domain',
    connector: {},
    forwardPath: 'bob@notcontoso.com',
    decision: 'not an accepted domain',
  },
  { title: 'a final dot', connector: {}, forwardPath: 'ann@contoso.com.', decision: 'accepted domain' },
  { title: 'two final dots', connector: {}, forwardPath: 'ann@contoso.com..', decision: 'no domain' },
  {
    title: 'an accepted domain in full-width letters',
    connector: {},
    forwardPath: 'ann@\uff43\uff4f\uff4e\uff54\uff4f\uff53\uff4f.com',
    decision: 'accepted domain',
  },
  {
    title: 'a foreign domain from a session trusted by its address',
    connector: { permissionGroups: ['ExchangeServers'], authMechanism: ['Tls', 'ExternalAuthoritative'] },
    principal: 'externally secured',
    forwardPath: 'bob@fabrikam.com',
    decision: 'any recipient',
  },
  {
    title: 'an Exchange server',
    connector: { permissionGroups: ['ExchangeServers'] },
    principal: 'Exchange server',
    forwardPath: 'bob@fabrikam.com',
    decision: 'any recipient',
  },
];

for (const { title, connector, principal = 'anonymous', forwardPath, decision } of relayCases) {
  test(`relay: ${title} is decided by "${decision}"`, () => {
    const permissions = permissionsOf(receiveConnector(connector), principal);
    const found = decideRelay(accepted, permissions, forwardPath);
    assert.equal(found.kind === 'refused' ? found.reason : found.kind, decision);
  });
}

const senderCases: readonly {
  readonly groups: readonly PermissionGroup[];
  readonly principal: SessionPrincipal;
  readonly reversePath: string;
  readonly decision: string;
}[] = [
  {
    groups: ['AnonymousUsers'],
    principal: 'anonymous',
    reversePath: 'ann@contoso.com',
    decision: 'accepted',
  },
  { groups: ['AnonymousUsers'], principal: 'anonymous', reversePath: '', decision: 'accepted' },
  { groups: ['ExchangeServers'], principal: 'anonymous', reversePath: '', decision: 'may not submit' },
  { groups: ['Partners'], principal: 'partner', reversePath: 'bob@fabrikam.com', decision: 'accepted' },
  { groups: ['Partners'], principal: 'partner', reversePath: 'ann@contoso.com', decision: 'may not send as' },
  {
    groups: ['ExchangeUsers'],
    principal: 'user',
    reversePath: 'bob@fabrikam.com',
    decision: 'may not send as',
  },
  {
    groups: ['ExchangeUsers'],
    principal: 'user',
    reversePath: 'ann@contoso.com',
    decision: 'may not send as',
  },
  { groups: ['Partners'], principal: 'partner', reversePath: 'ann@tailspin.example', decision: 'accepted' },
  {
    groups: ['Partners'],
    principal: 'partner',
    reversePath: 'ann@CONTOSO.com.',
    decision: 'may not send as',
  },
  {
    groups: ['ExchangeServers'],
    principal: 'externally secured',
    reversePath: 'ann@contoso.com',
    decision: 'accepted',
  },
  {
    groups: ['AnonymousUsers'],
    principal: 'anonymous',
    reversePath: 'bob@[192.0.2.1]',
    decision: 'accepted',
  },
];

for (const { groups, principal, reversePath, decision } of senderCases) {
  test(`sender: ${principal} as <${reversePath}> on ${groups.join()}: ${decision}`, () => {
    const permissions = permissionsOf(receiveConnector({ permissionGroups: groups }), principal);
    assert.equal(decideSender(accepted, permissions, reversePath), decision);
  });
}

test('permissions: ExternalAuthoritative trusts the session from its first byte', () => {
  assert.equal(principalAtConnect(receiveConnector()), 'anonymous');
  const secured = receiveConnector({ authMechanism: ['Tls', 'ExternalAuthoritative'] });
  assert.equal(principalAtConnect(secured), 'externally secured');
});
