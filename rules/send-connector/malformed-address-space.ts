import {
  explainAddressSpace,
  parseAddressSpace,
  parseMailAddress,
  writeInstead,
  yaml,
  type AddressSpaceFault,
  type RuleModule,
} from '../../src/rule-kit.ts';

const words: Readonly<Record<AddressSpaceFault, readonly [says: string, help: string]>> = {
  'mail-address': ['is a mail address, where a domain belongs', 'Write what stands behind the "@".'],
  wildcard: [
    'has a wildcard that is not a whole first label',
    'Write "*", "*.contoso.com" or "contoso.com".',
  ],
  cost: ['has a cost outside 1 to 100', 'Write a cost of 1 to 100.'],
  'missing-cost': [
    'has no cost, which must stand behind the semicolons of an X.400 address',
    'Write ";" and a cost at the end.',
  ],
  scope: [
    'has a scope in front, which only 2007 RTM takes',
    'Remove the scope, and set isScopedConnector where it is needed.',
  ],
  'too-long': ['is longer than a domain can be', 'Keep to 63 characters between dots and to 255 in all.'],
  malformed: ['is no domain', 'Write "contoso.com", "*.contoso.com", or "SMTP:contoso.com;5" with a cost.'],
};

/** What was probably meant: the domain of a mail address, the subdomains for a wildcard in front of a name. */
function meantBy(text: string): string | undefined {
  const meant = parseMailAddress(text)?.domain.text ?? text.replace(/^((?:smtp:)?)\*(?=[^.;*])/i, '$1*.');
  return meant !== text && parseAddressSpace(meant) ? meant : undefined;
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'An address space is none that a Send connector takes.',
  why: `An address space is a domain, "*" with a dot and a domain, or "*" alone; a type may stand in front and a cost
    behind. Exchange refuses everything else, and a connector without any address space.`,
  sources: ['EXCH New-SendConnector -AddressSpaces', 'DOC S7'],

  check({ topology, report }) {
    for (const { name, partner, addressSpaces, addressSpacesSource, written } of topology.sendConnectors) {
      const list = written.find(({ key }) => key.value === 'addressSpaces');
      if (addressSpaces.length === 0 && (list || partner?.target)) {
        report({
          at: list?.node.at ?? partner?.at ?? name.at,
          message: `Send connector "${name.value}" has no address space.`,
          help: 'Say which domains it sends to.',
        });
      }
      for (const { value, at } of addressSpacesSource === 'written' ? addressSpaces : []) {
        const fault = explainAddressSpace(value);
        if (fault === undefined) continue;
        const [says, help] = words[fault];
        const meant = meantBy(value);
        report({
          at,
          message: `Address space "${value}" of "${name.value}" ${says}.`,
          help: meant === undefined ? help : `Did you mean "${meant}"?`,
          // A star before a name has one reading; a mail address may have stood for its mailbox alone.
          ...(meant === undefined
            ? {}
            : { fix: writeInstead(at, meant, fault === 'wildcard' ? 'safe' : 'unsafe') }),
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Internet: { addressSpaces: ["*"] }
          Fabrikam: { addressSpaces: [fabrikam.com, "*.fabrikam.net", "SMTP:fabrikam.org;5"] }
          Old system: { addressSpaces: ["X400:c=us;a=adatum;p=contoso;10"], smartHosts: [10.0.0.40] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Fabrikam:
            addressSpaces:
              - "*fabrikam.com"
              # ^^^^^^^^^^^^^^^ has a wildcard that is not a whole first label
              - sales@fabrikam.com
              # ^^^^^^^^^^^^^^^^^^ is a mail address
              - fabrikam.com;101
              # ^^^^^^^^^^^^^^^^ has a cost outside 1 to 100
              - fabrikam..com
              # ^^^^^^^^^^^^^ is no domain
      `,
    ],
  },
};
