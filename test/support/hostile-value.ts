import fc from 'fast-check';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { schema } from '../../src/schema/expanded-schema.js';
import { nasty } from './hostile-source.ts';

/** Names that are declared and pointed at, so that most references lead somewhere. */
const names = [
  'HUB01',
  'EDGE01',
  'MBX1',
  'fabrikam',
  'ours',
  'contoso-root',
  'To Fabrikam',
  'HUB01\\In',
  'hub01',
  'Munich',
];

/** Values as topologies have them, of every kind: each can stand where another one belongs. */
const usual = [
  ...[
    '10.0.0.1',
    '10.0.0.0/8',
    '0.0.0.0-255.255.255.255',
    '10.0.0.5-10.0.0.50',
    '10.0.0.40-10.0.0.90',
    '192.168.1.0',
    '::1',
  ],
  ...[
    '0.0.0.0:25',
    '10.0.0.1:25',
    '[::]:25',
    '10.0.0.1:587',
    'contoso.com',
    '*.contoso.com',
    'SMTP:*;1',
    '*',
    'fabrikam.com',
  ],
  ...[
    'mail.contoso.com',
    '25MB',
    '25 MB',
    '00:10:00',
    '10m',
    'unlimited',
    'public',
    'self',
    'scanner@contoso.com',
  ],
  ...[
    'ours.pem',
    'NT AUTHORITY\\ANONYMOUS LOGON',
    'ms-Exch-SMTP-Accept-Any-Recipient',
    '<I>CN=x<S>CN=mail.contoso.com',
  ],
];

const word = fc.oneof(
  { arbitrary: fc.constantFrom(...names), weight: 4 },
  { arbitrary: fc.constantFrom(...usual), weight: 4 },
  { arbitrary: fc.constantFrom(...nasty), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 12 }), weight: 1 },
);

const stray = fc.oneof(
  word,
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
);

function entries(
  names: fc.Arbitrary<string>,
  value: fc.Arbitrary<unknown>,
  most: number,
): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(names, value), { maxLength: most }).map((pairs) => Object.fromEntries(pairs));
}

function sound(part: JsonSchema): fc.Arbitrary<unknown> {
  if (part.const !== undefined) return fc.constant(part.const);
  if (part.enum !== undefined) return fc.constantFrom(...part.enum);
  const [type] = [part.type ?? (part.properties || part.additionalProperties ? 'object' : 'string')].flat();
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.oneof(fc.nat(100), fc.integer());
    case 'array': {
      const { items = {} } = part;
      if (Array.isArray(items)) return fc.tuple(...(items as readonly JsonSchema[]).map(valueOf));
      return fc.array(valueOf(items as JsonSchema), { maxLength: 4 });
    }
    case 'object':
      return mapOf(part);
    default:
      return word;
  }
}

function mapOf({
  properties = {},
  required = [],
  additionalProperties: more,
}: JsonSchema): fc.Arbitrary<unknown> {
  const known = Object.entries(properties).map(([key, part]): readonly [string, fc.Arbitrary<unknown>] => [
    key,
    valueOf(part),
  ]);
  if (known.length === 0 && typeof more === 'object') return entries(word, valueOf(more), 3);
  const all = fc.record(Object.fromEntries(known), { requiredKeys: [...required] });
  return typeof more === 'object'
    ? fc.tuple(all, entries(word, valueOf(more), 2)).map(([a, b]) => ({ ...a, ...(b as object) }))
    : all;
}

/** What the schema has at a place, and now and then something else. */
function valueOf(part: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: sound(part), weight: 24 }, { arbitrary: stray, weight: 1 });
}

/** Topologies with values of the schema in every position, hostile ones among them. */
export const hostileTopology: fc.Arbitrary<unknown> = fc
  .tuple(sound(schema), fc.constantFrom('2007', '2010', '2013', '2016', '2019', 'SE'), fc.boolean())
  .map(([value, exchangeVersion, isNamed]) => {
    const { organization, ...rest } = value as { readonly organization?: object };
    const named = isNamed
      ? { mailtopo: 1, organization: { ...organization, name: 'Contoso', exchangeVersion } }
      : {};
    return { mailtopo: 1, organization, ...rest, ...named };
  });
