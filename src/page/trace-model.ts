import type { TransportConfig } from '../../runtime/config.ts';
import type { CertificateFacts } from '../../runtime/decide/certificate.ts';
import type { PlannedPartner } from '../plan/step.ts';
import type { PlaceOf } from '../trace/pretty.ts';
import { makeWorld, type World } from '../trace/world.ts';
import type { WrittenScenario } from '../trace/written-scenario.ts';

/** A list of the configuration whose objects a trace speaks of. */
export type PlacedList =
  'servers' | 'certificates' | 'authorities' | 'partners' | 'receiveConnectors' | 'sendConnectors';

/** All of them. */
export const placedLists: readonly PlacedList[] = [
  'servers',
  'certificates',
  'authorities',
  'partners',
  'receiveConnectors',
  'sendConnectors',
];

/** A question that the reader may begin with. */
export interface TraceExample {
  readonly title: string;
  readonly written: WrittenScenario;
}

/** What the page needs to answer questions, in a form that JSON can hold. */
export interface TraceModel {
  readonly config: TransportConfig;
  readonly partners: readonly PlannedPartner[];
  readonly facts: readonly (readonly [name: string, facts: CertificateFacts])[];
  /** Where the objects of each list stand, such as `topology.yaml:31`; null for what Exchange's setup makes. */
  readonly places: Readonly<Record<PlacedList, readonly (string | null)[]>>;
  readonly partnerPlaces: readonly (string | null)[];
  readonly examples: readonly TraceExample[];
  /** Absent: the reader's own. Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** Prepares the topology of a page for questions, as the command line does for its own. */
export function worldOf({ config, partners, facts, now }: TraceModel, present: number): World {
  return makeWorld({ config, partners, facts: new Map(facts), now: now ?? present });
}

/** Says where the objects of a model stand. */
export function placeIn({ config, partners, places, partnerPlaces }: TraceModel): PlaceOf {
  const known = new Map<object, string>();
  const put = (objects: readonly object[], where: readonly (string | null)[]): void => {
    for (const [index, one] of objects.entries()) {
      const place = where[index];
      if (typeof place === 'string') known.set(one, place);
    }
  };
  for (const list of placedLists) put(config[list], places[list]);
  put(partners, partnerPlaces);
  return (about) => known.get(about);
}
