import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { rules } from '../../rules/index.ts';

function textsIn(parent: string): readonly string[] {
  return readdirSync(parent, { withFileTypes: true }).map((entry) =>
    readFileSync(
      entry.isDirectory() ? `${parent}/${entry.name}/topology.yaml` : `${parent}/${entry.name}`,
      'utf8',
    ),
  );
}

/** Texts that mutation begins with: whole topologies, right ones and faulty ones, and what the rules show. */
export const seeds: readonly string[] = [
  ...textsIn('examples').filter((text) => text.includes('mailtopo:')),
  ...textsIn('test/golden'),
  ...textsIn('test/topologies'),
  ...rules.flatMap(({ examples }) => [...examples.good, ...examples.bad]),
];

/** What has brought readers of YAML, parsers of values and reports down. */
export const nasty: readonly string[] = [
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '<<: ',
    '!!binary ',
    '!!str ',
    '!!set ',
    '!x ',
    '? ',
    '- ',
    ': ',
    ' #',
    '|',
    '>-',
    '|+',
    '|9',
  ],
  ...[
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '%',
    '@',
    '`',
    '\t',
    '\r',
    '\r\n',
    '\n',
    '\n\n\n',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
  ],
  ...[
    '\u0000',
    '\u0001',
    '\u0002',
    '\u0018',
    '\u001b[2J',
    '\u001f',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u202e',
  ],
  ...[
    '\ufeff',
    '\ufffe',
    '\uffff',
    '"\\ud800"',
    '"\\u0000"',
    '"\\x07"',
    '"\\n"',
    '\\',
    '日本',
    '🙂',
    'ß',
    'İ',
    'xn--a',
    'é',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'length',
    '~',
    'null',
    'true',
    'yes',
    'Off',
    '.nan',
    '.inf',
  ],
  ...[
    '0x1F',
    '0o17',
    '1e999',
    '-0',
    '1_000',
    '99999999999999999999',
    '2024-01-01',
    '1.0',
    '-1',
    '0',
    '65536',
  ],
  ...[
    '::1',
    '[::]:25',
    '[',
    '0.0.0.0:25',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '255.255.255.255-0.0.0.0',
    '10.0.0.1-',
    '1.2.3',
  ],
  ...[
    '*',
    '*.contoso.com',
    '--',
    'SMTP:*;0',
    'SMTP:*.x;101',
    'X400:/a/b;1',
    '.',
    '..',
    '-',
    'a..b',
    '@',
    'a@b',
    '25 MB',
    '25 Megs',
  ],
  ...[
    '99999999999999999999GB',
    '00:10:00',
    '-1.00:00:00',
    '10m',
    '25:61:61',
    'unlimited',
    'Anonymous, Partner',
  ],
  ...[
    '../../etc/passwd',
    '/dev/zero',
    'file\\u0000',
    '$(calc)',
    "'; x",
    '${x}',
    '{{x}}',
    'C:\\x',
    '\\\\host\\share',
    'https://u:p@x',
  ],
  ...[
    '# mailtopo: allow mixed-source-servers -- why',
    '# mailtopo: allow',
    '# mailtopo: allow schema -- x',
    '# mailtopo:\n',
  ],
  ...['a'.repeat(65), 'a'.repeat(300), `${'a.'.repeat(130)}x`],
];

/** One change of a text: at a place that two numbers choose, by something that a third one chooses. */
interface Mutation {
  readonly kind: (typeof kinds)[number];
  readonly at: number;
  readonly to: number;
  readonly pick: number;
}

const kinds = [
  'drop-line',
  'repeat-line',
  'swap-lines',
  'foreign-line',
  'foreign-block',
  'indent',
  'outdent',
  'drop-token',
  'repeat-token',
  'swap-tokens',
  'foreign-token',
  'nasty-token',
  'nasty-before',
  'nasty-value',
  'nasty-key',
  'foreign-value',
  'foreign-key',
  'alias-value',
  'merge-block',
  'flow-value',
  'comment',
  'cut',
  'splice',
  'tabs',
  'returns',
  'half',
] as const;

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(1e6),
  to: fc.nat(1e6),
  pick: fc.nat(1e6),
});

function at<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

