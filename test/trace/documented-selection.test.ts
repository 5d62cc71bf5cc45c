/**
 * The examples by which Microsoft's pages explain which connector is taken, asked as traces.
 *
 * Source: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors
 * Source: https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection
 * Source: https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askable, asked } from '../support/asked.ts';

const organization = {
  name: 'A',
  exchangeVersion: '2019',
  acceptedDomains: { 'a.example': 'authoritative' },
};
const servers = {
  MBX1: {
    role: 'mailbox',
    fqdn: 'mbx1.a.example',
    addresses: ['10.0.0.1'],
    site: 'Here',
    setupDefaults: 'removed',
  },
  MBX2: { role: 'mailbox', fqdn: 'mbx2.a.example', addresses: ['10.0.0.2'], site: 'Here' },
  MBX3: { role: 'mailbox', fqdn: 'mbx3.a.example', addresses: ['10.1.0.3'], site: 'There' },
};
const receiving = (range: string, more: object = {}): object => ({
  server: 'MBX1',
  bindings: ['10.0.0.1:25'],
  remoteIPRanges: [range],
  permissionGroups: ['AnonymousUsers'],
  ...more,
});

const byRange = {
  'Connector A': receiving('0.0.0.0-255.255.255.255'),
  'Connector B': receiving('192.168.1.0-192.168.1.255'),
  'Connector C': receiving('192.168.1.75'),
};
const taken: readonly (readonly [client: string, connector: string])[] = [
  ['192.168.1.75', 'Connector C'],
  ['192.168.1.1', 'Connector B'],
  ['192.168.1.255', 'Connector B'],
  ['192.168.2.75', 'Connector A'],
];
for (const [client, connector] of taken) {
  test(`documented: ${client} meets ${connector}, whose range is the most specific`, async () => {
    const topology = askable(
      JSON.stringify({ mailtopo: 1, organization, servers, receiveConnectors: byRange }),
    );
    const { session } = await asked(topology, { server: 'MBX1', client });
    assert.equal(session?.connector?.name, connector);
  });
}

interface Rights {
  readonly title: string;
  readonly connector: object;
  readonly from?: string;
  readonly to?: string;
  readonly auth?: string;
  readonly reply: string;
}
const outside = 'x@elsewhere.example';
const inside = 'x@a.example';
const rights: readonly Rights[] = [
  {
    title: 'nobody without the right to submit',
    connector: { permissionGroups: ['ExchangeUsers'] },
    to: inside,
    reply: '530 5.7.57',
  },
  { title: 'anonymous, to us', connector: {}, to: inside, reply: 'accepted' },
  { title: 'anonymous, to others', connector: {}, to: outside, reply: '550 5.7.54' },
  {
    title: 'anonymous with Accept-Any-Recipient, to others',
    connector: { extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': ['ms-Exch-SMTP-Accept-Any-Recipient'] } },
    to: outside,
    reply: 'accepted',
  },
  {
    title: 'externally secured, to others',
    connector: { permissionGroups: ['ExchangeServers'], authMechanism: ['ExternalAuthoritative'] },
    to: outside,
    reply: 'accepted',
  },
  {
    title: 'a user, to others',
    connector: { permissionGroups: ['ExchangeUsers'], authMechanism: ['Tls', 'BasicAuth'] },
    auth: 'ann@a.example',
    from: 'ann@a.example',
    to: outside,
    reply: 'accepted',
  },
  {
    title: 'a user in another name',
    connector: { permissionGroups: ['ExchangeUsers'], authMechanism: ['Tls', 'BasicAuth'] },
    auth: 'ann@a.example',
    from: 'bob@a.example',
    to: outside,
    reply: '550 5.7.60',
  },
];
for (const { title, connector, from = 's@elsewhere.example', to = inside, auth, reply } of rights) {
  test(`documented: permissions: ${title}: ${reply}`, async () => {
    const receiveConnectors = { One: receiving('0.0.0.0-255.255.255.255', connector) };
    const topology = askable(JSON.stringify({ mailtopo: 1, organization, servers, receiveConnectors }));
    const scenario = {
      server: 'MBX1',
      client: '192.0.2.9',
      from,
      to: [to],
      ...(auth !== undefined && { auth }),
    };
    const { verdict } = await asked(topology, scenario);
    assert.ok(
      (verdict.kind === 'accepted' ? 'accepted' : verdict.reply).startsWith(reply),
      JSON.stringify(verdict),
    );
  });
}

interface Sending {
  readonly title: string;
  readonly connectors: Readonly<Record<string, object>>;
  readonly to: string;
  readonly size?: string;
  readonly taken: string;
  /** Why the others are not, in their order. */
  readonly others: readonly string[];
}
const by = (addressSpaces: readonly string[], more: object = {}): object => ({
  addressSpaces,
  sourceTransportServers: ['MBX1'],
  ...more,
});
const sending: readonly Sending[] = [
  {
    title: 'the most specific address space goes before a cheaper one',
    connectors: { All: by(['*;1']), Below: by(['*.contoso.com;5']), Exact: by(['marketing.contoso.com;20']) },
    to: 'x@marketing.contoso.com',
    taken: 'Exact',
    others: ['All: less specific address space', 'Below: less specific address space'],
  },
  {
    title: 'a wildcard holds the domain itself',
    connectors: { All: by(['*']), Below: by(['*.contoso.com']) },
    to: 'x@contoso.com',
    taken: 'Below',
    others: ['All: less specific address space'],
  },
  {
    title: 'a domain does not hold what is below it',
    connectors: { All: by(['*']), Domain: by(['contoso.com']) },
    to: 'x@sales.contoso.com',
    taken: 'All',
    others: ['Domain: no matching address space'],
  },
  {
    title: 'the size is looked at first',
    connectors: { All: by(['*']), Exact: by(['contoso.com'], { maxMessageSize: '5MB' }) },
    to: 'x@contoso.com',
    size: '6MB',
    taken: 'All',
    others: ['Exact: message too large'],
  },
  {
    title: 'one that is disabled, and one that is scoped to another site',
    connectors: {
      All: by(['*']),
      Disabled: by(['contoso.com'], { enabled: false }),
      Scoped: by(['contoso.com'], { isScopedConnector: true, sourceTransportServers: ['MBX3'] }),
    },
    to: 'x@contoso.com',
    taken: 'All',
    others: ['Disabled: disabled', 'Scoped: out of scope'],
  },
  {
    title: 'then the lowest cost',
    connectors: { Dear: by(['contoso.com;10']), Cheap: by(['contoso.com;5']) },
    to: 'x@contoso.com',
    taken: 'Cheap',
    others: ['Dear: higher cost'],
  },
  {
    title: 'then the fewest hops: this server, this site, another site',
    connectors: {
      Far: by(['contoso.com'], { sourceTransportServers: ['MBX3'] }),
      Near: by(['contoso.com'], { sourceTransportServers: ['MBX2'] }),
      Own: by(['contoso.com']),
    },
    to: 'x@contoso.com',
    taken: 'Own',
    others: ['Far: more hops', 'Near: more hops'],
  },
  {
    title: 'then the name that is lowest in alphanumeric order',
    connectors: { Beta: by(['contoso.com']), alpha: by(['contoso.com']) },
    to: 'x@contoso.com',
    taken: 'alpha',
    others: ['Beta: later name'],
  },
];
for (const { title, connectors, to, size, taken: wanted, others } of sending) {
  test(`documented: Send connectors: ${title}`, async () => {
    const topology = askable(
      JSON.stringify({ mailtopo: 1, organization, servers, sendConnectors: connectors }),
    );
    const { recipients } = await asked(topology, {
      server: 'MBX1',
      to: [to],
      ...(size !== undefined && { size }),
    });
    const choice = recipients[0]?.route?.[0]?.decision.choice;
    assert.equal(choice?.kind === 'chosen' ? choice.connector.name : choice?.kind, wanted);
    assert.deepEqual(
      choice?.eliminated.map(({ connector, reason }) => `${connector.name}: ${reason}`).sort(),
      [...others].sort(),
    );
  });
}
