import type { WrittenScenario } from '../../src/trace/written-scenario.ts';

/** A question about the topology of an example. */
export interface Question {
  readonly example: string;
  readonly written: WrittenScenario;
}

const fabrikam = { client: 'fabrikam', server: 'EDGE01', from: 'a@fabrikam.com', to: ['bob@contoso.com'] };
const printer = { client: '10.0.7.5', binding: '10.0.0.11:2526', from: 'p@contoso.com' };

const ofContoso: readonly WrittenScenario[] = [
  fabrikam,
  { ...fabrikam, dialect: 'rfc' },
  { ...fabrikam, tls: 'tls' },
  { ...fabrikam, tls: 'mutual' },
  { ...fabrikam, clientCertificate: 'contoso-mail' },
  { ...fabrikam, tls: 'mutual', from: 'a@elsewhere.example' },
  { ...fabrikam, tls: 'mutual', to: ['bob@contoso.com', 'x@elsewhere.example'] },
  { ...fabrikam, tls: 'mutual', from: '' },
  { ...fabrikam, tls: 'mutual', size: '2GB' },
  { ...fabrikam, client: '203.0.113.9' },
  { ...fabrikam, client: '2001:db8::1' },
  { ...fabrikam, tls: 'mutual', from: 'a@FABRIKAM.COM', to: ['"a b"@contoso.com'] },
  { ...fabrikam, tls: 'mutual', from: 'a@fäbrikam.example', to: ['bob@cöntoso.example'] },
  { ...printer, to: ['x@elsewhere.example'] },
  { ...printer, to: ['x@fabrikam.net'], helo: 'printer' },
  { ...printer, to: ['x@[192.0.2.77]'] },
  { ...printer, to: ['x@elsewhere.example'], auth: 'p@contoso.com' },
  { client: '10.0.7.5', binding: '10.0.0.11:9999', from: 'p@contoso.com', to: ['x@contoso.com'] },
  {
    client: 'HUB01',
    server: 'EDGE01',
    clientCertificate: 'HUB01',
    from: 'a@contoso.com',
    to: ['x@fabrikam.com'],
  },
  { server: 'HUB01', to: ['x@fabrikam.net'] },
  { server: 'HUB01', from: 'a@contoso.com', to: ['x@fabrikam.com', 'x@münchen.example', 'bob@contoso.com'] },
  { server: 'EDGE01', client: '198.51.100.77' },
  { client: '198.51.100.77', from: 'a@fabrikam.com', to: ['bob@contoso.com'] },
  // Questions that cannot be asked, each at another part.
  { ...fabrikam, client: 'nobody' },
  { ...fabrikam, tls: 'tls', clientCertificate: 'fabrikam' },
  { ...fabrikam, size: 'large' },
  { ...fabrikam, binding: '99999' },
  { ...fabrikam, auth: 'nobody' },
  { client: '10.0.7.5', binding: '10.0.0.12:25', from: 'a@contoso.com', to: ['x@contoso.com'] },
];

/** One question in each direction for the others, so that each version and kind of connector answers. */
const ofOthers: readonly Question[] = [
  {
    example: 'adatum',
    written: { client: 'filter-service', server: 'EX19A', from: 'a@elsewhere.example', to: ['b@adatum.com'] },
  },
  {
    example: 'adatum',
    written: { client: '2001:db8:f1::7', server: 'EX19B', from: '', to: ['b@elsewhere.example'], tls: 'tls' },
  },
  {
    example: 'northwind',
    written: { server: 'MBX1', from: 'a@northwindtraders.com', to: ['b@contoso.com'] },
  },
  {
    example: 'northwind',
    written: {
      client: 'contoso',
      server: 'EDGE2',
      from: 'a@contoso.com',
      to: ['b@shop.northwindtraders.com', 'c@elsewhere.example'],
      tls: 'tls',
    },
  },
  { example: 'litware', written: { server: 'MBX2', from: 'a@litwareinc.com', to: ['b@proseware.com'] } },
  {
    example: 'tailspin',
    written: {
      server: 'HT02',
      from: 'a@tailspintoys.com',
      to: ['b@scans.example', 'c@lab.tailspintoys.com', 'd@elsewhere.example'],
    },
  },
  {
    example: 'wingtip',
    written: { server: 'MAIL01', from: '', to: ['b@elsewhere.example', 'c@relecloud.com'] },
  },
  {
    example: 'document-domain-security',
    written: {
      client: 'fabrikam',
      from: 'a@fabrikam.net',
      to: ['b@contoso.com'],
      clientCertificate: 'fabrikam',
      server: 'HUB01',
    },
  },
];

/** What the page and the command line are both asked. */
export const questions: readonly Question[] = [
  ...ofContoso.map((written) => ({ example: 'contoso', written })),
  ...ofOthers,
];
