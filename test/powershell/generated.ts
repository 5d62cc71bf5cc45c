/** Topologies that no one would write: every object, every parameter, and names and texts that want to be code. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { rules } from '../../rules/index.ts';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { emitter } from '../../src/emit/exchange-shell/index.ts';
import { cmdletsWith, parametersFor, rangeOf, valuesOf } from '../../src/exchange/cmdlets.ts';
import type { Setting, SettingObject } from '../../src/exchange/setting.ts';
import {
  compareVersions,
  exchangeVersions,
  holdsIn,
  type ExchangeVersion,
} from '../../src/exchange/version.ts';
import { lintSource } from '../../src/lint-source.ts';
import { parseTimeSpan, printTimeSpan } from '../../src/mail/time-span.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan } from '../../src/plan/step.ts';

/** A topology that lint has nothing against, with its plan. */
export interface Generated {
  readonly index: number;
  readonly version: ExchangeVersion;
  readonly text: string;
  readonly plan: Plan;
  /** How many drafts lint refused before this one. */
  readonly refused: number;
}

type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;
type Written = { [key: string]: unknown };

/** What a script could trip over; direction marks are not for names. */
const pieces: readonly string[] = [
  ...[
    "'",
    '\u2018',
    '\u2019',
    '\u201a',
    '\u201b',
    '"',
    '\u201c',
    '\u201d',
    '\u201e',
    '`',
    '``',
    '$',
    '$(exit 3)',
    '$env:PATH',
    '${x}',
  ],
  ...[
    '#>',
    '<#',
    "@'",
    "'@",
    '@"',
    '#',
    ';',
    '; Remove-Item x',
    '|',
    '&',
    '&&',
    '%',
    '{0}',
    '{',
    '}',
    '{{',
    '[',
    ']',
    '(',
    ')',
    '--',
    '-Force',
    '\u2013Identity',
  ],
  ...[
    ',',
    '.',
    '@',
    '*',
    '?',
    '<',
    '>',
    '!',
    '~',
    '^',
    '=',
    ':',
    '/',
    'a',
    'B',
    '7',
    ' ',
    ' x ',
    'null',
    '\u{1f4e7}',
    '\u{1f468}\u200d\u{1f469}',
    '\u00e9',
    'e\u0301',
    '\u05d0\u05d1',
    '\u0627',
    '\u00a0',
    '\ufeff',
    '\u3000',
    '\u0130',
  ],
];
const marks: readonly string[] = ['\u200e', '\u200f', '\u202e', '\u202c', '\u2066', '\u2069'];

/** Makes the topology of a number; the same number gives the same topology. */
export function generate(index: number): Generated {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const draft = draftOf(index, attempt);
    const { topology, diagnostics } = lintSource('topology.yaml', draft.text, {
      rules,
      fileExists: () => true,
    });
    if (topology === undefined || hasErrors(diagnostics)) continue;
    const plan = makePlan(topology);
    if (hasErrors(emitter.unsupported(plan))) continue;
    return { index, ...draft, plan, refused: attempt };
  }
  throw new Error(`no draft of topology ${index} passes lint`);
}

/** Makes one draft, with why lint refuses it. */
export function draftOf(
  index: number,
  attempt: number,
): { readonly version: ExchangeVersion; readonly text: string } {
  const version = exchangeVersions[index % exchangeVersions.length] ?? 'SE';
  const [draw] = fc.sample(fc.gen(), { seed: index * 1000 + attempt, numRuns: 1 });
  if (draw === undefined) throw new Error('nothing is drawn');
  const any: Draw = (arbitrary) => draw(() => arbitrary);
  return { version, text: stringify(topologyOf(any, version), { lineWidth: 0 }) };
}

/** Unit: UTF-16 code units. */
function textOf(draw: Draw, longest: number, kind: 'name' | 'text'): string {
  const parts = draw(
    fc.array(fc.constantFrom(...pieces, ...(kind === 'text' ? marks : [])), { minLength: 1, maxLength: 14 }),
  );
  const isLong = draw(fc.integer({ min: 0, max: 9 })) === 0;
  const text = isLong ? parts.join('').padEnd(longest, 'x\u2019y') : parts.join('');
  const cut = text
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, 'x')
    .trim()
    .replace(/^\s+|\s+$/g, '');
  return cut === '' ? 'x' : cut;
}

