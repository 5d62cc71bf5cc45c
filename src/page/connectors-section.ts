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

function connectorsHtml(summaries: readonly Summary[], facts: TopologyFacts): Html {
  if (summaries.length === 0) return wordsIn('p', 'There are none.');
  const declared = summaries.filter(({ connector }) => connector.made === 'declared');
  const others = summaries.filter(({ connector }) => connector.made === 'setup');
  const count = others.length === 1 ? '1 connector' : `${others.length} connectors`;
  return lines(
    ...declared.map((one) => connectorHtml(one, facts)),
    others.length === 0
      ? nothing
      : tag(
          'details',
          {},
          lines(
            wordsIn('summary', `${count} that Exchange makes itself`),
            ...others.map((one) => connectorHtml(one, facts)),
          ),
        ),
  );
}

function connectorHtml({ connector, id, tls, pairs, version }: Summary, facts: TopologyFacts): Html {
  const { name, made, partner, enabled, parameters } = connector;
  const isDefault = ({ source }: PlannedParameter): boolean => source === 'default';
  const rights = connector.kind === 'receive-connector' ? connector.extendedRights : [];
  const chosen = [
    ...parameters.filter((one) => !isDefault(one)).map((one) => valueRow(one, version, facts)),
    ...rights.map((one) => [
      words(`Right of ${one.principal}`),
      words(one.rights.join(', ')),
      writtenAt(one.origin, facts),
    ]),
  ];
  const rest = parameters.filter(isDefault).map((one) => valueRow(one, version, facts));
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
      rest.length === 0 ? nothing : defaultsHtml(rest, name, made),
    ),
  );
}

const valueColumns = ['Parameter', 'Value', 'From'];

function defaultsHtml(rows: readonly (readonly Html[])[], name: string, made: Connector['made']): Html {
  const count = rows.length === 1 ? '1 value' : `${rows.length} values`;
  const whose = made === 'setup' ? 'as Exchange makes it' : 'by default';
  return tag(
    'details',
    {},
    lines(
      wordsIn('summary', `${count} ${whose}`),
      tableHtml({ caption: `Values of ${name} ${whose}`, columns: valueColumns, rows }),
    ),
  );
}

function valueRow(one: PlannedParameter, version: string, facts: TopologyFacts): readonly Html[] {
  const text = valueWords(one.value);
  return [
    words(one.parameter),
    text === '' ? wordsIn('span', 'empty', { class: 'quiet' }) : words(text),
    fromHtml(one, version, facts),
  ];
}

function fromHtml({ source, origin }: PlannedParameter, version: string, facts: TopologyFacts): Html {
  switch (source) {
    case 'written':
      return writtenAt(origin, facts);
    case 'derived':
      return words(`derived from line ${facts.lineOf(origin)}`);
    case 'default':
      return words(`default of ${version}`);
  }
}

function writtenAt(origin: PlannedParameter['origin'], { lineOf }: TopologyFacts): Html {
  return words(`line ${lineOf(origin)}`);
}
