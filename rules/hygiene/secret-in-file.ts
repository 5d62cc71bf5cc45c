import {
  findSecrets,
  looksLikePassword,
  yaml,
  type FoundSecret,
  type LocatedNode,
  type RuleModule,
  type Span,
} from '../../src/rule-kit.ts';

const words: Readonly<Record<FoundSecret['kind'], readonly [says: string, help: string]>> = {
  url: ['A password stands in a URL.', 'Take it out, and declare credentials with passwordFrom.'],
  key: ['A private key stands in the file.', 'Keep the key in a file of its own, and name that file.'],
  word: [
    'A password stands in the file.',
    'Take it out, change it, and declare credentials with passwordFrom.',
  ],
  token: [
    'A token of a mail service stands in the file.',
    'Take it out, revoke it, and declare credentials with passwordFrom.',
  ],
};

export const rule: RuleModule = {
  severity: 'error',
  lock: 'locked',
  summary: 'Something secret is written in the topology, be it in a value, a name or a comment.',
  why: `A topology is read by many: it lies in a repository, travels in a bundle and stands in reports. What was ever committed
    stays in the history, so a password that is found here must also be changed. The language has no place for one:
    credentials say from which variable or file it comes.`,
  sources: ['EXCH New-SendConnector -AuthenticationCredential', 'RFC 3986 §3.2.1'],

  check({ document, topology, report }) {
    const { file, text, root } = document;
    for (const { kind, start, end } of findSecrets(text)) {
      const [message, help] = words[kind];
      report({ at: { file, start, end, path: pathAt(root, start) }, message, help });
    }
    for (const { name, username } of topology.credentials) {
      const colon = username.value.indexOf(':');
      if (colon < 1 || !looksLikePassword(username.value.slice(colon + 1))) continue;
      report({
        at: username.at,
        message: `The user name of credential "${name.value}" goes on with a password behind a colon.`,
        help: 'Leave the name alone there, change the password, and name its place under passwordFrom.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        # password: ask the team for mail; token = <from the vault>
        credentials:
          scanner-cloud: { username: contoso, passwordFrom: { env: SCANNER_PASSWORD } } # secret: /run/secrets/scanner
          filter: { username: 'CONTOSO\\svc', passwordFrom: { file: /run/secrets/filter } }
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.7]
            comment: smtp://scanner:$PASSWORD@mail.contoso.com, password is set on the device
      `,
    ],
    bad: [
      yaml`
        # old password: Sommer2019!
        #               ^^^^^^^^^^^ A password stands in the file
        credentials:
          scanner-cloud: { username: "contoso:Winter2020!", passwordFrom: { env: SCANNER_PASSWORD } }
          #                          ^^^^^^^^^^^^^^^^^^^^^ goes on with a password
        receiveConnectors:
          MBX1\\Printers:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.7]
            comment: smtp://scanner:hunter2@mail.contoso.com
            #                       ^^^^^^^ in a URL
      `,
    ],
  },
};

/** The path of the innermost node that holds an offset; none in a comment between objects. */
function pathAt(node: LocatedNode, offset: number): Span['path'] {
  const inside = ({ at }: LocatedNode): boolean => at.start <= offset && offset < at.end;
  const children =
    node.kind === 'list'
      ? node.items
      : node.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : [];
  const child = children.find(inside);
  return child ? pathAt(child, offset) : inside(node) ? node.at.path : '';
}