function namesOf(draw: Draw, count: number): readonly string[] {
  const names = new Map<string, string>();
  while (names.size < count) {
    const name = textOf(draw, 64, 'name').replaceAll('\\', '');
    names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

function some<T>(draw: Draw, of: readonly T[], likely = 3): readonly T[] {
  return of.filter(() => draw(fc.integer({ min: 0, max: 9 })) < likely);
}

function oneOf<T>(draw: Draw, ...of: readonly T[]): T {
  return draw(fc.constantFrom(...of));
}

function topologyOf(draw: Draw, version: ExchangeVersion): Written {
  const inside = compareVersions(version, '2013') < 0 ? 'hub' : 'mailbox';
  const [certificate = '', authority = '', partner = '', credential = ''] = namesOf(draw, 4);
  const [first = '', second = '', third = ''] = namesOf(draw, 3);
  const [here = '', edge = '', relay = ''] = namesOf(draw, 3);
  const isThere = (): boolean => draw(fc.integer({ min: 0, max: 9 })) < 3;
  const parts = Array.from({ length: 7 }, isThere);
  const [hasPartner, hasSmartHost, hasLocal, hasInside, hasEdge, hasRelay, hasConfig] = parts.some(Boolean)
    ? parts
    : [true];
  const secured = [...(hasPartner || hasEdge ? ['EDGE01'] : []), ...(hasLocal ? ['EDGE02'] : [])];
  return {
    mailtopo: 1,
    organization: {
      name: textOf(draw, 64, 'text'),
      exchangeVersion: version,
      acceptedDomains: {
        'contoso.com': 'authoritative',
        [oneOf(draw, 'lab.contoso.com', '*.contoso.com')]: oneOf(
          draw,
          'internalRelay',
          'externalRelay',
          'authoritative',
        ),
      },
    },
    servers: {
      HUB01: {
        role: inside,
        fqdn: 'hub01.contoso.com',
        addresses: ['10.0.0.11', '2001:db8::11'],
        site: "Munich's",
      },
      HUB02: { role: inside, fqdn: 'hub02.contoso.com', addresses: ['10.0.0.12'], site: "Munich's" },
      EDGE01: { role: 'edge', fqdn: 'mail.contoso.com', addresses: ['192.0.2.25'], subscribedTo: "Munich's" },
      EDGE02: { role: 'edge', fqdn: 'alone.contoso.com', addresses: ['192.0.2.26'] },
    },
    ...(secured.length > 0 && {
      certificates: {
        [certificate]: {
          issuedBy: authority,
          domains: ['mail.contoso.com', 'contoso.com'],
          installedOn: secured,
          services: oneOf(draw, ['SMTP'], ['SMTP', 'IIS']),
          ...(draw(fc.boolean()) && { file: 'certs/ours.pem' }),
        },
      },
      authorities: { [authority]: { file: 'certs/root.pem', trustedOn: secured } },
      partners: {
        [partner]: {
          domains: ['fabrikam.com', 'fabrikam.net'],
          addresses: ['198.51.100.0/25', '198.51.101.1-198.51.101.20'],
          certificate: {
            issuedBy: authority,
            domains: ['mail.fabrikam.com', 'fabrikam.com', 'fabrikam.net'],
          },
          trusts: [authority],
        },
      },
    }),
    ...(hasSmartHost && {
      credentials: {
        [credential]: {
          username: textOf(draw, 40, 'text').replaceAll(/[\\\s]/gu, '') || 'x',
          passwordFrom: { env: 'SECRET' },
        },
      },
    }),
    sendConnectors: {
      ...(hasPartner && {
        [first]: {
          ...{
            partner,
            sourceTransportServers: ['EDGE01'],
            domainSecureEnabled: true,
            fqdn: 'mail.contoso.com',
          },
          maxMessageSize: oneOf(draw, '10MB', '1000B', '35MB', 'unlimited'),
        },
      }),
      ...(hasSmartHost && { [second]: smartHostConnector(draw, version, credential) }),
      ...(hasLocal && { [third]: localConnector(draw, version) }),
    },
    receiveConnectors: {
      ...(hasInside && { [`HUB01\\${here}`]: receiveConnector(draw, version, inside) }),
      ...(hasEdge && {
        [`EDGE01\\${edge}`]: {
          ...{
            partner,
            usage: 'partner',
            bindings: ['192.0.2.25:25'],
            fqdn: 'mail.contoso.com',
            authMechanism: ['Tls'],
          },
          ...{
            requireTLS: true,
            domainSecureEnabled: true,
            permissionGroups: ['AnonymousUsers', 'Partners'],
          },
          ...settingsFor(draw, 'receiveConnector', version),
        },
      }),
      ...(hasRelay && { [`HUB02\\${relay}`]: relayConnector(draw, inside) }),
    },
    ...(hasConfig && { transportConfig: settingsFor(draw, 'transportConfig', version) }),
  };
}

function relayConnector(draw: Draw, inside: string): Written {
  return {
    ...{
      bindings: ['10.0.0.12:2527'],
      remoteIPRanges: ['10.0.8.0/24', '10.0.9.1'],
      permissionGroups: ['AnonymousUsers'],
    },
    ...(inside === 'mailbox' && { transportRole: 'FrontendTransport' }),
    extendedRights: {
      'NT AUTHORITY\\ANONYMOUS LOGON': ['ms-Exch-SMTP-Accept-Any-Recipient'],
      [`CONTOSO\\${textOf(draw, 20, 'name')}`]: ['ms-Exch-Bypass-Anti-Spam', 'ms-Exch-SMTP-Submit'],
    },
  };
}

function smartHostConnector(draw: Draw, version: ExchangeVersion, credential: string): Written {
  const tls =
    compareVersions(version, '2010') < 0
      ? {}
      : oneOf<Written>(
          draw,
          {},
          { tlsAuthLevel: 'EncryptionOnly' },
          { tlsAuthLevel: 'DomainValidation', tlsDomain: '*.scans.example' },
        );
  return {
    addressSpaces: oneOf(
      draw,
      ['SMTP:*.scans.example;10', 'scans.example'],
      ['scans.example'],
      ['SMTP:scans.example;100', 'X400:c=us;a=adatum;p=x;5'],
    ),
    smartHosts: oneOf(draw, ['in.scans.example'], ['in.scans.example', 'in2.scans.example']),
    ...{
      smartHostAuthMechanism: oneOf(draw, 'BasicAuth', 'BasicAuthRequireTLS'),
      authenticationCredential: credential,
    },
    ...{
      sourceTransportServers: oneOf(draw, ['HUB01'], ['HUB01', 'HUB02'], ['HUB02', 'HUB01']),
      requireTLS: true,
      maxMessageSize: '20MB',
      ...tls,
    },
    ...(draw(fc.boolean()) && { port: draw(fc.integer({ min: 1, max: 65535 })) }),
    ...settingsFor(draw, 'sendConnector', version),
  };
}

function localConnector(draw: Draw, version: ExchangeVersion): Written {
  return {
    ...{
      server: 'EDGE02',
      addressSpaces: oneOf(draw, ['*'], ['SMTP:*;10'], ['*.com', '*.net']),
      usage: oneOf(draw, 'internet', 'custom'),
      maxMessageSize: '10MB',
    },
    ...(draw(fc.boolean()) && { sourceIPAddress: '192.0.2.26' }),
    ...settingsFor(draw, 'sendConnector', version),
  };
}

function receiveConnector(draw: Draw, version: ExchangeVersion, inside: string): Written {
  const lists = oneOf<Written>(
    draw,
    { authMechanism: ['Tls', 'Integrated'], permissionGroups: ['ExchangeUsers'] },
    {
      authMechanism: ['BasicAuth', 'BasicAuthRequireTLS', 'Tls'],
      permissionGroups: ['ExchangeUsers', 'AnonymousUsers'],
    },
    { authMechanism: ['Tls'], permissionGroups: ['AnonymousUsers'] },
    { authMechanism: ['ExternalAuthoritative', 'Tls'], permissionGroups: ['ExchangeServers'] },
  );
  return {
    ...{ bindings: oneOf(draw, ['10.0.0.11:2526'], ['10.0.0.11:2526', '[2001:db8::11]:2526']), ...lists },
    remoteIPRanges: oneOf(
      draw,
      ['10.0.8.0/24', '10.0.7.1-10.0.7.20', '10.0.6.6', '2001:db8:1::/48'],
      ['10.0.9.0(255.255.255.192)', '10.0.8.0/25'],
      ['10.0.5.4'],
    ),
    ...(inside === 'mailbox' && { transportRole: 'FrontendTransport' }),
    ...settingsFor(draw, 'receiveConnector', version),
  };
}

/** Settings that stand in a relation to others are written above; these names cannot be had by the roll of a die. */
const apart: ReadonlySet<string> = new Set([
  ...[
    'addressSpaces',
    'authenticationCredential',
    'dnsRoutingEnabled',
    'domainSecureEnabled',
    'fqdn',
    'ignoreSTARTTLS',
    'linkedReceiveConnector',
    'port',
  ],
  ...[
    'requireTLS',
    'smartHostAuthMechanism',
    'smartHosts',
    'sourceIPAddress',
    'sourceTransportServers',
    'tlsAuthLevel',
    'tlsDomain',
    'maxMessageSize',
  ],
  ...[
    'authMechanism',
    'bindings',
    'permissionGroups',
    'remoteIPRanges',
    'transportRole',
    'tlsDomainCapabilities',
    'suppressXAnonymousTls',
    'longAddressesEnabled',
  ],
  ...[
    'orarEnabled',
    'defaultDomain',
    'connectionInactivityTimeout',
    'connectionTimeout',
    'binaryMimeEnabled',
    'chunkingEnabled',
  ],
  ...[
    'tlsReceiveDomainSecureList',
    'tlsSendDomainSecureList',
    'maxAllowedAgentGeneratedMessageDepthPerAgent',
    'tlsCertificateName',
  ],
]);

function settingsFor(draw: Draw, object: SettingObject, version: ExchangeVersion): Written {
  const free = parametersFor(object).filter(
    (setting) =>
      holdsIn(version, setting) &&
      cmdletsWith(setting, version).length > 0 &&
      !apart.has(setting.key) &&
      setting.internal === undefined,
  );
  const chosen = some(draw, free).flatMap((setting): [string, unknown][] => {
    const value = valueOf(draw, setting, version);
    return value === undefined ? [] : [[setting.key, value]];
  });
  const pair =
    object === 'receiveConnector' && draw(fc.boolean())
      ? { connectionTimeout: '00:05:00', connectionInactivityTimeout: oneOf(draw, '00:01:00', '90s') }
      : {};
  const domain = object === 'receiveConnector' && draw(fc.boolean()) ? { defaultDomain: 'contoso.com' } : {};
  return { ...Object.fromEntries(chosen), ...pair, ...domain };
}

function valueOf(draw: Draw, setting: Setting, version: ExchangeVersion): unknown {
  const range = rangeOf(setting, version);
  const number = (): number => {
    const min = Number(range?.min ?? 0);
    return draw(fc.integer({ min: Math.max(1, min), max: Math.min(Number(range?.max ?? 5000), 2147483647) }));
  };
  switch (setting.form) {
    case 'boolean':
      return draw(fc.boolean());
    case 'number':
      return number();
    case 'limit':
      return draw(fc.boolean()) ? 'unlimited' : number();
    case 'size':
    case 'size-limit':
      return oneOf(draw, '64KB', '100KB', '1MB', '10MB', '1536KB', '1 GB');
    case 'time-span': {
      const max = parseTimeSpan(range?.max ?? '1.00:00:00') ?? 86400;
      return printTimeSpan(draw(fc.integer({ min: 5, max: Math.min(max, 600) })));
    }
    case 'enum': {
      const values = (valuesOf(setting, version) ?? []).filter(
        (one) => one !== 'None' && one !== 'Custom' && one !== 'Default',
      );
      const [value] = draw(fc.shuffledSubarray(values, { minLength: 1, maxLength: 1 }));
      return setting.list ? [value] : value;
    }
    case 'text':
      return wordsOf(draw, setting);
  }
}

function wordsOf(draw: Draw, { key, type, list }: Setting): unknown {
  const one = ((): string | undefined => {
    if (key === 'banner') return `220 ${textOf(draw, 60, 'text')}`;
    switch (type) {
      case 'String':
        return textOf(draw, 120, 'text');
      case 'SmtpAddress':
        return 'postmaster@contoso.com';
      case 'CultureInfo':
        return oneOf(draw, 'de-DE', 'en-US');
      case 'SmtpDomain':
      case 'Fqdn':
        return 'dsn.contoso.com';
      case 'EnhancedStatusCode':
        return oneOf(draw, '5.4.8', '5.1.1');
      case 'IPRange':
        return oneOf(draw, '10.0.0.0/24', '10.0.0.9', '10.0.0.1-10.0.0.5');
      default:
        return undefined;
    }
  })();
  return list && one !== undefined ? [one] : one;
}
