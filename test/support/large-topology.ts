/** What the connectors of a large topology are like: how they are spread decides what a rule has to compare. */
export type LargeShape = 'one-server' | 'many-servers' | 'faulty';

export interface LargeSize {
  readonly shape: LargeShape;
  /** Receive connectors; there are half as many Send connectors. */
  readonly connectors: number;
  /** Remote ranges of each Receive connector, and address spaces of each Send connector. */
  readonly ranges: number;
}

/** The addresses that each range has to itself, so that none touches another. */
const block = 32;

function address(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

/** A range of its own in each form of the language; where faults are wanted it reaches into the next one. */
function range(number: number, shape: LargeShape): string {
  const first = 0x14000000 + number * block;
  if (shape === 'faulty') return `${address(first + 1)}-${address(first + block + 1)}`;
  switch (number % 4) {
    case 0:
      return `${address(first)}/29`;
    case 1:
      return address(first + 5);
    case 2:
      return `${address(first + 1)}-${address(first + 9)}`;
    default:
      return `${address(first)}(255.255.255.240)`;
  }
}

function times(count: number, line: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => line(number)).join('');
}

function receiveConnector(number: number, { shape, connectors, ranges }: LargeSize, servers: number): string {
  // Neighbouring ranges belong to different connectors, so that those that cross are faults.
  const numbers = Array.from({ length: ranges }, (_, place) =>
    shape === 'faulty' ? place * connectors + number : number * ranges + place,
  );
  const server = (number >> 1) % servers;
  const binding = shape === 'faulty' && number % 2 === 1 ? '0.0.0.0' : address(0x0a000000 + server + 1);
  return `  Relay ${number}:
    server: MBX${server}
    bindings: ["${binding}:2526"]
    usage: custom
    authMechanism: [Tls]
    permissionGroups: [AnonymousUsers]
    maxMessageSize: 10MB
    remoteIPRanges:
${numbers.map((one) => `      - ${range(one, shape)}\n`).join('')}`;
}

function sendConnector(number: number, { ranges }: LargeSize, servers: number): string {
  return `  To partner ${number}:
    partner: partner${number}
    usage: custom
    fqdn: mbx${number % servers}.contoso.com
    maxMessageSize: 10MB
    dnsRoutingEnabled: true
    sourceTransportServers: [MBX${number % servers}, MBX${(number + 1) % servers}]
    addressSpaces:
${times(ranges, (place) => `      - SMTP:d${place}.partner${number}.example;${(place % 100) + 1}\n`)}`;
}

/**
 * Writes a topology of any size. Without faults it lints clean of errors; with them, each range crosses that of a neighbour,
 * and each connector has a name that differs from another one by case alone.
 */
export function largeTopology(size: LargeSize): string {
  const { shape, connectors } = size;
  const servers = shape === 'many-servers' ? Math.max(2, connectors) : 2;
  const sends = connectors >> 1;
  return `mailtopo: 1
organization:
  name: Contoso
  exchangeVersion: "2016"
  acceptedDomains:
    contoso.com: authoritative
servers:
${times(servers, (n) => `  MBX${n}: { role: mailbox, fqdn: mbx${n}.contoso.com, addresses: [${address(0x0a000000 + n + 1)}], site: Munich }\n`)}certificates:
${times(servers, (n) => `  cert${n}: { issuedBy: public, domains: [mbx${n}.contoso.com], installedOn: [MBX${n}], services: [SMTP] }\n`)}partners:
${times(sends, (n) => `  partner${n}:\n    domains: [${Array.from({ length: size.ranges }, (_, place) => `d${place}.partner${n}.example`).join(', ')}]\n    addresses: [198.18.${(n >> 8) & 255}.${n & 255}]\n`)}sendConnectors:
${times(sends, (n) => sendConnector(n, size, servers))}receiveConnectors:
${times(connectors, (n) => receiveConnector(n, size, servers))}${
    shape === 'faulty'
      ? times(connectors, (n) => receiveConnector(n, size, servers).replace('  Relay', '  RELAY'))
      : ''
  }`;
}
