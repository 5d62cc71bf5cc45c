import {
  nearest,
  writeMeant,
  yaml,
  type Located,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

function* domainsOf({
  delivery,
  receiveConnectors,
}: Topology): Generator<readonly [owner: string, domain: Located<string>]> {
  for (const { domain } of delivery) yield ['"delivery"', domain];
  for (const { name, written } of receiveConnectors) {
    const node = written.find(({ key }) => key.value === 'defaultDomain')?.node;
    if (node?.kind === 'scalar' && node.value !== null)
      yield [`"defaultDomain" of "${name.value}"`, { value: node.text, at: node.at }];
  }
}

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A domain that should be an accepted one is not among the accepted domains.',
  why: `Mail is delivered for accepted domains alone, so a delivery for another one is never used; and the domain that a
    Receive connector adds to bare names must be an accepted domain, or the cmdlet refuses it.`,
  sources: ['EXCH New-ReceiveConnector -DefaultDomain', 'EXCH New-AcceptedDomain'],

  check({ topology, report }) {
    const accepted = topology.organization.acceptedDomains.map(({ domain }) => domain.value);
    for (const [owner, { value, at }] of domainsOf(topology)) {
      if (accepted.some((one) => one.toLowerCase() === value.toLowerCase())) continue;
      const meant = nearest(value, accepted);
      report({
        at,
        message: `"${value}" under ${owner} is not a declared accepted domain.`,
        help: meant === undefined ? 'Declare it under "acceptedDomains".' : `Did you mean "${meant}"?`,
        ...writeMeant(at, meant),
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, "*.contoso.com": internalRelay }
        delivery:
          Contoso.com: { maildir: contoso.com }
          "*.contoso.com": { smtp: "10.0.0.40:25" }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.0/24], defaultDomain: fabrikam.com }
          #                                                                                     ^^^^^^^^^^^^ "fabrikam.com" under "defaultDomain" of "Relay"
        delivery:
          contoso.con: { maildir: contoso.com }
        # ^^^^^^^^^^^ "contoso.con" under "delivery" is not a declared accepted domain
      `,
    ],
  },
};
