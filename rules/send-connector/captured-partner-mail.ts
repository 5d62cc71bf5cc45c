import {
  compareRoutes,
  groupedBy,
  hasDomain,
  ownerOf,
  parseSmtpDomain,
  routeKey,
  sendRoutes,
  spacesAround,
  yaml,
  type Partner,
  type RuleModule,
  type SendConnector,
  type SendRoute,
  type SmtpDomain,
} from '../../src/rule-kit.ts';

/** The partner's best connector, and what is taken in its place. */
interface Capture {
  readonly loser: SendConnector;
  readonly winner: SendRoute;
}

/** Without a winner, the partner's connector is taken. */
type Outcome = Capture | { readonly loser: SendConnector; readonly winner?: never };

function isLost(outcome: Outcome): outcome is Capture {
  return outcome.winner !== undefined;
}

export const rule: RuleModule = {
  severity: 'warning',
  summary: "Mail for a partner takes another connector than the partner's own.",
  why: `Exchange takes the most specific address space, then the lowest cost, then the first name. Where another connector is
    ahead in this, the partner's own connector gets none of the mail that it was made for, and what it asks for, such as TLS
    or a smart host, does not hold. With Domain Security on the partner's connector alone, this is an error: the mail would
    leave without the certificate that both sides count on.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
    'EXCH New-SendConnector -AddressSpaces',
    'EXCH New-SendConnector -DomainSecureEnabled',
  ],

  check({ topology, report }) {
    const routes = sendRoutes(topology);
    const ofPartners = new Map<Partner, SendConnector[]>();
    for (const connector of topology.sendConnectors) {
      const partner = connector.partner?.target;
      if (!partner || !connector.enabled.value) continue;
      const known = ofPartners.get(partner);
      if (known) known.push(connector);
      else ofPartners.set(partner, [connector]);
    }
    for (const [partner, connectors] of ofPartners) {
      for (const own of groupedBy(connectors, ownerOf)) {
        for (const { value } of partner.domains) {
          const domain = parseSmtpDomain(value);
          const found = domain && own[0] && captureOf(routes, own, domain);
          if (!found) continue;
          const { loser, winner } = found;
          const losesProof = loser.domainSecureEnabled.value && !winner.connector.domainSecureEnabled.value;
          report({
            at: winner.space.at,
            severity: losesProof ? 'error' : 'warning',
            message: `Mail for "${value}" takes "${winner.connector.name.value}", not "${loser.name.value}", which is the connector of partner "${partner.name.value}".`,
            related: [{ at: loser.name.at, note: "the partner's own connector" }],
            help: 'Give the domain to one of them only.',
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, sourceTransportServers: [MBX1] }
          All of com: { addressSpaces: ["*.com"], sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, addressSpaces: ["*.fabrikam.com"], sourceTransportServers: [MBX1] }
          Archive: { addressSpaces: ["SMTP:fabrikam.com;50"], sourceTransportServers: [MBX1] }
          #                          ^^^^^^^^^^^^^^^^^^^^^^ takes "Archive", not "To Fabrikam"
      `,
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.25] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, domainSecureEnabled: true, sourceTransportServers: [MBX1] }
          Archive: { addressSpaces: [fabrikam.com], sourceTransportServers: [MBX1] }
          #                          ^^^^^^^^^^^^ takes "Archive", not "To Fabrikam"
      `,
    ],
  },
};

/** Finds what is ahead of all of the partner's own connectors that have the domain; of them, the closest one. */
function captureOf(
  routes: ReadonlyMap<string, readonly SendRoute[]>,
  own: readonly SendConnector[],
  domain: SmtpDomain,
): Capture | undefined {
  const [first] = own;
  if (!first) return undefined;
  const pattern = { kind: 'domain', text: domain.text, domain } as const;
  const [best = []] = spacesAround(pattern).flatMap((space) => {
    const fitting = routes.get(routeKey(ownerOf(first), space));
    return fitting ? [fitting] : [];
  });
  const mine = new Set(own);
  if (!best.some(({ connector }) => mine.has(connector))) {
    const loser = own.find((one) =>
      one.addressSpaces.some(({ parsed }) => parsed && hasDomain(parsed, domain)),
    );
    // What a scoped connector does not get from everyone is its own choice.
    const winner = best.find(({ isScoped }) => !isScoped);
    return loser && winner ? { loser, winner } : undefined;
  }
  const captures = groupedBy(best, ({ sites }) => sites).flatMap((rivals) => captureAmong(rivals, mine));
  const lost = captures.filter(isLost);
  return lost.length === captures.length ? lost[0] : undefined;
}

/** Looks at routes that cost every sender the same: is another one taken in place of the best of ours? */
function captureAmong(rivals: readonly SendRoute[], mine: ReadonlySet<SendConnector>): readonly Outcome[] {
  const sorted = rivals.toSorted(compareRoutes);
  const ours = sorted.find(({ connector }) => mine.has(connector));
  if (!ours) return [];
  const winner = sorted.find((one) => one === ours || ours.isScoped || !one.isScoped);
  const isAhead = winner && winner !== ours && (winner.cost < ours.cost || winner.sources === ours.sources);
  return [isAhead ? { loser: ours.connector, winner } : { loser: ours.connector }];
}