const token = /[\p{L}\p{N}_.$/\\-]+|[ \t]+|\r?\n|./gsu;
const value = /^(\s*(?:- )?[^\s#:][^#:]*:)[ \t]+(.+)$/;

function tokensOf(text: string): readonly string[] {
  return text.match(token) ?? [''];
}

function blockOf(lines: readonly string[], from: number): readonly string[] {
  const depth = /^ */.exec(lines[from] ?? '')?.[0].length ?? 0;
  let end = from + 1;
  while (end < lines.length && /^ */.exec(lines[end] ?? '')![0].length > depth) end += 1;
  return lines.slice(from, end);
}

/** Changes a text in one place; the result may be anything. */
function mutate(text: string, { kind, at: first, to: second, pick }: Mutation): string {
  const lines = text.split('\n');
  const [here, there] = [first % lines.length, second % lines.length];
  const line = lines[here] ?? '';
  const put = (...now: readonly string[]): string => lines.toSpliced(here, 1, ...now).join('\n');
  const tokens = tokensOf(text);
  const [a, b] = [first % tokens.length, second % tokens.length];
  const putToken = (...now: readonly string[]): string => tokens.toSpliced(a, 1, ...now).join('');
  const other = at(seeds, pick);
  const foreign = other.split('\n');
  const written = value.exec(line);
  const foreignWritten = value.exec(at(foreign, second));
  switch (kind) {
    case 'drop-line':
      return put();
    case 'repeat-line':
      return put(line, line);
    case 'swap-lines':
      return lines
        .with(here, lines[there] ?? '')
        .with(there, line)
        .join('\n');
    case 'foreign-line':
      return put(line, at(foreign, second));
    case 'foreign-block':
      return put(line, ...blockOf(foreign, second % foreign.length));
    case 'indent':
      return put(' '.repeat(1 + (pick % 5)) + line);
    case 'outdent':
      return put(line.replace(new RegExp(`^ {0,${1 + (pick % 4)}}`), ''));
    case 'drop-token':
      return putToken();
    case 'repeat-token':
      return putToken(tokens[a] ?? '', tokens[a] ?? '');
    case 'swap-tokens':
      return tokens
        .with(a, tokens[b] ?? '')
        .with(b, tokens[a] ?? '')
        .join('');
    case 'foreign-token':
      return putToken(at(tokensOf(other), second));
    case 'nasty-token':
      return putToken(at(nasty, pick));
    case 'nasty-before':
      return putToken(at(nasty, pick), tokens[a] ?? '');
    case 'nasty-value':
      return written ? put(`${written[1]} ${at(nasty, pick)}`) : put(`${line}${at(nasty, pick)}`);
    case 'nasty-key':
      return put(line.replace(/[\w"\\ -]+(?=:)/, () => at(nasty, pick)));
    case 'foreign-value':
      return written && foreignWritten ? put(`${written[1]} ${foreignWritten[2]}`) : put(line);
    case 'foreign-key':
      return written && foreignWritten ? put(`${foreignWritten[1]} ${written[2]}`) : put(line);
    case 'alias-value': {
      const source = value.exec(lines[there] ?? '');
      if (!written || !source) return text;
      const named = lines.with(
        Math.min(here, there),
        `${value.exec(lines[Math.min(here, there)] ?? '')?.[1]} &n1 x`,
      );
      return named
        .with(Math.max(here, there), `${value.exec(lines[Math.max(here, there)] ?? '')?.[1]} *n1`)
        .join('\n');
    }
    case 'merge-block':
      return put(line.replace(/:\s*$/, ': &m1'), `${/^ */.exec(at(lines, here + 1))?.[0] ?? ''}<<: *m1`);
    case 'flow-value':
      return written
        ? put(`${written[1]} ${'[{'.charAt(pick % 2)}${written[2]}${']}'.charAt(pick % 2)}`)
        : put(`[${line}]`);
    case 'comment':
      return put(`${/^ */.exec(line)?.[0] ?? ''}# mailtopo: allow ${at(rules, pick).id} -- so it is`, line);
    case 'cut':
      return text.slice(0, first % (text.length + 1));
    case 'splice':
      return text.slice(0, first % (text.length + 1)) + other.slice(second % (other.length + 1));
    case 'tabs':
      return put(line.replace(/^ +/, '\t'));
    case 'returns':
      return pick % 2 === 0 ? text.replaceAll('\n', '\r') : text.replaceAll('\n', '\r\n');
    case 'half':
      return text.replace(/[\w.]+/, (word) => `"${word}\\ud83d"`);
  }
}

/** Texts that were topologies until something happened to them. */
export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([seed, mutations]) => mutations.reduce(mutate, seed));

/** Their bytes, after something happened to those, too. */
export const mutatedBytes: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    mutatedText,
    fc.array(fc.tuple(fc.nat(1e6), fc.nat(255), fc.constantFrom('flip', 'drop', 'add')), { maxLength: 4 }),
    fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'utf8', 'utf8', 'latin1', 'utf16le'),
    fc.constantFrom('', '', '', '\ufeff', '\ufeff\ufeff'),
  )
  .map(([text, changes, encoding, mark]) => {
    const bytes = [...Buffer.from(mark + text, encoding)];
    for (const [place, byte, what] of changes) {
      const here = place % (bytes.length + 1);
      if (what === 'drop') bytes.splice(here, 1 + (byte % 3));
      else bytes.splice(here, what === 'flip' ? 1 : 0, byte);
    }
    return Uint8Array.from(bytes);
  });
