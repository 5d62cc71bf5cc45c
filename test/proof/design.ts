import fc from 'fast-check';

/** A Send connector of a random topology. */
export interface SendDesign {
  readonly spaces: readonly string[];
  readonly via: 'dns' | 'host' | 'address' | 'several' | 'own';
  readonly tls: 'default' | 'ignore' | 'require' | 'encryption' | 'certificate' | 'domain' | 'secure';
  readonly fqdn: string | undefined;
  readonly maxMessageSize: string | undefined;
  readonly enabled: boolean;
  readonly isScopedConnector: boolean;
  readonly forceHELO: boolean;
  readonly port: number;
  /** Picks the source servers. */
  readonly sources: number;
}

/** A Receive connector of a random topology. */
export interface ReceiveDesign {
  readonly server: number;
  readonly bindsAll: boolean;
  readonly port: number;
  readonly ranges: readonly string[];
  readonly permissionGroups: readonly string[];
  readonly auth: readonly string[];
  readonly requireTLS: boolean;
  readonly domainSecureEnabled: boolean;
  readonly fqdn: string | undefined;
  readonly relay: boolean;
  readonly maxMessageSize: string | undefined;
  readonly enhancedStatusCodesEnabled: boolean;
  readonly sizeEnabled: string;
  readonly requireEHLODomain: boolean;
}

/** A random topology and one session with it. */
export interface Design {
  readonly version: '2007' | '2010' | '2013' | '2016' | '2019' | 'SE';
  readonly dialect: 'exchange' | 'rfc';
  readonly inside: readonly { readonly site: string; readonly setupRemoved: boolean }[];
  readonly clientAccess: boolean;
  readonly edge: 'none' | 'subscribed' | 'alone';
  readonly accepted: readonly (readonly [string, string])[];
  /** For each certificate of ours, the servers that have it. */
  readonly installed: readonly number[];
  /** For each authority, the servers that trust it. */
  readonly trusted: readonly number[];
  /** Which certificate the partner declares and shows; the last is none. */
  readonly partner: number;
  readonly partnerOffersTls: boolean;
  readonly stranger: number;
  readonly secureSend: readonly string[];
  readonly secureReceive: readonly string[];
  readonly deliveries: readonly string[];
  readonly send: readonly SendDesign[];
  readonly receive: readonly ReceiveDesign[];
  readonly session: {
    readonly client: string;
    /** Picks the endpoint. */
    readonly endpoint: number;
    readonly tls: 'none' | 'tls' | 'mutual';
    readonly certificate: number;
    readonly helo: string;
    readonly auth: boolean;
    readonly from: string;
    readonly to: readonly string[];
    /** Unit: bytes. */
    readonly size: number;
  };
}

const spaces = [
  '*',
  '*;10',
  'fabrikam.com',
  'fabrikam.com;5',
  '*.fabrikam.com',
  '*.fabrikam.com;20',
  'fabrikam.net',
  '*.com;3',
  'relay.example',
  'elsewhere.example',
  'sub.contoso.com',
];
const ranges = [
  '0.0.0.0-255.255.255.255',
  '198.51.100.0/24',
  '198.51.100.0-198.51.100.15',
  '198.51.100.10',
  '203.0.113.0/24',
  '10.0.0.0/8',
  '10.0.0.0/24',
  '10.0.0.2',
];
const clients = ['198.51.100.10', '198.51.100.200', '203.0.113.9', '10.0.0.77', '10.9.9.9', '192.0.2.200'];
const senders = [
  '',
  'a@fabrikam.com',
  'a@sub.fabrikam.com',
  'a@elsewhere.example',
  'a@contoso.com',
  'a@relay.example',
  'local',
];
const recipients = [
  'b@contoso.com',
  'b@sub.contoso.com',
  'b@fabrikam.com',
  'b@mail.fabrikam.com',
  'b@fabrikam.net',
  'b@relay.example',
  'b@elsewhere.example',
  'postmaster',
];

/** A choice in which one thing is likely and the others are not. */
function mostly<T>(likely: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.constant(likely) },
    { weight: 3, arbitrary: fc.constantFrom(...others) },
  );
}

