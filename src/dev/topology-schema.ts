import { serverRoles } from '../exchange/server-role.ts';
import { exchangeVersions } from '../exchange/version.ts';
import {
  closedObject,
  listOf,
  mapOf,
  text,
  word,
  type SchemaForm,
  type SchemaForms,
} from './json-schema-form.ts';

/** A version, which YAML takes for a number where it is not quoted. */
export function versionSchema(description: string): SchemaForm {
  const numbers = exchangeVersions.filter((version) => version !== 'SE').map(Number);
  return { description, enum: [...exchangeVersions, ...numbers] };
}

const certificateServices: readonly string[] = [
  'SMTP',
  'IIS',
  'IMAP',
  'POP',
  'UM',
  'UMCallRouter',
  'Federation',
  'None',
];

const file = text('A PEM file, relative to the topology file.');

const server = closedObject(
  'A server with a transport role.',
  {
    role: word(
      'hub (2007, 2010), mailbox (2013 and later), clientAccess (2013), edge. A mailbox server of 2013 with no clientAccess server in its site has both roles.',
      serverRoles,
    ),
    fqdn: text('Its fully qualified domain name.', 'hub01.corp.contoso.com'),
    addresses: {
      ...listOf(
        'The addresses on its network adapters; the first is where other servers reach it.',
        text('An address.'),
      ),
      minItems: 1,
    },
    site: text('Its Active Directory site.'),
    subscribedTo: text('Edge only: the Active Directory site that it is subscribed to.'),
    exchangeVersion: versionSchema("Its own version, where it is not the organization's."),
    setupDefaults: word(
      "Whether the Receive connectors that Exchange's setup makes are still there. Default: present.",
      ['present', 'removed'],
    ),
  },
  ['role', 'fqdn', 'addresses'],
);

const certificate = closedObject('A certificate of ours.', {
  issuedBy: text('public, selfSigned, or the name of an entry under authorities.', 'public', 'selfSigned'),
  domains: listOf('The names in Subject and SAN.', text('A name.', 'mail.contoso.com')),
  installedOn: listOf('The servers that have it with its private key.', text('The name of a server.')),
  services: listOf('The Exchange services it is enabled for.', word('A service.', certificateServices)),
  file,
  privateKey: text('The PEM file of its private key; never copied unless compile --with-keys says so.'),
});

const authority = closedObject('A root certificate that is not a public one.', {
  file,
  trustedOn: listOf('The servers that have it among their trusted roots.', text('The name of a server.')),
});

const partner = closedObject('A third party that we exchange mail with.', {
  domains: listOf('Its mail domains.', text('A domain.', 'fabrikam.com')),
  addresses: listOf(
    'The addresses it connects from.',
    text('An address, CIDR, first-last, or address(mask).'),
  ),
  mta: word('The mail server it runs, where its side is to be written, too.', [
    ...['postfix', 'exim', 'opensmtpd', 'sendmail', 'other'],
  ]),
  certificate: closedObject('The certificate that it presents.', {
    issuedBy: text('public, selfSigned, or the name of an entry under authorities.', 'public', 'selfSigned'),
    domains: listOf('The names in Subject and SAN.', text('A name.')),
  }),
  trusts: listOf(
    'The roots of ours that it has installed.',
    text('An authority, or a self-signed certificate of ours.'),
  ),
});

const credential = closedObject(
  'A user name, and where its password is found; never the password itself.',
  {
    username: text('The user name.'),
    passwordFrom: {
      description: 'Where the password is found when it is needed.',
      type: 'object',
      oneOf: [{ required: ['env'] }, { required: ['file'] }],
      additionalProperties: false,
      properties: { env: text('An environment variable.'), file: text('A file that holds nothing else.') },
    },
  },
  ['username', 'passwordFrom'],
);

const network = closedObject(
  'Addresses behind which other clients stand.',
  {
    addresses: listOf(
      'The addresses that clients come from when they pass it.',
      text('An address, CIDR, first-last, or address(mask).'),
    ),
    kind: word('What hides the clients.', ['nat', 'loadBalancer']),
  },
  ['addresses', 'kind'],
);

const dnsFact = closedObject('What is taken for the DNS records of this name.', {
  mx: listOf('MX records: preference and host, such as [10, mail.fabrikam.com].', {
    type: 'array',
    minItems: 2,
    items: [
      { description: 'Preference; less goes first.', type: 'integer' },
      { description: 'Host.', type: 'string' },
    ],
    additionalItems: false,
  }),
  a: listOf('IPv4 addresses.', text('An address.')),
  aaaa: listOf('IPv6 addresses.', text('An address.')),
});

