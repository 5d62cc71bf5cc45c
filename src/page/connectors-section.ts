import { receiveTls, relayOn } from '../picture/incoming.ts';
import { sendTls } from '../picture/outgoing.ts';
import { tlsWords, type TlsState } from '../picture/picture.ts';
import type { EnsureReceiveConnector, EnsureSendConnector, PlannedParameter } from '../plan/step.ts';
import { lines, nothing, tag, words, wordsIn, type Html } from './html.ts';
import { pairsHtml, tableHtml, type Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';
import { valueWords } from './value-words.ts';

type Connector = EnsureReceiveConnector | EnsureSendConnector;

/** What is said of a connector before its values. */
interface Summary {
  readonly connector: Connector;
  /** Such as `receive1`. */
  readonly id: string;
  readonly tls: TlsState;
  readonly pairs: readonly (readonly [name: string, what: Html])[];
  /** The version whose defaults it has. */
  readonly version: string;
}

/** Tells the Receive connectors with their effective values, and where each value comes from. */
export function receiveConnectorsSection(facts: TopologyFacts): Section {
  const { plan, config } = facts;
  const steps = plan.steps.filter((step) => step.kind === 'receive-connector');
  const summaries = steps.flatMap((connector, index): readonly Summary[] => {
    const wired = config.receiveConnectors[index];
    if (wired === undefined) return [];
    const partner = plan.partners.find(({ name }) => name === connector.partner);
    const { alarm, lines: relays } = relayOn(wired);
    return [
      {
        connector,
        id: `receive${index + 1}`,
        tls: receiveTls(wired, partner, config),
        pairs: [
          ['Server', words(connector.server)],
          ['FQDN', words(connector.fqdn)],
          [
            'Relays for',
            alarm === undefined
              ? words(withoutVerb(relays.join(', ')))
              : wordsIn('strong', withoutVerb(alarm), { class: 'bad' }),
          ],
        ],
        version: plan.servers.find(({ name }) => name === connector.server)?.version ?? plan.version,
      },
    ];
  });
  return {
    id: 'receive-connectors',
    title: 'Receive connectors',
    body: connectorsHtml(summaries, facts),
  };
}

/** The words of the drawing, behind a name that says them already. */
function withoutVerb(relays: string): string {
  return relays.replace(/^relays for /, '');
}

/** Tells the Send connectors in the same way. */
export function sendConnectorsSection(facts: TopologyFacts): Section {
  const { plan, config } = facts;
  const steps = plan.steps.filter((step) => step.kind === 'send-connector');
  const summaries = steps.flatMap((connector, index): readonly Summary[] => {
    const wired = config.sendConnectors[index];
    if (wired === undefined) return [];
    const hosts = connector.smartHosts.map(({ host }) => host).join(', ');
    return [
      {
        connector,
        id: `send${index + 1}`,
        tls: sendTls(wired, config),
        pairs: [
          ['Source servers', words(connector.sourceTransportServers.join(', '))],
          ['Where to', words(hosts === '' ? 'by DNS' : `smart hosts ${hosts}`)],
        ],
        version: plan.version,
      },
    ];
  });
  return { id: 'send-connectors', title: 'Send connectors', body: connectorsHtml(summaries, facts) };
}

/** Where values are listed that several connectors have: once, at the first one. */
type ListedAt = Map<string, { readonly id: string; readonly name: string }>;

function connectorsHtml(summaries: readonly Summary[], facts: TopologyFacts): Html {
  if (summaries.length === 0) return wordsIn('p', 'There are none.');
  const listedAt: ListedAt = new Map();
  const declared = summaries.filter(({ connector }) => connector.made === 'declared');
  const others = summaries.filter(({ connector }) => connector.made === 'setup');
  const count = others.length === 1 ? '1 connector' : `${others.length} connectors`;
  return lines(
    ...declared.map((one) => connectorHtml(one, facts, listedAt)),
    others.length === 0
      ? nothing
      : tag(
          'details',
          {},
          lines(
            wordsIn('summary', `${count} that Exchange makes itself`),
            ...others.map((one) => connectorHtml(one, facts, listedAt)),
          ),
        ),
  );
}

function connectorHtml(summary: Summary, facts: TopologyFacts, listedAt: ListedAt): Html {
  const { connector, id, tls, pairs } = summary;
  const { name, made, partner, enabled, parameters } = connector;
  const rights = connector.kind === 'receive-connector' ? connector.extendedRights : [];
  const chosen = [
    ...parameters.filter(({ source }) => source !== 'default').map((one) => valueRow(one, facts)),
    ...rights.map((one) => [
      words(`Right of ${one.principal}`),
      words(one.rights.join(', ')),
      writtenAt(one.origin, facts),
    ]),
  ];
  const place = made === 'setup' ? 'made by Exchange itself' : `line ${facts.lineOf(connector.origin)}`;
  const state = enabled ? place : `${place}, disabled`;
  const tlsBadge = wordsIn('span', tls, { class: `badge ${tls}` });
  const said: Summary['pairs'] = [
    ...pairs,
    ...(partner === undefined ? [] : [['Partner', words(partner)] as const]),
    ['TLS', lines(tlsBadge, words(tlsWords[tls]))],
  ];
  return tag(
    'article',
    { id, 'aria-labelledby': `${id}-name` },
    lines(
      tag('h3', { id: `${id}-name` }, words(name), wordsIn('small', ` ${state}`)),
      pairsHtml(said),
      chosen.length === 0
        ? nothing
        : tableHtml({ caption: `What the topology says of ${name}`, columns: valueColumns, rows: chosen }),
      defaultsHtml(summary, listedAt),
    ),
  );
}

const valueColumns = ['Parameter', 'Value', 'From'];

/** Lists what nobody has written; a thousand connectors that have the same values share one list. */
function defaultsHtml({ connector, id, version }: Summary, listedAt: ListedAt): Html {
  const { name, made, parameters } = connector;
  // The FQDN is the server's, and would make each list another one; it stands above.
  const values = parameters.filter(({ source, key }) => source === 'default' && key !== 'fqdn');
  if (values.length === 0) return nothing;
  const count = values.length === 1 ? '1 value' : `${values.length} values`;
  const whose = `${count} by default of Exchange ${version}${made === 'setup' ? "'s setup" : ''}`;
  const list = pairsHtml(
    values.map((one) => [one.parameter, valueHtml(one)]),
    { class: 'defaults' },
  );
  const earlier = listedAt.get(whose + list);
  if (earlier !== undefined) {
    const link = wordsIn('a', earlier.name, { href: `#${earlier.id}` });
    return tag('p', {}, words(`${whose}, the same as those of `), link);
  }
  listedAt.set(whose + list, { id, name });
  return tag('details', {}, lines(wordsIn('summary', whose), list));
}

function valueHtml({ value }: PlannedParameter): Html {
  const text = valueWords(value);
  return text === '' ? wordsIn('span', 'empty', { class: 'quiet' }) : words(text);
}

function valueRow(one: PlannedParameter, facts: TopologyFacts): readonly Html[] {
  const from = writtenAt(one.origin, facts);
  return [
    words(one.parameter),
    valueHtml(one),
    one.source === 'derived' ? lines(words('derived from'), from) : from,
  ];
}

function writtenAt(origin: PlannedParameter['origin'], { lineOf }: TopologyFacts): Html {
  return words(`line ${lineOf(origin)}`);
}