const sendDesign: fc.Arbitrary<SendDesign> = fc.record({
  spaces: fc.uniqueArray(fc.constantFrom(...spaces), { minLength: 1, maxLength: 3 }),
  via: fc.constantFrom('dns', 'dns', 'host', 'address', 'several', 'own'),
  tls: fc.constantFrom(
    'default',
    'ignore',
    'require',
    'encryption',
    'certificate',
    'domain',
    'secure',
    'secure',
  ),
  fqdn: fc.constantFrom(undefined, 'mail.contoso.com', 'nowhere.invalid'),
  maxMessageSize: fc.constantFrom(undefined, undefined, '20KB'),
  enabled: mostly(true, false),
  isScopedConnector: mostly(false, true),
  forceHELO: fc.constantFrom(false, false, false, true),
  port: fc.constantFrom(25, 25, 2525),
  sources: fc.nat(31),
});

const receiveDesign: fc.Arbitrary<ReceiveDesign> = fc.record({
  server: fc.nat(3),
  bindsAll: fc.boolean(),
  port: fc.constantFrom(25, 25, 25, 2525, 587),
  ranges: fc
    .uniqueArray(fc.constantFrom(...ranges), { minLength: 1, maxLength: 3 })
    .chain((some) => mostly([...new Set(['0.0.0.0-255.255.255.255', ...some])], some)),
  permissionGroups: fc.uniqueArray(
    fc.constantFrom('AnonymousUsers', 'AnonymousUsers', 'Partners', 'ExchangeServers', 'ExchangeUsers'),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  auth: fc
    .subarray(['ExchangeServer', 'BasicAuth'])
    .chain((auth) =>
      mostly(['Tls', ...auth], auth.length > 0 ? auth : ['None'], [...auth, 'ExternalAuthoritative']),
    ),
  requireTLS: mostly(false, true),
  domainSecureEnabled: fc.boolean(),
  fqdn: fc.constantFrom(undefined, 'mail.contoso.com', 's1.contoso.com', 'nowhere.invalid'),
  relay: fc.boolean(),
  maxMessageSize: fc.constantFrom(undefined, undefined, '20KB'),
  enhancedStatusCodesEnabled: fc.constantFrom(true, true, true, false),
  sizeEnabled: fc.constantFrom('Enabled', 'Enabled', 'Disabled', 'EnabledWithoutValue'),
  requireEHLODomain: mostly(false, true),
});

/** Random topologies with one session each. */
export const designs: fc.Arbitrary<Design> = fc.record({
  version: fc.constantFrom('2007', '2010', '2013', '2016', '2019', 'SE'),
  dialect: fc.constantFrom('exchange', 'exchange', 'exchange', 'rfc'),
  inside: fc.array(
    fc.record({
      site: fc.constantFrom('Here', 'Here', 'There'),
      setupRemoved: mostly(false, true),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  clientAccess: fc.boolean(),
  edge: fc.constantFrom('none', 'subscribed', 'alone'),
  accepted: fc
    .subarray([
      ['*.contoso.com', 'authoritative'],
      ['sub.contoso.com', 'internalRelay'],
      ['relay.example', 'internalRelay'],
      ['fabrikam.net', 'externalRelay'],
    ] as (readonly [string, string])[])
    .chain((some) => mostly([['contoso.com', 'authoritative'] as const, ...some], some)),
  installed: fc.array(fc.oneof(fc.constant(31), fc.nat(31)), { minLength: 3, maxLength: 3 }),
  trusted: fc.array(fc.oneof(fc.constant(31), fc.nat(31)), { minLength: 3, maxLength: 3 }),
  partner: mostly(0, 1, 2, 3, 4, 5, 6, 7),
  partnerOffersTls: fc.constantFrom(true, true, true, false),
  stranger: fc.nat(7),
  secureSend: fc.subarray(['fabrikam.com', 'fabrikam.net', 'mail.fabrikam.com']),
  secureReceive: mostly([], ['fabrikam.com'], ['fabrikam.com', 'elsewhere.example']),
  deliveries: fc.subarray(['contoso.com', 'relay.example']),
  send: fc.array(sendDesign, { minLength: 1, maxLength: 4 }),
  receive: fc.array(receiveDesign, { minLength: 2, maxLength: 5 }),
  session: fc.record({
    client: fc.constantFrom(...clients),
    endpoint: fc.nat(1000),
    tls: fc.constantFrom('none', 'none', 'none', 'tls', 'mutual'),
    certificate: fc.oneof(fc.constant(0), fc.nat(20)),
    helo: mostly('client.example', '[198.51.100.10]', '', 'bad name'),
    auth: fc.integer({ min: 0, max: 10 }).map((one) => one === 0),
    from: mostly('a@elsewhere.example', ...senders),
    to: fc.uniqueArray(fc.constantFrom(...recipients), { minLength: 1, maxLength: 2 }),
    size: fc.constantFrom(300, 2000, 30_000),
  }),
});