const delivery: SchemaForm = {
  description: 'Where the bundle puts mail for this accepted domain.',
  type: 'object',
  oneOf: [{ required: ['maildir'] }, { required: ['smtp'] }],
  additionalProperties: false,
  properties: {
    maildir: text('A Maildir for the mail of the domain, relative to the data folder.'),
    smtp: text('The address and port of a server.', '10.0.0.40:2525'),
  },
};

const endpoint = text('A loopback address and port.', '127.0.0.1:2525');

const rehearsal = closedObject(
  'How a dry run on one machine stands for the real network; used with run --rehearse.',
  {
    listen: mapOf('By binding: where to listen instead.', endpoint),
    connect: mapOf('By remote address and port: where to connect instead.', endpoint),
    clients: mapOf('By loopback address: the address that such a client counts as.', text('An address.')),
  },
);

const domains = text('A domain; *.contoso.com is the domain and all below it.', 'fabrikam.com');

const policy = closedObject(
  'A property that the topology must have, whoever connects and whoever mail is for.',
  {
    relayOnlyFrom: listOf(
      'Nobody but clients at these addresses may send to the outside without a logon.',
      text('An address, CIDR, first-last, or address(mask).'),
    ),
    from: listOf('Mail of these senders is taken with the TLS below, or not at all.', domains),
    to: listOf('Mail for these recipients leaves with the TLS below, or waits.', domains),
    tls: word('encrypted; validated: with a trusted certificate; mutual: by Domain Security.', [
      ...['encrypted', 'validated', 'mutual'],
    ]),
    reaches: listOf('Mail for these recipients has a way from every server.', domains),
  },
);

const traceTest = closedObject(
  'A message or a client, and what is expected to happen; keys as the options of trace.',
  {
    from: text('The sender; empty is the null one.', 'ann@contoso.com'),
    to: {
      description: 'The recipient, or several.',
      type: ['string', 'array'],
      items: { type: 'string' },
    },
    client: text('The address that the client comes from, or the name of a partner or server.'),
    server: text('The server that the client connects to, or that has the message.'),
    binding: text('Where the client connects to. Default: port 25 of the server.', '192.0.2.25:25'),
    tls: word('What TLS the client uses. Default: none.', ['none', 'tls', 'mutual']),
    clientCertificate: text(
      'What the client shows: a partner, a server, a certificate, or a PEM file beside this one.',
    ),
    size: text('The size of the message.', '25MB'),
    helo: text('What the client calls itself. Default: its address.'),
    auth: text('The address of the user that the client logs on as.'),
    dialect: word('Whose replies the servers give. Default: exchange.', ['exchange', 'rfc']),
    expect: closedObject('What is expected; what is left out may be anything.', {
      verdict: word('What the client is told.', ['accepted', 'rejected']),
      reply: text('How the reply of a rejection begins.', '550 5.7.1'),
      receiveConnector: text('The Receive connector that takes the client.'),
      sendConnector: text('The Send connector that the mail leaves through.'),
      end: word('Where the mail for every recipient ends.', [
        ...['delivered', 'leaves', 'waits', 'returned', 'goes round'],
      ]),
      at: text('The server where it ends.'),
      tls: word('The TLS that the mail leaves with.', [
        ...['none', 'opportunistic', 'encrypted', 'validated', 'domain-validated', 'domain-secure'],
      ]),
    }),
  },
  ['expect'],
);

/** The objects that a topology declares by name, but for the connectors. */
export const declaredObjects: SchemaForms = {
  server,
  certificate,
  authority,
  partner,
  credential,
  network,
  dnsFact,
  delivery,
  rehearsal,
  policy,
  traceTest,
};

/** The keys of a Send connector that are no Exchange setting. */
export const sendConnectorKeys: SchemaForms = {
  usage: word('What it is made for. Default: custom.', ['custom', 'internal', 'internet', 'partner']),
  partner: text(
    'The entry under partners that it sends to; its domains are the address spaces when none are written.',
  ),
  server: text(
    'The Edge server without a subscription that it lives on; stands instead of sourceTransportServers.',
  ),
};

/** The keys of a Receive connector that are no Exchange setting. */
export const receiveConnectorKeys: SchemaForms = {
  usage: word('What it is made for; it decides the defaults. Default: custom.', [
    ...['client', 'custom', 'internal', 'internet', 'partner'],
  ]),
  partner: text(
    'The entry under partners that it serves; its addresses are the remote ranges when none are written.',
  ),
  server: text('The server that it lives on; may also stand in the key, as SERVER\\Name.'),
  extendedRights: mapOf(
    'Rights granted beside the groups, by principal (Add-ADPermission -ExtendedRights).',
    listOf('Rights.', text('A right.', 'ms-Exch-SMTP-Accept-Any-Recipient')),
  ),
};
